public import Domain

/// What became of a task: its latest revision, with what the earlier ones and the reports add.
public struct JournaledCourse: Sendable, Equatable {
    /// 32 hexadecimal digits.
    public var incident: String
    /// When it was told of first.
    public var opened: Timestamp
    public var isOpen: Bool
    public var status: AlertStatus
    public var category: Category
    public var priority: Priority
    public var stage: TaskStage
    /// Id and revision of the rule; nil when the run did not introduce it.
    public var rule: String?
    public var kind: String
    /// A cell path.
    public var cell: String
    public var department: String
    /// `source#id` of its latest alerts.
    public var alerts: [String]
    public var repeats: Int
    /// How many revisions opened it again.
    public var reopenings: Int
    public var escalations: Int
    /// Why it went up, for each time that was told.
    public var escalationReasons: [EscalationReason]
    public var accepted: Timestamp?
    public var arrived: Timestamp?
    /// The resolution that stands; nil where a repeat has opened the task again.
    public var resolved: Timestamp?
    public var verified: Timestamp?
    /// By the latest report that has one.
    public var outcome: FeedbackOutcome?
    public var satisfaction: [Int]
}
