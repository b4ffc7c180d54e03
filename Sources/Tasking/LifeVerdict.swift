public import Domain

/// What became of an event in the life of a task.
public enum LifeVerdict: Sendable, Equatable {
    case moved(from: TaskStage, to: TaskStage)
    /// Noted; the task stands where it stood.
    case kept
    /// The same report was taken in before.
    case duplicate
    case refused(FeedbackRefusal)

    /// What to tell of it; nil: nothing at once.
    public var operation: TaskOperation? {
        guard case .moved(let from, let to) = self else { return nil }
        if to.isOver() { return .close }
        return from.isOver() ? .reopen : .update
    }
}
