public import Domain

/// One alert as the journal holds it; its message comes beside it.
public struct JournaledAlert: Sendable, Equatable {
    public var run: Int64
    public var sequence: UInt64
    public var path: IngestPath
    public var time: Timestamp
    public var received: Timestamp
    /// Numbers of that run.
    public var cell: CellID
    public var source: SourceID
}

/// One revision of a task.
public struct JournaledTask: Sendable, Equatable {
    /// Rows only grow: a later one is newer.
    public var row: Int64
    /// Of the task's first revision that the journal still has.
    public var firstRow: Int64
    public var run: Int64
    public var sequence: UInt64
    public var time: Timestamp
    public var received: Timestamp
    /// 32 hexadecimal digits.
    public var incident: String
    public var revision: UInt32
    public var operation: TaskOperation
    /// Id and revision of the rule; nil when the run did not introduce it.
    public var rule: String?
    public var category: Category
    public var priority: Priority
    public var warning: WarningLevel
    public var status: AlertStatus
    public var score: MilliPoints
    public var topic: String
    /// The task as it went to the feed, JSON.
    public var message: String
}

/// One start of the engine.
public struct JournaledRun: Sendable, Equatable {
    public var id: Int64
    public var epoch: UInt64
    public var instance: String
    public var version: String
    public var started: Timestamp
    /// nil while it runs, and for ever when it was killed.
    public var ended: Timestamp?
    /// nil like `ended`.
    public var lastSequence: UInt64?
}

/// A run's counters by name; those that never moved are missing.
public struct JournaledTally: Sendable, Equatable {
    /// When one of them moved last.
    public var received: Timestamp
    public var counters: [String: UInt64]
}

/// How much the journal holds.
public struct JournalCounts: Sendable, Equatable {
    public var runs = 0
    public var alerts = 0
    public var alertBatches = 0
    public var scoreChanges = 0
    public var tasks = 0
    public var taskRevisions = 0
    public var sources = 0

    public init() {}
}
