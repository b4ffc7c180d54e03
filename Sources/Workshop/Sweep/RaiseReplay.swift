import Cells
import Domain
import Pipeline
import RuleBook
import Scoring

/// A replay that notes when one rule stood raised, for which key.
struct RaiseReplay: ~Copyable {
    private var replay: Replay
    private let rule: Int
    /// By the key's number.
    private var open: [UInt32: RaisedInterval] = [:]
    private var intervals: [RaisedInterval] = []

    /// - Parameter rule: one of the set's.
    init(
        _ rules: consuming RuleSet, _ grid: consuming Grid, _ sources: [SourcePlan], rule: String
    ) {
        self.rule = rules.rules.firstIndex { $0.id == rule } ?? 0
        replay = Replay(rules, grid, sources, keeping: [])
        replay.bench.watch([])
    }

    mutating func take(_ alert: RecordedAlert) throws {
        try replay.take(alert)
        note()
    }

    /// What is still raised at the end ends there.
    consuming func finish() throws -> [RaisedInterval] {
        guard let last = replay.last else { return [] }
        try replay.bench.settle(at: last)
        note()
        for interval in open.values {
            var interval = interval
            interval.end = max(last, interval.start)
            intervals.append(interval)
        }
        return intervals.sorted { $0.start < $1.start }
    }

    private mutating func note() {
        for change in replay.bench.takeTransitions() where change.rule.int == rule {
            let places = replay.bench.places(of: change)
            switch change.transition {
            case .raised:
                open[change.key] = RaisedInterval(
                    start: change.time, end: change.time, places: places)
            case .refreshed: break
            case .pulse:
                intervals.append(
                    RaisedInterval(start: change.time, end: change.time, places: places))
            default:
                guard var interval = open.removeValue(forKey: change.key) else { continue }
                interval.end = change.time
                intervals.append(interval)
            }
        }
    }
}
