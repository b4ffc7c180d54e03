import Domain
import Lanes
import Pipeline

/// What desks tell the engine.
struct EngineDoor: Sendable {
    private let errands: Errands<Walk>

    /// A lane that takes longer stands still, because the disk does; the desk asks again.
    private static let patience = Duration.seconds(2)

    init(_ errands: Errands<Walk>) { self.errands = errands }

    /// What the engine makes of a feedback; nil when it does not come to it in time.
    func take(_ feedback: Feedback) -> FeedbackAnswer? {
        errands.perform(within: Self.patience) { $0.take(feedback, at: .now) }
    }

    /// A desk has stored a task.
    func offer(_ task: TaskID) { errands.submit { $0.offer(task, at: .now) } }
}
