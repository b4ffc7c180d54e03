import Domain
import Scoring

/// The parts of a task that follow from the standing of its cell.
struct Judgement: BitwiseCopyable {
    var warning: WarningLevel
    var severity: Severity
    var certainty: Certainty
    var priority: Priority
}

extension TaskBoard {
    @_noAllocation @_noLocks
    func judge(
        _ plan: TaskPlan, _ hit: RuleHit, _ facts: Facts, _ board: borrowing ScoreBoard
    ) -> Judgement {
        let warning = board.standing(hit.cell, plan.category).warning
        let severity = plan.severity ?? board.severity(of: warning)
        let certainty = plan.certainty ?? table.certainty.certainty(of: facts.confidence)
        let priority = plan.priority ?? table.priority(severity, plan.urgency, certainty)
        return Judgement(
            warning: warning, severity: severity, certainty: certainty, priority: priority)
    }

    /// A new task in the place of the closed one with the same key, or in a place of its own; -1
    /// when all places hold open tasks.
    @_noAllocation @_noLocks
    mutating func open(
        _ same: Int, _ identity: (plan: Int, hash: UInt64), _ hit: RuleHit,
        _ warning: WarningLevel
    ) -> Int {
        var task = same
        if same >= 0 && states[same].isOpen {
            index.remove(states[same].hash)
            task = room(identity.hash)
        } else if same < 0 {
            task = room(identity.hash)
        }
        guard task >= 0 else { return -1 }
        states[task].hash = identity.hash
        states[task].plan = UInt32(truncatingIfNeeded: identity.plan)
        states[task].rule = hit.rule
        states[task].cell = hit.cell
        states[task].revision = 0
        states[task].openedAt = hit.time
        states[task].alerts = 0
        states[task].repeats = 0
        states[task].evidence = .init(repeating: 0)
        states[task].position = nil
        states[task].status = .actual
        begin(task, hit)
        return task
    }

    @_noAllocation @_noLocks
    private mutating func begin(_ task: Int, _ hit: RuleHit) {
        states[task].isOpen = true
        states[task].raisedKeys = hit.transition == .pulse ? 0 : 1
        openCount += 1
    }

    /// A place for a task with this hash: a fresh one, or that of the task closed longest ago.
    @_noAllocation @_noLocks
    private mutating func room(_ hash: UInt64) -> Int {
        var task = -1
        if used < states.capacity {
            task = used
            used += 1
        }
        while task < 0 && closedCount > 0 {
            let oldest = Int(closed[closedHead])
            closedHead = (closedHead + 1) % closed.capacity
            closedCount -= 1
            if !states[oldest].isOpen {
                if index.find(states[oldest].hash) == oldest { index.remove(states[oldest].hash) }
                task = oldest
            }
        }
        if task >= 0 { index.insert(hash, task) }
        return task
    }

    @_noAllocation @_noLocks
    mutating func reopen(
        _ task: Int, _ hit: RuleHit, _ judged: Judgement, _ facts: Facts
    ) -> (decision: Decision, task: Int) {
        begin(task, hit)
        states[task].repeats &+= 1
        note(task, facts.sequence)
        adopt(task, judged, facts)
        tell(task, at: hit.time)
        return (.reopened, task)
    }

    /// Another alert for an open task.
    @_noAllocation @_noLocks
    mutating func join(
        _ task: Int, _ plan: TaskPlan, _ hit: RuleHit, _ news: (judged: Judgement, facts: Facts),
        _ timers: inout TimerQueue
    ) -> (decision: Decision, task: Int) {
        if hit.transition == .raised { states[task].raisedKeys &+= 1 }
        let state = states[task]
        let changed =
            state.priority != news.judged.priority || state.warning != news.judged.warning
        if plan.repeats == .ignore && !changed { return (.ignored, task) }
        states[task].repeats &+= 1
        note(task, news.facts.sequence)
        adopt(task, news.judged, news.facts)
        if changed || hit.time - state.toldAt >= TaskBoard.tellingInterval {
            tell(task, at: hit.time)
            timers.cancel(firstTimer + task)
            return (.updated, task)
        }
        states[task].hasNews = true
        timers.set(firstTimer + task, due: state.toldAt + TaskBoard.tellingInterval)
        return (.merged, task)
    }

    /// A key of the rule has cleared: the task closes with the last of them.
    @_noAllocation @_noLocks
    mutating func clear(
        _ task: Int, _ plan: TaskPlan, _ hit: RuleHit, _ timers: inout TimerQueue
    ) -> (decision: Decision, task: Int) {
        guard task >= 0, states[task].isOpen else { return (.none, -1) }
        if states[task].raisedKeys > 0 { states[task].raisedKeys &-= 1 }
        guard plan.closesOnClear, states[task].raisedKeys == 0 else { return (.none, task) }
        states[task].isOpen = false
        states[task].closedAt = hit.time
        openCount -= 1
        timers.cancel(firstTimer + task)
        let tail = (closedHead + closedCount) % closed.capacity
        if closedCount < closed.capacity {
            closed[tail] = UInt32(truncatingIfNeeded: task)
            closedCount += 1
        }
        tell(task, at: hit.time)
        return (.closed, task)
    }

    /// Takes over the standing and what the alert says of itself.
    @_noAllocation @_noLocks
    mutating func adopt(_ task: Int, _ judged: Judgement, _ facts: Facts) {
        states[task].warning = judged.warning
        states[task].severity = judged.severity
        states[task].certainty = judged.certainty
        states[task].priority = judged.priority
        if facts.status == .exercise { states[task].status = .exercise }
        if facts.position != nil { states[task].position = facts.position }
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
