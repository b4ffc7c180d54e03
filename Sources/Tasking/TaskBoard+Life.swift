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
        let before = states[task]
        let plan = table.plans[Int(before.plan)]
        noteRepeat(task, plan, at: hit.time)
        var next = news.judged
        if states[task].isEscalated && plan.escalateTo.rawValue < next.priority.rawValue {
            next.priority = plan.escalateTo
        }
        let changed = before.priority != next.priority || before.warning != next.warning
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

    /// A key of the rule has cleared: the task closes with the last of them. One that nobody was
    /// told of closes in silence.
    @_noAllocation @_noLocks
    mutating func clear(
        _ task: Int, _ plan: TaskPlan, _ hit: RuleHit, _ timers: inout TimerQueue
    ) -> (decision: Decision, task: Int) {
        guard task >= 0, states[task].isOpen else { return (.none, -1) }
        if states[task].raisedKeys > 0 { states[task].raisedKeys &-= 1 }
        guard plan.closesOnClear, states[task].raisedKeys == 0 else { return (.none, task) }
        shut(task, at: hit.time, &timers)
        if states[task].revision == 0 { return (.none, task) }
        tell(task, at: hit.time)
        return (.closed, task)
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

    /// Counts a revision.
    @_noAllocation @_noLocks
    mutating func tell(_ task: Int, at now: Timestamp) {
        states[task].revision &+= 1
        states[task].toldAt = now
        states[task].hasNews = false
    }
}
