import Domain
import Scoring
import Tasking

/// Who owns which numbers in the timer queue: rule keys first, then the cells' categories, then
/// tasks. Rules judged in the order of event time have their deadlines in a queue of their own, by
/// key.
struct TimerOwners: Sendable, BitwiseCopyable {
    enum Kind: BitwiseCopyable { case key, score, task }

    let firstScore: Int
    let firstTask: Int
    let count: Int

    init(limits: RuleLimits, cells: Int) {
        firstScore = limits.keys
        firstTask = firstScore + max(1, cells) * Category.count
        count = firstTask + TaskBoard.capacity
    }

    @_noAllocation @_noLocks
    func kind(_ owner: Int) -> Kind {
        if owner < firstScore { return .key }
        return owner < firstTask ? .score : .task
    }
}
