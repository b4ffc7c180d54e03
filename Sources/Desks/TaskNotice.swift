public import Domain

/// One revision of a task that is durable, as the desks are told of it.
public struct TaskNotice: Sendable, Equatable {
    /// Its row in the journal: later rows are newer.
    public var row: Int64
    /// The row of the task's first revision: the smaller, the older the task.
    public var firstRow: Int64
    public var incident: TaskID
    public var revision: UInt32
    public var operation: TaskOperation
    public var priority: Priority
    public var category: Category
    /// When this revision came about.
    public var time: Timestamp
    /// `NYC/3/311/`
    public var cellPath: String
    /// The task as it went to the feed, JSON.
    public var message: [UInt8]

    public init(
        row: Int64, incident: TaskID, revision: UInt32, operation: TaskOperation, topic: String
    ) {
        (self.row, firstRow, self.incident) = (row, row, incident)
        (self.revision, self.operation) = (revision, operation)
        (priority, category, time, message) = (.p5, .publicSafety, .never, [])
        cellPath = TaskNotice.cellPath(ofTopic: topic)
    }

    public var isClosed: Bool { operation == .close }

    /// What lies between `task/v1/json/` and the priority.
    static func cellPath(ofTopic topic: String) -> String {
        let segments = topic.split(separator: "/", omittingEmptySubsequences: false)
        guard segments.count > 5 else { return "" }
        return segments[3..<(segments.count - 2)].joined(separator: "/") + "/"
    }
}
