import Domain
import Scoring
import Tasking

/// Who owns which numbers in the timer queue: rule keys first, then the cells' categories, then
/// tasks, then one for the city's mode and one for the review of withheld tasks. Rules judged in
/// the order of event time have their deadlines in a queue of their own, by key.
struct TimerOwners: Sendable, BitwiseCopyable {
    enum Kind: BitwiseCopyable { case key, score, task, mode, review }

    let firstScore: Int
    let firstTask: Int
    let modeOwner: Int
    let reviewOwner: Int
    let count: Int

    init(limits: RuleLimits, cells: Int) {
        firstScore = limits.keys
        firstTask = firstScore + max(1, cells) * Category.count
        modeOwner = firstTask + TaskBoard.capacity
        reviewOwner = modeOwner + 1
        count = reviewOwner + 1
    }

    @_noAllocation @_noLocks
    func kind(_ owner: Int) -> Kind {
        if owner < firstScore { return .key }
        if owner < firstTask { return .score }
        if owner < modeOwner { return .task }
        return owner == modeOwner ? .mode : .review
    }
}
