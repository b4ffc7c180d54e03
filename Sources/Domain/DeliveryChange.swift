/// What is to be remembered of which desk has which task, so that a restart goes on from there.
public enum DeliveryChange: Sendable, Equatable {
    /// The desk is there, or was until now.
    case heard(desk: String)
    /// The desk has acknowledged the revision in this row of the journal; row and revision are 0
    /// when it was sent the task and has acknowledged nothing of it yet.
    case had(desk: String, task: TaskID, row: Int64, revision: UInt32)
    /// What the desk had of this task no longer counts.
    case forgot(desk: String, task: TaskID)
    /// The desk itself is forgotten.
    case left(desk: String)
    /// The task is closed, and every desk that had it knows.
    case over(task: TaskID)
}
