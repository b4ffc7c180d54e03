public import Domain
public import Scoring

// Withheld tasks: on the board with all their evidence, but not told of. What withholds them is
// looked at again when a source ends, a warning falls, or a silence begins or ends; a task that
// nothing withholds any more is decided anew.

extension TaskBoard {
    /// How many open tasks are withheld.
    public var withheldCount: Int { heldCount }

    /// A withheld task. **Range**: 0 ..< `withheldCount`.
    public func withheldTask(_ index: Int) -> Int { Int(held[index]) }

    /// Why a task is withheld, and since when.
    @_noAllocation @_noLocks
    public func withholding(of task: Int) -> (why: Withholding, since: Timestamp) {
        (states[task].withholding, states[task].withheldAt)
    }

    /// Puts a task on the list of withheld ones, or changes why it is there.
    @_noAllocation @_noLocks
    mutating func withhold(_ task: Int, _ why: Withholding, at now: Timestamp) {
        states[task].withholding = why
        states[task].hasNews = true
        guard states[task].withheldPlace == 0 else { return }
        states[task].withheldAt = now
        held[heldCount] = UInt32(truncatingIfNeeded: task)
        heldCount += 1
        states[task].withheldPlace = UInt32(truncatingIfNeeded: heldCount)
    }

    /// Takes a task off the list; nothing when it is not there.
    @_noAllocation @_noLocks
    mutating func unlist(_ task: Int) {
        let place = Int(states[task].withheldPlace) - 1
        guard place >= 0 else { return }
        states[task].withheldPlace = 0
        states[task].withholding = Withholding(.nothing, 0)
        heldCount -= 1
        guard place != heldCount else { return }
        held[place] = held[heldCount]
        states[Int(held[place])].withheldPlace = UInt32(truncatingIfNeeded: place + 1)
    }

    /// Other silences from now on; what they mean for withheld tasks is looked at in a review.
    public mutating func replaceSilences(_ silences: consuming SilenceTable) {
        self.silences = silences
        needsReview = true
    }

    /// Something that withholds may have ended.
    @_noAllocation @_noLocks
    public mutating func askForReview() { needsReview = true }

    /// Begins to look at all withheld tasks, the last on the list first.
    @_noAllocation @_noLocks
    public mutating func beginReview() {
        reviewPlace = heldCount
        needsReview = false
    }

    /// The next task that nothing withholds any more, decided anew; task -1 at the end.
    @_noAllocation @_noLocks
    public mutating func reviewNext(
        at now: Timestamp, rules: borrowing RuleMatcher, board: borrowing ScoreBoard,
        timers: inout TimerQueue
    ) -> (decision: Decision, task: Int) {
        while reviewPlace > 0 {
            reviewPlace -= 1
            let task = Int(held[reviewPlace])
            let why = withholding(task, at: now, rules, board)
            if why.isSet {
                states[task].withholding = why
            } else {
                return (release(task, at: now, board, &timers), task)
            }
        }
        return (.none, -1)
    }

    /// What becomes of a task that nothing withholds any more.
    @_noAllocation @_noLocks
    private mutating func release(
        _ task: Int, at now: Timestamp, _ board: borrowing ScoreBoard,
        _ timers: inout TimerQueue
    ) -> Decision {
        unlist(task)
        let plan = table.plans[Int(states[task].plan)]
        take(
            judge(
                plan, (states[task].cell, states[task].isExposed), states[task].certainty, board),
            for: task, plan)
        let isNew = states[task].revision == 0
        if isNew && plan.severity == nil && states[task].warning == .none {
            shut(task, at: now, &timers)
            return .belowThreshold
        }
        tell(task, at: now)
        setTimer(task, &timers)
        return isNew ? .opened : .updated
    }
}
