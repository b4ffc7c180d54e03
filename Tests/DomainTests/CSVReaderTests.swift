import Domain
import Testing

@Suite("Comma-separated values")
struct CSVReaderTests {
    private static func read(_ text: String) -> (records: [[String]], faults: [CSVFault]) {
        var reader = CSVReader(Array(text.utf8))
        var records: [[String]] = []
        while let record = reader.next() { records.append(record.map(\.text)) }
        return (records, reader.takeFaults())
    }

    static let soundTexts: [(String, [[String]])] = [
        ("", []), ("\n\r\n", []), ("a", [["a"]]), ("a,b\r\nc,\n", [["a", "b"], ["c", ""]]),
        ("\u{FEFF}a\n", [["a"]]), ("\"a, \"\"b\"\"\",c", [["a, \"b\"", "c"]]),
        ("\"a\nb\",c\nd,e", [["a\nb", "c"], ["d", "e"]]), ("\"\",x\n", [["", "x"]]),
    ]

    @Test("What is sound is read as it is meant", arguments: soundTexts)
    func sound(text: String, records: [[String]]) {
        let (found, faults) = Self.read(text)
        #expect(found == records && faults.isEmpty)
    }

    /// A text, and where it breaks the rules.
    static let brokenTexts = [
        ("a\nb,c\"d\n", TextPlace(line: 2, column: 4)),
        ("a,\"b\" c\n", TextPlace(line: 1, column: 6)),
        ("a\n\"b\nc", TextPlace(line: 2, column: 1)),
    ]

    @Test("What breaks the rules is told with its place, and read on", arguments: brokenTexts)
    func broken(text: String, place: TextPlace) {
        let (records, faults) = Self.read(text)
        #expect(faults.map(\.place) == [place] && !records.isEmpty)
    }

    @Test("A field knows its place, in characters")
    func places() {
        var reader = CSVReader(Array("é,b\n\nc,\"d\"\n".utf8))
        let first = reader.next()?.map(\.place)
        let second = reader.next()?.map(\.place)
        #expect(first == [TextPlace(line: 1, column: 1), TextPlace(line: 1, column: 3)])
        #expect(second == [TextPlace(line: 3, column: 1), TextPlace(line: 3, column: 3)])
    }
}
