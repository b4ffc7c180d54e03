/// What a journal holds besides alerts, as people read it: words, points, times in RFC 3339.
public enum JournalView: String, Sendable, CaseIterable {
    case tasks, scores, feedback, events

    /// The view, and the table that has the moment of receipt as a number.
    var names: (view: String, table: String) {
        switch self {
        case .tasks: ("tasks", "task_revision")
        case .scores: ("score_changes", "score_change")
        case .feedback: ("feedbacks", "feedback")
        case .events: ("events", "event")
        }
    }
}
