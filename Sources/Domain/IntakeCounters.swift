/// What came in, what became of it, and why not: one number for each outcome, per process.
///
/// For each ingest path `received = accepted + Σ rejected`, where a batch counts each of its
/// alerts; what the sender numbered but never arrived is `lost`.
public struct IntakeCounters: Sendable, BitwiseCopyable {
    /// Alerts received, by path.
    public var received: [3 of UInt64]
    public var accepted: [3 of UInt64]
    /// Indexed by `Reject.rawValue`.
    public var rejected: [21 of UInt64]
    /// Gaps in the senders' sequence numbers.
    public var lost: UInt64
    public var heartbeats: UInt64
    public var matched: UInt64
    public var noRule: UInt64
    public var ruleErrors: UInt64
    public var scoreChanges: UInt64
    public var warningChanges: UInt64
    public var tasksOpened: UInt64
    public var taskRevisions: UInt64
    public var tasksClosed: UInt64
    /// Accepted alerts with status `test`: they are journaled and go no further.
    public var testAlerts: UInt64
    /// State given up because a bound was reached: keys, contributions, distinct values, tasks,
    /// strings of attributes.
    public var evicted: UInt64
    /// Alerts whose sent cell differs from where their position lies; the position won.
    public var cellMismatches: UInt64
    /// Alerts sent from elsewhere than where the registry says their source stands; they won.
    public var positionMismatches: UInt64
    public var droppedFields: UInt64
    public var feedOverflows: UInt64
    /// Outputs that found the journal's ring full. The lane takes nothing in while room is short,
    /// so any other number than 0 is a fault.
    public var journalOverflows: UInt64
    /// Accepted alerts older than the watermark: journaled, and shown to no rule.
    public var late: UInt64
    /// Accepted alerts whose clock was further ahead than is believed.
    public var clamped: UInt64
    /// Alerts judged before their time because too many were waiting for it.
    public var releasedEarly: UInt64
    /// Deadlines to accept, arrive at or resolve a task that passed.
    public var deadlinesMissed: UInt64
    /// Tasks that went to a cell above the one that answered.
    public var escalations: UInt64
    /// Reports on tasks that were kept, that had come before, and that were refused.
    public var feedbackKept: UInt64
    public var feedbackDuplicates: UInt64
    public var feedbackRefused: UInt64

    public init() {
        received = .init(repeating: 0)
        accepted = .init(repeating: 0)
        rejected = .init(repeating: 0)
        (lost, heartbeats, matched, noRule, ruleErrors) = (0, 0, 0, 0, 0)
        (scoreChanges, warningChanges, tasksOpened, taskRevisions) = (0, 0, 0, 0)
        (tasksClosed, testAlerts, evicted, cellMismatches) = (0, 0, 0, 0)
        (droppedFields, feedOverflows, journalOverflows) = (0, 0, 0)
        (late, clamped, releasedEarly, positionMismatches) = (0, 0, 0, 0)
        (deadlinesMissed, escalations) = (0, 0)
        (feedbackKept, feedbackDuplicates, feedbackRefused) = (0, 0, 0)
    }
}

extension IntakeCounters {
    /// The names of all counters, in the order of `values`.
    public static let names: [String] =
        IngestPath.allCases.map { "received_\($0.word)" }
        + IngestPath.allCases.map { "accepted_\($0.word)" }
        + Reject.allCases.map { "rejected_\($0.word)" }
        + [
            "lost", "heartbeats", "matched", "no_rule", "rule_errors", "score_changes",
            "warning_changes", "tasks_opened", "task_revisions", "tasks_closed", "test_alerts",
            "evicted", "cell_mismatches", "dropped_fields", "feed_overflows",
            "journal_overflows", "late", "clamped", "released_early", "position_mismatches",
            "deadlines_missed", "escalations", "feedback_kept", "feedback_duplicates",
            "feedback_refused",
        ]

    /// How many counters there are.
    public static let count = 2 * IngestPath.count + Reject.count + 25

    /// Counter `index` in the order of `names`.
    @_noAllocation @_noLocks
    public func value(_ index: Int) -> UInt64 {
        if index < 3 { return received[index] }
        if index < 6 { return accepted[index - 3] }
        if index < 6 + 21 { return rejected[index - 6] }
        switch index - 27 {
        case 0: return lost
        case 1: return heartbeats
        case 2: return matched
        case 3: return noRule
        case 4: return ruleErrors
        case 5: return scoreChanges
        case 6: return warningChanges
        case 7: return tasksOpened
        case 8: return taskRevisions
        case 9: return tasksClosed
        case 10: return testAlerts
        case 11: return evicted
        case 12: return cellMismatches
        case 13: return droppedFields
        case 14: return feedOverflows
        case 15: return journalOverflows
        case 16: return late
        case 17: return clamped
        case 18: return releasedEarly
        case 19: return positionMismatches
        case 20: return deadlinesMissed
        case 21: return escalations
        case 22: return feedbackKept
        case 23: return feedbackDuplicates
        default: return feedbackRefused
        }
    }
}
