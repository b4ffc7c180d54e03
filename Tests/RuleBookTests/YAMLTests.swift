import Domain
import Testing

@testable import RuleBook

@Suite struct `Scalars of YAML` {
    static let plain: [(String, CoreScalar)] = [
        ("on", .text("on")), ("off", .text("off")), ("yes", .text("yes")), ("no", .text("no")),
        ("y", .text("y")), ("12:30", .text("12:30")), ("1_000", .text("1_000")),
        ("2026-03-01", .text("2026-03-01")), ("0777", .int(777)), ("0o777", .int(511)),
        ("0x1F", .int(31)), ("0b11", .text("0b11")), ("+12", .int(12)), ("-12", .int(-12)),
        ("1.", .double(1)), (".5", .double(0.5)), ("1e3", .double(1000)),
        ("-1.5E-2", .double(-0.015)),
        (".inf", .double(.infinity)), ("-.Inf", .double(-.infinity)), ("inf", .text("inf")),
        ("nan", .text("nan")), ("1e", .text("1e")), (".", .text(".")), ("e3", .text("e3")),
        ("true", .bool(true)), ("FALSE", .bool(false)), ("tRue", .text("tRue")), ("~", .null),
        ("null", .null), ("NULL", .null), ("", .null), ("nil", .text("nil")),
        ("1.2.3", .text("1.2.3")), ("5m", .text("5m")), ("P1", .text("P1")),
    ]

    @Test(arguments: plain)
    func `mean what YAML 1.2 says`(text: String, meaning: CoreScalar) {
        #expect(CoreScalar(plain: text) == meaning)
    }

    @Test func `that are not a number are a number all the same`() {
        guard case .double(let value) = CoreScalar(plain: ".nan") else {
            Issue.record("`.nan` is not read as a double")
            return
        }
        #expect(value.isNaN)
    }

    static let durations: [(String, Int64?)] = [
        ("0s", 0), ("90s", 90_000), ("5m", 300_000), ("1h30m", 5_400_000), ("500ms", 500),
        ("1m4s", 64_000), ("2d", 172_800_000), ("1d2h3m4s5ms", 93_784_005), ("5", nil), ("m", nil),
        ("5 m", nil), ("5min", nil), ("-5m", nil), ("1.5h", nil), ("5s1m", nil), ("5m5m", nil),
        ("", nil), ("9999999999999d", nil),
    ]

    @Test(arguments: durations)
    func `that are lengths of time are read strictly`(text: String, milliseconds: Int64?) {
        #expect(Interval(rule: text) == milliseconds.map { Interval.milliseconds($0) })
    }

    @Test(arguments: ["90s", "5m", "1h30m", "500ms", "2d", "0s"])
    func `that are lengths of time are written as they are read`(text: String) throws {
        let interval = try #require(Interval(rule: text))
        #expect(Interval(rule: interval.ruleText) == interval)
    }

    static let likenesses: [(String, String?)] = [
        ("wher", "where"), ("whree", "where"), ("tilte", "title"), ("WHERE", "where"),
        ("zzzzz", nil), ("scroe", "score"),
    ]

    @Test(arguments: likenesses)
    func `that are misspelled have a nearest word`(word: String, nearest: String?) {
        #expect(Likeness.nearest(to: word, among: ["where", "title", "score", "task"]) == nearest)
    }
}
