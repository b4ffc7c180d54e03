import RuleBook
import Testing
import Workshop

@Suite struct `Values of a parameter` {
    /// A range as written, and its values; nil when it is none.
    static let ranges: [(String, [Double]?)] = [
        ("heat=50..60:5", [50, 55, 60]), ("heat=0..0.3:0.1", [0, 0.1, 0.2, 0.3]),
        ("heat=1,2,4", [1, 2, 4]), ("heat=5", [5]), ("heat=60..50:5", nil), ("heat=1..9", nil),
        ("heat=1..9:0", nil), ("heat", nil), ("=1..2:1", nil), ("heat=a", nil),
        ("heat=0..1e9:1", nil),
    ]

    @Test(arguments: ranges)
    func `are read from a range`(text: String, values: [Double]?) {
        #expect(ParameterRange(text)?.values == values)
    }

    static let truth = """
        start,end,place
        2026-03-01T08:00:00Z,2026-03-01T08:01:00Z,g1
        """

    private static func sweep(_ range: String, _ truth: String = Self.truth) throws -> SweepReport {
        let sweep = try Sweep(
            Recordings.rules(), rule: nil, ranges: [try #require(ParameterRange(range))],
            windows: try LabelledWindow.read(csv: truth))
        return try sweep.run(Recordings.recording, grid: Recordings.grid) { _, _ in }
    }

    @Test func `are judged by what really was`() throws {
        let report = try Self.sweep("many=1..5:1")
        #expect(report.scores.map(\.raised) == [2, 1, 1, 1, 0])
        #expect(report.scores.map(\.found) == [1, 1, 1, 1, 0])
        #expect(report.scores.map(\.precision) == [0.5, 1, 1, 1, 1])
        #expect(report.scores.map(\.recall) == [1, 1, 1, 1, 0])
        #expect(report.scores.map(\.leadSeconds) == [50, 40, 30, 20, nil])
        #expect(report.best?.choice.values == ["many": 2])
        #expect(report.text.hasSuffix("best of fire.smoke: many = 2"))
        #expect(report.plot.hasPrefix("<svg"))
        #expect(try report.json().contains("\"f1\" : 1"))
    }

    @Test func `are refused when nothing has them`() {
        #expect(throws: SweepMistake.self) { try Self.sweep("few=1..2:1") }
        #expect(throws: RuleErrors.self) { try Self.sweep("many=10..11:1") }
        #expect(throws: SweepMistake.self) { try Self.sweep("many=1..2:1", "a,b\n") }
        #expect(throws: SweepMistake.self) { try Self.sweep("many=1..2:1", "start,end\nx,y\n") }
    }
}
