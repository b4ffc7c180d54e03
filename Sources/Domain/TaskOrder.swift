/// What became of a task in this revision.
public enum TaskOperation: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    case open, update, reopen, close

    public var word: StaticString {
        switch self {
        case .open: "open"
        case .update: "update"
        case .reopen: "reopen"
        case .close: "close"
        }
    }
}

/// A stretch of a task order's text buffer.
public struct OrderText: Sendable, BitwiseCopyable {
    public var start: UInt32
    public var end: UInt32

    @inlinable @_noAllocation @_noLocks public init(_ start: Int, _ end: Int) {
        self.start = UInt32(truncatingIfNeeded: start)
        self.end = UInt32(truncatingIfNeeded: end)
    }
    @inlinable public var isEmpty: Bool { start == end }
}

/// What one rule's evidence adds to the score behind a task.
public struct Factor: Sendable, BitwiseCopyable {
    /// `rule id@revision`.
    public var rule: OrderText
    /// The first 8 hexadecimal digits of the rule's hash.
    public var version: OrderText
    public var points: MilliPoints
    public var alerts: UInt32
    public var first: Timestamp
    public var last: Timestamp
    /// The evidence lies in a cell nearby.
    public var isSpread: Bool

    @_noAllocation @_noLocks
    public init() {
        rule = OrderText(0, 0)
        version = OrderText(0, 0)
        points = MilliPoints(0)
        alerts = 0
        first = Timestamp(nanoseconds: 0)
        last = Timestamp(nanoseconds: 0)
        isSpread = false
    }
}

/// One revision of a task, complete in itself: a receiver may skip revisions, the highest wins.
///
/// It holds copies of all the texts it shows, so that writing it out needs no other table. The
/// stage that decides owns one and fills it anew for every decision.
public struct TaskOrder: ~Copyable, Sendable {
    public static let factorsMax = 12
    public static let evidenceMax = 6

    public var texts: ByteBuffer
    public var incident: TaskID
    public var revision: UInt32
    public var operation: TaskOperation
    public var rule: RuleID
    public var category: Category
    public var cell: CellID
    public var time: Timestamp

    /// The task kind, such as `gas-leak`: a word of the responsibility list.
    public var kind: OrderText
    public var cellPath: OrderText
    public var title: OrderText
    /// What else the rule says, below the title; may be empty.
    public var note: OrderText
    public var reason: OrderText
    /// The CAP category; may be empty.
    public var cap: OrderText
    /// The CAP responses, separated by commas; may be empty.
    public var responses: OrderText
    public var department: OrderText
    /// Who answers when the department does not; may be empty.
    public var fallback: OrderText
    public var level: OrderText
    public var assignedCell: OrderText

    /// Where the latest alert was sensed; nil when it had only a cell.
    public var position: Position?
    public var priority: Priority
    /// The row of the catalog's matrix that gave the priority, from 1; 0 when none did.
    public var row: Int
    /// Told again because nothing has changed for so long.
    public var isReminder: Bool
    public var score: MilliPoints
    public var warning: WarningLevel
    public var severity: Severity
    public var urgency: Urgency
    public var certainty: Certainty
    public var status: AlertStatus

    public var factors: [12 of Factor]
    public var factorCount: Int
    /// `source#id` of the latest alerts.
    public var evidence: [6 of OrderText]
    public var evidenceCount: Int
    /// How many alerts stand behind the task in all.
    public var alertCount: UInt32
    public var repeats: UInt32
    /// Who is on it, since when, and what went wrong.
    public var handling = TaskHandling()

    /// `.never` where no deadline is set.
    public var acceptBy: Timestamp
    public var arriveBy: Timestamp
    public var resolveBy: Timestamp

    public init() {
        texts = ByteBuffer(capacity: Limits.taskBytesMax)
        incident = TaskID(high: 0, low: 0)
        (revision, alertCount, repeats) = (0, 0, 0)
        (operation, rule, category, cell) = (.open, .none, .publicSafety, .none)
        let empty = OrderText(0, 0)
        (kind, cellPath, title, reason) = (empty, empty, empty, empty)
        (department, level, assignedCell) = (empty, empty, empty)
        (note, cap, responses, fallback) = (empty, empty, empty, empty)
        (row, isReminder) = (0, false)
        position = nil
        (priority, score, warning) = (.p5, .zero, .none)
        (severity, urgency, certainty, status) = (.unknown, .unknown, .unknown, .actual)
        factors = .init(repeating: Factor())
        evidence = .init(repeating: empty)
        (factorCount, evidenceCount) = (0, 0)
        (time, acceptBy, arriveBy, resolveBy) = (.never, .never, .never, .never)
    }
}
