import CEL
import Domain
import RuleFixtures

@testable import Scoring

/// A matcher that is given alerts in the order of event time, as the watermark releases them.
struct PatternBench: ~Copyable {
    /// What a rule said, with the values of the captured steps.
    struct Finding: Equatable, CustomStringConvertible {
        var transition: Transition
        var at: Double
        var steps: [Double]

        var description: String { "\(transition) at \(at) of \(steps)" }
    }

    private var matcher: RuleMatcher
    private var deadlines: TimerQueue
    private var hits = HitList()
    private let kinds: [String]
    private(set) var findings: [Finding] = []
    private var number: UInt64 = 0

    static func time(_ seconds: Double) -> Timestamp {
        Timestamp(nanoseconds: 1_780_000_000_000_000_000 + Int64(seconds * 1e9))
    }

    init(_ builder: consuming TableBuilder) {
        kinds = builder.kinds
        deadlines = TimerQueue(owners: builder.source.limits.keys)
        matcher = RuleMatcher(builder.table())
    }

    /// Judges an alert; what was due before comes first.
    mutating func take(
        _ kind: String, _ value: Double = 0, at seconds: Double, cell: String = "c",
        source: String = "s", rule: RuleID = RuleID(0)
    ) {
        let time = Self.time(seconds)
        live(to: time - Interval(nanoseconds: 1))
        number += 1
        var sighting = Sighting()
        sighting.sequence = number
        sighting.kind = kinds.firstIndex(of: kind).map { KindID($0) } ?? .none
        sighting.time = time
        for slot in 0..<RuleSlot.keptCount { matcher.slots[slot] = Slot() }
        set(.alertKind, matcher.table.memory.symbols.slot(kind))
        set(.alertCell, matcher.table.memory.symbols.slot(cell))
        set(.alertSource, matcher.table.memory.symbols.slot(source))
        set(.alertValue, .double(value))
        set(.alertTime, .timestamp(nanoseconds: time.nanoseconds))
        hits.clear()
        var rules = OrderedRules()
        _ = rules.append(rule)
        matcher.judge(sighting, by: rules, deadlines: &deadlines, hits: &hits)
        collect()
    }

    /// Meets all deadlines up to a moment.
    mutating func live(to time: Timestamp) {
        while true {
            let due = deadlines.earliest()
            let key = deadlines.pop(dueBy: time)
            if key < 0 { break }
            hits.clear()
            matcher.meetDeadline(key, at: due, deadlines: &deadlines, hits: &hits)
            collect()
        }
    }

    func counters(_ rule: RuleID = RuleID(0)) -> RuleCounters { matcher.counters(rule) }

    private mutating func set(_ slot: RuleSlot, _ value: Slot) {
        matcher.slots[Int(slot.rawValue)] = value
    }

    private mutating func collect() {
        for index in 0..<hits.count {
            let hit = hits[index]
            matcher.restore(hit)
            var steps: [Double] = []
            for capture in 0..<RuleSlot.stepsMax {
                let start = RuleSlot.firstStep + capture * RuleSlot.alertFieldCount
                let value = matcher.slots[start + Int(RuleSlot.alertValue.rawValue)]
                if value.isPresent { steps.append(value.asDouble) }
            }
            let at = Double((hit.time - Self.time(0)).nanoseconds) / 1e9
            findings.append(Finding(transition: hit.transition, at: at, steps: steps))
        }
    }
}
