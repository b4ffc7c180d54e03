import AlertCases
import Domain
import Testing
import Wire

@Suite struct BatchCursorTests {
    /// The elements of a batch as text, or the refusal's code.
    private func elements(_ text: String) -> ([String], String?) {
        let bytes = Array(text.utf8)
        var cursor = BatchCursor()
        do {
            try cursor.open(bytes.span, 0, bytes.count)
        } catch {
            return ([], error.summary)
        }
        var found: [String] = []
        while cursor.next() {
            found.append(
                String(decoding: bytes[cursor.elementStart..<cursor.elementEnd], as: UTF8.self))
        }
        return (found, nil)
    }

    @Test(arguments: [
        ("[]", []), (" [ ] ", []), ("[{}]", ["{}"]), ("[{},{}]", ["{}", "{}"]),
        ("\n[ {\"a\":[1,{\"b\":2}]} ,\t{} ]\n", ["{\"a\":[1,{\"b\":2}]}", "{}"]),
        (#"[{"a":"]},{\""},7]"#, [#"{"a":"]},{\""}"#, "7"]),
        (#"["a,b", null ,{}]"#, [#""a,b""#, "null", "{}"]),
        (#"[{"a":"\\"},{"b":"\\\""}]"#, [#"{"a":"\\"}"#, #"{"b":"\\\""}"#]),
        ("[{\"a\":01},{}]", ["{\"a\":01}", "{}"]), ("[{\"a\":1]]", ["{\"a\":1]"]),
    ])
    func aWellFormedArrayYieldsItsElements(_ text: String, _ expected: [String]) {
        let (found, refusal) = elements(text)
        #expect(found == expected)
        #expect(refusal == nil)
    }

    @Test(arguments: [
        "", " ", "{}", "[", "[{}", "[{},", "[{},]", "[,]", "[{},,{}]", "[{}{}]", "[{}]]", "[{}] x",
        "[{]", "[\"a]", "[{\"a\":\"}]", "[{\"a\":\"\\\"}]", "[1 2]", "]",
    ])
    func aMalformedArrayIsRefusedAsAWhole(_ text: String) {
        #expect(elements(text).1 == "bad_batch ")
    }

    @Test func aBatchHoldsAsMuchAsTheLimitsSayAndNoMore() {
        let full = Array(repeating: "{}", count: 256).joined(separator: ",")
        #expect(elements("[\(full)]").0.count == 256)
        #expect(elements("[\(full),{}]").1 == "bad_batch ")
        let blanks = String(repeating: " ", count: Limits.batchBytesMax - 2)
        #expect(elements("[\(blanks)]").1 == nil)
        #expect(elements("[ \(blanks)]").1 == "too_large ")
    }

    @Test func aBadElementSpoilsNoOther() {
        let parts = [AlertCases.minimal, "{\"a\":01}", AlertCases.example, "7", "{\"x\":\"\\q\"}"]
        let bytes = Array("[\(parts.joined(separator: ","))]".utf8)
        let table = kinds(AlertCases.kinds)
        var cursor = BatchCursor()
        var alert = Alert()
        var outcomes: [String] = []
        do {
            try cursor.open(bytes.span, 0, bytes.count)
            while cursor.next() {
                do {
                    try AlertDecoder.decode(
                        bytes.span, cursor.elementStart, cursor.elementEnd, kinds: table,
                        into: &alert)
                    outcomes.append("ok")
                } catch {
                    outcomes.append(error.summary)
                }
            }
        } catch {
            Issue.record(error)
        }
        #expect(outcomes == ["ok", "bad_encoding ", "ok", "bad_schema ", "bad_encoding "])
    }

    @Test func aCursorIsUsedForOneBatchAfterTheOther() throws {
        var cursor = BatchCursor()
        for (text, count) in [("[{},{},{}]", 3), ("[{}]", 1), ("[]", 0)] {
            let bytes = Array(text.utf8)
            try cursor.open(bytes.span, 0, bytes.count)
            #expect(cursor.count == count)
            var yielded = 0
            while cursor.next() { yielded += 1 }
            #expect(yielded == count)
        }
    }

    @Test(arguments: [("[", true), (" \n[{}]", true), ("{}", false), ("", false), ("x[", false)])
    func aBatchIsKnownByItsFirstBracket(_ text: String, _ expected: Bool) {
        let bytes = Array(text.utf8)
        #expect(BatchCursor.isBatch(bytes.span, 0, bytes.count) == expected)
    }
}
