import Domain
import Scoring

extension TaskBoard {
    @_noAllocation @_noLocks
    mutating func reopen(
        _ task: Int, _ hit: RuleHit, _ news: (judged: Judgement, facts: Facts),
        _ rules: borrowing RuleMatcher, _ board: borrowing ScoreBoard,
        _ timers: inout TimerQueue
    ) -> (decision: Decision, task: Int) {
        begin(task, hit)
        openCount += 1
        states[task].raisedKeys = hit.transition == .pulse ? 0 : 1
        return resumed(task, hit, news, rules, board, &timers)
    }

    /// A repeat for a task that was resolved, as somebody thought: it opens again, for the same
    /// keys.
    @_noAllocation @_noLocks
    mutating func resume(
        _ task: Int, _ hit: RuleHit, _ news: (judged: Judgement, facts: Facts),
        _ rules: borrowing RuleMatcher, _ board: borrowing ScoreBoard,
        _ timers: inout TimerQueue
    ) -> (decision: Decision, task: Int) {
        begin(task, hit)
        if hit.transition == .raised { states[task].raisedKeys &+= 1 }
        return resumed(task, hit, news, rules, board, &timers)
    }

    @_noAllocation @_noLocks
    private mutating func resumed(
        _ task: Int, _ hit: RuleHit, _ news: (judged: Judgement, facts: Facts),
        _ rules: borrowing RuleMatcher, _ board: borrowing ScoreBoard,
        _ timers: inout TimerQueue
    ) -> (decision: Decision, task: Int) {
        setDeadlines(task, from: hit.time)
        states[task].repeats &+= 1
        note(task, news.facts.sequence)
        adopt(task, hit, news, rules)
        return conclude(task, .reopened, at: hit.time, rules, board, &timers)
    }

    /// Another alert for an open task.
    @_noAllocation @_noLocks
    mutating func join(
        _ task: Int, _ hit: RuleHit, _ news: (judged: Judgement, facts: Facts),
        _ rules: borrowing RuleMatcher, _ board: borrowing ScoreBoard,
        _ timers: inout TimerQueue
    ) -> (decision: Decision, task: Int) {
        if hit.transition == .raised { states[task].raisedKeys &+= 1 }
        let wasOver = states[task].life.overAt.nanoseconds != .min
        if hit.transition != .pulse { states[task].life.raise() }
        let before = states[task]
        let plan = table.plans[Int(before.plan)]
        noteRepeat(task, plan, at: hit.time)
        var next = news.judged
        if states[task].isEscalated && plan.escalateTo.rawValue < next.priority.rawValue {
            next.priority = plan.escalateTo
        }
        var changed = before.priority != next.priority || before.warning != next.warning
        if wasOver || states[task].escalation.isPending { changed = true }
        let isWithheld = before.withheldPlace != 0
        if plan.repeats == .ignore && !changed && !isWithheld { return (.ignored, task) }
        states[task].repeats &+= 1
        note(task, news.facts.sequence)
        adopt(task, hit, news, rules)
        if changed || isWithheld || hit.time - before.toldAt >= TaskBoard.tellingInterval {
            return conclude(task, .updated, at: hit.time, rules, board, &timers)
        }
        states[task].hasNews = true
        setTimer(task, &timers)
        return (.merged, task)
    }

    /// A key of the rule has cleared. With the last of them a task that nobody is on is over; who
    /// is on it is told. One that nobody was told of ends in silence.
    @_noAllocation @_noLocks
    mutating func clear(
        _ task: Int, _ plan: TaskPlan, _ hit: RuleHit, _ rules: borrowing RuleMatcher,
        _ board: borrowing ScoreBoard, _ timers: inout TimerQueue
    ) -> (decision: Decision, task: Int) {
        guard task >= 0, states[task].isOpen else { return (.none, -1) }
        if states[task].raisedKeys > 0 { states[task].raisedKeys &-= 1 }
        guard states[task].raisedKeys == 0 else { return (.none, task) }
        let verdict = states[task].life.clear(at: hit.time, ends: plan.closesOnClear)
        if !plan.closesOnClear { return (.none, task) }
        if case .kept = verdict {
            return conclude(task, .updated, at: hit.time, rules, board, &timers)
        }
        return (end(task, at: hit.time, &timers), task)
    }

    /// Ends a task whose life is over; nothing is told of one that nobody was told of.
    @_noAllocation @_noLocks
    mutating func end(
        _ task: Int, at now: Timestamp, _ timers: inout TimerQueue
    ) -> Decision {
        shut(task, at: now, &timers)
        if states[task].revision == 0 { return .none }
        tell(task, at: now)
        return .closed
    }

    /// Takes over the standing, what the alert says of itself, and what inhibits compare.
    @_noAllocation @_noLocks
    mutating func adopt(
        _ task: Int, _ hit: RuleHit, _ news: (judged: Judgement, facts: Facts),
        _ rules: borrowing RuleMatcher
    ) {
        take(news.judged, for: task, table.plans[Int(states[task].plan)])
        states[task].key = hit.key
        states[task].kind = news.facts.kind
        states[task].isExposed = news.facts.isExposed
        if table.sameSlotCount > 0 { values[task] = sameValues(rules) }
        if news.facts.status == .exercise { states[task].status = .exercise }
        if news.facts.position != nil { states[task].position = news.facts.position }
    }

    /// Adds an alert to the task's evidence, latest first.
    @_noAllocation @_noLocks
    mutating func note(_ task: Int, _ sequence: UInt64) {
        guard sequence != 0, states[task].evidence[0] != sequence else { return }
        var place = 5
        while place > 0 {
            states[task].evidence[place] = states[task].evidence[place - 1]
            place -= 1
        }
        states[task].evidence[0] = sequence
        states[task].alerts &+= 1
    }

    /// Gathers the evidence that a new task starts with and derives the incident's id from the
    /// latest of it.
    @_noAllocation @_noLocks
    mutating func gather(
        _ task: Int, _ hit: RuleHit, _ facts: Facts, _ rules: borrowing RuleMatcher
    ) {
        if hit.key == .max {
            note(task, facts.sequence)
        } else {
            let latest = rules.recentAlerts(Int(hit.key))
            var place = 6
            while place > 0 {
                place -= 1
                note(task, latest[place])
            }
        }
    }

    /// Counts a revision. Who is told of a task for the first time has its deadlines from then on.
    @_noAllocation @_noLocks
    mutating func tell(_ task: Int, at now: Timestamp) {
        if states[task].revision == 0 { setDeadlines(task, from: now) }
        states[task].revision &+= 1
        states[task].toldAt = now
        states[task].hasNews = false
    }
}
