public import Domain
import Scoring

// Deadlines and escalation: what becomes of a task that nobody handles in time.

extension TaskBoard {
    /// Sets all deadlines of a task's plan.
    @_noAllocation @_noLocks
    mutating func setDeadlines(_ task: Int, from now: Timestamp) {
        let state = states[task]
        states[task].deadlines = TaskDeadlines(
            table.plans[Int(state.plan)], from: now, factor: state.slaFactor)
    }

    /// When a deadline passes, or a resolved task has waited long enough to be verified.
    @_noAllocation @_noLocks
    func nextOfLife(_ task: Int) -> Timestamp {
        let stage = states[task].life.stage
        if stage == .resolved { return states[task].life.stageAt + table.verifyWithin }
        return states[task].deadlines.next(at: stage)
    }

    /// Closes a resolved task that nobody has verified.
    @_noAllocation @_noLocks
    mutating func lapse(_ task: Int, at now: Timestamp, _ timers: inout TimerQueue) -> Bool {
        if case .moved = states[task].life.lapse(at: now, after: table.verifyWithin) {
            return end(task, at: now, &timers) == .closed
        }
        return false
    }

    /// Lets a task go up whose deadlines have passed; false when none has. Each of them begins anew
    /// for who answers then; where nobody stands above, it is said this once.
    @_noAllocation @_noLocks
    mutating func missDeadlines(_ task: Int, at now: Timestamp) -> Bool {
        var first = EscalationReason.none
        if miss(.resolveMissed, task, now) { first = .resolveMissed }
        if miss(.arriveMissed, task, now) { first = .arriveMissed }
        if miss(.acceptMissed, task, now) {
            first = .acceptMissed
            if table.plans[Int(states[task].plan)].fallback >= 0 {
                states[task].escalation.callsFallback = true
            }
        }
        if first == .none { return false }
        escalate(task, first)
        return true
    }

    @_noAllocation @_noLocks
    private mutating func miss(_ kind: EscalationReason, _ task: Int, _ now: Timestamp) -> Bool {
        let state = states[task]
        if !state.deadlines.isMissed(kind, at: state.life.stage, now) { return false }
        deadlinesMissed &+= 1
        if state.escalation.isAtRoot() {
            states[task].deadlines.giveUp(kind)
        } else {
            states[task].deadlines.restart(
                kind, table.plans[Int(state.plan)], from: now, factor: state.slaFactor)
        }
        return true
    }

    /// Lets a task go to the cell above the one that answers, with its next revision.
    @_noAllocation @_noLocks
    mutating func escalate(_ task: Int, _ reason: EscalationReason) {
        states[task].escalation.isPending = true
        states[task].escalation.reason = reason
    }

    /// The cell that answers for a task since it was told of; `.none` before.
    @_noAllocation @_noLocks
    public func answering(_ task: Int) -> CellID { states[task].escalation.answering }

    /// Whether the task is to go up with this revision.
    @_noAllocation @_noLocks
    public func isToEscalate(_ task: Int) -> Bool { states[task].escalation.isPending }

    /// Has a cell answer for a task that went up from another.
    @_noAllocation @_noLocks
    public mutating func escalate(
        _ task: Int, from: CellID, to answering: CellID, because reason: EscalationReason?
    ) {
        states[task].escalation.isPending = false
        states[task].escalation.count &+= 1
        states[task].escalation.from = from
        states[task].escalation.answering = answering
        if let reason { states[task].escalation.reason = reason }
    }

    /// Has a cell answer for a task.
    @_noAllocation @_noLocks
    public mutating func assign(_ task: Int, to answering: CellID) {
        states[task].escalation.answering = answering
    }

    /// The cell that answered before the task went up; `.none` when it has not.
    @_noAllocation @_noLocks
    public func escalatedFrom(_ task: Int) -> CellID { states[task].escalation.from }

    /// Has who answers be looked up anew where the task has not gone up: the list may be another.
    mutating func forgetAnswering(_ task: Int) {
        if states[task].escalation.count == 0 {
            states[task].escalation.answering = CellID.none
        }
    }

    /// Where the handling stands; how the task went up is known only when it is assigned.
    @_noAllocation @_noLocks
    func writeHandling(_ task: Int, to order: inout TaskOrder) {
        let state = states[task]
        order.handling = TaskHandling()
        order.handling.stage = state.life.stage
        order.handling.stageAt = state.life.stageAt
        order.handling.by = state.life.by.write(to: &order.texts)
        order.handling.outcome = state.life.outcome
        order.handling.times = state.life.times
        order.handling.condition = state.life.condition()
        if table.exposureRaise > 0 { order.handling.isExposed = state.isExposed }
    }

    /// How often the task went up, and why; after that is settled for this revision.
    @_noAllocation @_noLocks
    public func writeEscalation(_ task: Int, to order: inout TaskOrder) {
        let escalation = states[task].escalation
        order.handling.escalations = escalation.count
        order.handling.escalationReason = escalation.reason
        order.handling.callsFallback = escalation.callsFallback
    }
}
