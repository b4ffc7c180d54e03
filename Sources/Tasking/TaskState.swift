import Domain

/// One task on the board, open or lately closed.
struct TaskState: BitwiseCopyable {
    var hash: UInt64
    var incident: TaskID
    var plan: UInt32
    var rule: RuleID
    var cell: CellID
    var revision: UInt32
    var isOpen: Bool
    /// Something joined since the last revision was told.
    var hasNews: Bool
    var openedAt: Timestamp
    var toldAt: Timestamp
    var closedAt: Timestamp
    var priority: Priority
    var warning: WarningLevel
    var severity: Severity
    var certainty: Certainty
    var status: AlertStatus
    var alerts: UInt32
    var repeats: UInt32
    /// Keys of the rule that stand raised behind this task; it closes when the last one clears.
    var raisedKeys: UInt32
    var position: Position?
    /// Journal positions of the latest alerts; 0 is none.
    var evidence: [6 of UInt64]
    var title: [192 of UInt8]
    var titleLength: Int
}

/// What the board made of a hit: a revision to tell, or why there is none.
public enum Decision: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    case opened, updated, reopened, closed
    /// Joined to an open task that was told of a moment ago; it will be told in the next revision.
    case merged
    /// The rule file says that repeats are ignored.
    case ignored
    /// The cell stands below every warning level and the task's severity follows from it.
    case belowThreshold
    /// The rule opens no task, or there was none to close.
    case none
    /// The board is full of open tasks.
    case full
}
