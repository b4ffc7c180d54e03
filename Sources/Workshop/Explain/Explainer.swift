import CEL
public import Cells
import Domain
public import Pipeline
public import RuleBook
import Scoring

/// Explains decisions by making them once more: the recording is lived through up to the moment in
/// question, and the conditions that decided are walked through over the same values.
public struct Explainer: ~Copyable {
    var replay: Replay
    /// Transitions since the last alert or timer.
    private(set) var changes: [NotedTransition] = []

    /// - Parameter sources: those that are registered, whose alerts may leave out their place.
    public init(
        _ rules: consuming RuleSet, _ grid: consuming Grid, sources: [SourcePlan] = []
    ) {
        replay = Replay(rules, grid, sources, keeping: [.revisions, .alerts])
        replay.bench.watch([])
    }

    /// **Fails**: with `NothingThere` when the recording holds nothing that is meant.
    public mutating func explain(
        _ question: Question, over recording: Recording
    ) throws -> ExplanationTree {
        switch question {
        case .task(let incident): try explain(task: incident, recording)
        case .alert(let name): try explain(alert: name, recording)
        case .cell(let name, let time): try explain(cell: name, at: time, recording)
        case .whyNot(let rule, let key, let time):
            try explainWhyNot(rule, key, at: time, recording)
        }
    }

    /// Takes everything that came in by `time`.
    mutating func live(
        to time: Timestamp, _ recording: Recording, seeing: (inout Replay, RecordedAlert) -> Void
    ) throws {
        for alert in recording.alerts where alert.received <= time {
            try replay.take(alert)
            seeing(&replay, alert)
        }
        try replay.bench.advance(to: time)
    }

    /// Takes an alert and lives through the timers before it one at a time, until `isFound`.
    mutating func step(
        _ alert: RecordedAlert, until isFound: (borrowing Bench) -> Bool
    ) throws -> Bool {
        while replay.bench.nextTimer <= alert.received {
            changes = replay.bench.takeTransitions()
            try replay.bench.advance(to: replay.bench.nextTimer)
            if isFound(replay.bench) { return noteChanges() }
        }
        _ = replay.bench.takeTransitions()
        try replay.take(alert)
        return isFound(replay.bench) ? noteChanges() : false
    }

    private mutating func noteChanges() -> Bool {
        changes = replay.bench.takeTransitions()
        return true
    }
}
