import Domain
import Scoring

/// One task on the board, open or lately closed.
struct TaskState: BitwiseCopyable {
    var hash: UInt64
    /// What the hash is made of, besides the rule.
    var parts: KeyParts
    var incident: TaskID
    var plan: UInt32
    var rule: RuleID
    var cell: CellID
    /// Of the latest alert.
    var kind: KindID
    /// The rule's key at the latest hit; `.max` without one.
    var key: UInt32
    var revision: UInt32
    var isOpen: Bool
    /// Something joined since the last revision was told.
    var hasNews: Bool
    /// Enough repeats have come together to raise the priority.
    var isEscalated: Bool
    var life: TaskLife
    var deadlines: TaskDeadlines
    var escalation: TaskEscalation
    /// Its cell is one where the same event is worse.
    var isExposed: Bool
    var toldAt: Timestamp
    var closedAt: Timestamp
    /// What the mode makes of the deadlines.
    var slaFactor: Double
    var priority: Priority
    /// The row of the matrix that gave the priority; -1 when none did.
    var row: Int16
    var warning: WarningLevel
    var severity: Severity
    var certainty: Certainty
    var status: AlertStatus
    var alerts: UInt32
    var repeats: UInt32
    /// Keys of the rule that stand raised behind this task; it closes when the last one clears.
    var raisedKeys: UInt32
    var withholding: Withholding
    var withheldAt: Timestamp
    /// Place in the list of withheld tasks, + 1; 0 is none.
    var withheldPlace: UInt32
    var position: Position?
    /// Journal positions of the latest alerts; 0 is none.
    var evidence: [6 of UInt64]
    /// When the latest repeats came: a ring.
    var repeatTimes: [16 of Timestamp]
    var title: [192 of UInt8]
    var titleLength: Int
    var note: [256 of UInt8]
    var noteLength: Int
}

/// Why a task is not told of.
public struct Withholding: Sendable, BitwiseCopyable, Equatable {
    public enum Cause: UInt8, Sendable, BitwiseCopyable {
        case nothing, inhibit, silence
    }
    public var cause: Cause
    /// Which inhibit of the task table, or which silence.
    public var index: UInt32

    @_noAllocation @_noLocks
    init(_ cause: Cause, _ index: Int) {
        self.cause = cause
        self.index = UInt32(truncatingIfNeeded: index)
    }
    @inlinable public var isSet: Bool { cause != .nothing }
}

/// What the board made of a hit: a revision to tell, or why there is none.
public enum Decision: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    case opened, updated, reopened, closed
    /// Told again, because nothing has changed for as long as the rule file lets it.
    case reminded
    /// Joined to an open task that was told of a moment ago; it will be told in the next revision.
    case merged
    /// The rule file says that repeats are ignored.
    case ignored
    /// The cell stands below every warning level and the task's severity follows from it.
    case belowThreshold
    /// On the board, but an inhibit or a silence keeps it from being told.
    case withheld
    /// The rule opens no task, or there was none to close.
    case none
    /// The board is full of open tasks.
    case full
}
