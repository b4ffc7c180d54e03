public import Domain

/// One task as the journal has it last, with what was reported of it.
public struct ReportedTask: Sendable {
    /// The path of its cell; ends in `/`.
    public var cell: String
    public var category: Category
    public var priority: Priority
    /// When it was told of first.
    public var opened: Timestamp
    public var isOpen = true
    public var isDrill = false
    public var stage = TaskStage.open
    /// What is to be done.
    public var kind = ""
    /// Id and revision.
    public var rule = ""
    public var department = ""
    /// Of the latest alerts behind it, each once.
    public var sources: [String] = []
    /// Later alerts that joined it.
    public var repeats = 0
    /// How often a repeat opened it again.
    public var reopenings = 0
    /// How often it went up.
    public var escalations = 0
    /// The deadlines that were missed, each time one was.
    public var missed: [EscalationReason] = []
    public var accepted: Timestamp?
    public var arrived: Timestamp?
    /// The resolution that stands.
    public var resolved: Timestamp?
    public var verified: Timestamp?
    /// The latest that was reported.
    public var outcome: FeedbackOutcome?
    /// **Range**: 1 to 5 each.
    public var satisfaction: [Int] = []

    public init(cell: String, category: Category, priority: Priority, opened: Timestamp) {
        (self.cell, self.category) = (cell, category)
        (self.priority, self.opened) = (priority, opened)
    }
}
