import CEL
import Testing

@Suite("Written values and types")
struct TextTests {
    @Test(
        "read types as they are written",
        arguments: [
            "int", "list(map(string, double))", "optional_type(dyn)", "wrapper(int)",
            "google.protobuf.Timestamp", "pkg.Message", "net.IP", "tuple(<T>, int)",
        ])
    func typeRoundTrip(text: String) {
        #expect(CELType(text)?.description == text)
    }

    @Test("refuse what is no type", arguments: ["", "list(", "map(int", "a b", "<T", "list(int))"])
    func badTypes(text: String) {
        #expect(CELType(text) == nil)
    }

    @Test("read and write times without loss")
    func times() {
        let texts = [
            "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z", "2024-02-29T12:00:00.5Z",
            "1969-12-31T23:59:59.000000001Z",
        ]
        for text in texts { #expect(TimestampValue(text)?.description == text) }
        for text in ["2023-02-29T00:00:00Z", "2024-01-01", "2024-01-01T24:00:00Z", "x"] {
            #expect(TimestampValue(text) == nil)
        }
    }

    @Test("read and write durations")
    func durations() {
        let spans = ["1h": "3600s", "-1.5s": "-1.5s", "1h2m3s4ms5us6ns": "3723.004005006s"]
        for (text, written) in spans { #expect(DurationValue(text)?.description == written) }
        for text in ["", "1", "s", "1x", "9999999h", "1h-2m"] {
            #expect(DurationValue(text) == nil)
        }
    }
}
