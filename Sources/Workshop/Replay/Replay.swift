public import Cells
import Domain
public import Pipeline
public import RuleBook
import Scoring

/// Rules run over alerts of the past, by the same state machine and a virtual clock.
///
///     var replay = Replay(rules, grid)
///     for alert in recording.alerts { try replay.take(alert) }
///     let outcome = try replay.finish()
public struct Replay: ~Copyable {
    var bench: Bench
    private(set) var refused: [String: Int] = [:]
    private(set) var first: Timestamp?
    private(set) var last: Timestamp?
    private(set) var taken = 0

    /// - Parameter sources: those that are registered, whose alerts may leave out their place.
    public init(
        _ rules: consuming RuleSet, _ grid: consuming Grid, sources: [SourcePlan] = []
    ) {
        self.init(rules, grid, sources, keeping: .revisions)
    }

    init(
        _ rules: consuming RuleSet, _ grid: consuming Grid, _ sources: [SourcePlan],
        keeping kept: Ledger.Kept
    ) {
        var policy = AdmissionPolicy()
        // What came in once may be of any age now.
        policy.backfill = [""]
        bench = Bench(rules, grid, policy: policy, sources: sources, keeping: kept)
    }

    /// Takes an alert in at the time at which it once came; earlier ones come first.
    public mutating func take(_ alert: RecordedAlert) throws {
        if first == nil { first = alert.received }
        last = alert.received
        taken += 1
        let refusal = try bench.take(
            topic: alert.topic, alert.body, received: alert.received)
        if let refusal { refused["\(refusal.code.word)", default: 0] += 1 }
    }

    /// Ends at the last alert, with everything that was due by then.
    public consuming func finish() throws -> ReplayOutcome {
        if let last { try bench.settle(at: last) }
        return ReplayOutcome(
            alerts: taken, accepted: bench.ledger.alertCount, refused: refused,
            from: first?.wireText ?? "", to: last?.wireText ?? "",
            tasks: TaskEpisode.gather(bench.ledger.revisions))
    }
}

/// What rules made of a recording.
public struct ReplayOutcome: Codable, Sendable {
    public var alerts: Int
    public var accepted: Int
    /// By the protocol's code.
    public var refused: [String: Int]
    /// When the first alert came in, and the last.
    public var from: String
    public var to: String
    public var tasks: [TaskEpisode]

    /// How many tasks by what `part` gives of each, the most first.
    func counts(_ part: (TaskEpisode) -> String) -> [(name: String, count: Int)] {
        Dictionary(grouping: tasks, by: part).map { ($0.key, $0.value.count) }
            .sorted { ($1.count, $0.name) < ($0.count, $1.name) }
    }
}
