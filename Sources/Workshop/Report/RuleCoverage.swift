import RuleBook

/// What the tests saw of a rule: that it raises, clears and stays quiet, that each part of its
/// conditions was true and was false, and in which modes it was judged.
public struct RuleCoverage: Codable, Sendable {
    public var rule: String
    /// Alerts that passed `match` and `where`.
    public var matched: UInt64
    public var raised: UInt64
    public var cleared: UInt64
    /// Cases in which the rule got alerts of its kinds and was not raised: near misses.
    public var quietCases: Int
    /// Whether it ever clears by itself: a rule without state does not.
    public var canClear: Bool
    public var parts: [PartCoverage]
    /// The modes in which the rule differs, and whether it was judged in each.
    public var modes: [String: Bool]

    /// What has not been seen, in words.
    public var gaps: [String] {
        var gaps: [String] = []
        if raised == 0 { gaps.append("no test raises it") }
        if canClear, raised > 0, cleared == 0 { gaps.append("no test clears it") }
        if quietCases == 0 { gaps.append("no test keeps it quiet") }
        for part in parts { gaps += part.gaps }
        for mode in modes.keys.sorted() where modes[mode] == false {
            gaps.append("no test judges it in mode \(mode)")
        }
        return gaps
    }

    /// How many things there are to be seen of it.
    var countable: Int { 2 + (canClear ? 1 : 0) + parts.count * 2 + modes.count }

    var seen: Int {
        (raised > 0 ? 1 : 0) + (quietCases > 0 ? 1 : 0) + (canClear && cleared > 0 ? 1 : 0)
            + parts.reduce(0) { $0 + ($1.wasTrue ? 1 : 0) + ($1.wasFalse ? 1 : 0) }
            + modes.values.count { $0 }
    }

    mutating func add(_ other: RuleCoverage) {
        matched += other.matched
        raised += other.raised
        cleared += other.cleared
        quietCases += other.quietCases
        for (index, part) in other.parts.enumerated() {
            parts[index].wasTrue = parts[index].wasTrue || part.wasTrue
            parts[index].wasFalse = parts[index].wasFalse || part.wasFalse
        }
        modes.merge(other.modes) { $0 || $1 }
    }
}

/// Whether a part of a condition was seen true and seen false.
public struct PartCoverage: Codable, Sendable {
    /// Such as `raise.when`.
    public var condition: String
    public var line: Int
    /// The part as written.
    public var text: String
    public var wasTrue = false
    public var wasFalse = false

    var gaps: [String] {
        let place = "line \(line), \(condition): `\(text)`"
        return (wasTrue ? [] : ["\(place) is never true"])
            + (wasFalse ? [] : ["\(place) is never false"])
    }
}

/// The coverage of all rules together.
public struct CoverageSummary: Codable, Sendable {
    public var seen: Int
    public var countable: Int

    init(_ rules: [RuleCoverage]) {
        seen = rules.reduce(0) { $0 + $1.seen }
        countable = rules.reduce(0) { $0 + $1.countable }
    }

    /// **Range**: 0 to 100; 100 where there is nothing to see.
    public var percent: Double {
        countable == 0 ? 100 : Double(seen) * 100 / Double(countable)
    }
}
