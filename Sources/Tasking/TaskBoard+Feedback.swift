public import Domain
public import Scoring

// What units report of tasks. Not on the hot path: it may allocate.

extension TaskBoard {
    /// The task of an incident, open or lately closed; nil when it is not on the board.
    public func task(of incident: TaskID) -> Int? {
        let task = incidents.find(incident.low)
        guard task >= 0, states[task].incident == incident, states[task].revision > 0 else {
            return nil
        }
        return task
    }

    /// Where the handling of a task stands.
    public func stage(of task: Int) -> TaskStage { states[task].life.stage }

    /// The open tasks by their stages, indexed by `TaskStage.rawValue`.
    public var stages: [Int] {
        var counts = Array(repeating: 0, count: TaskStage.count)
        for task in 0..<used where states[task].isOpen {
            counts[Int(states[task].life.stage.rawValue)] += 1
        }
        return counts
    }

    /// Moves a task to where a feedback says it stands.
    public mutating func take(
        _ feedback: Feedback, of task: Int, at now: Timestamp
    ) -> LifeVerdict {
        var own = reports[feedback.task] ?? TaskReports()
        let before = states[task].life
        let verdict = own.take(
            StageReport(feedback, at: now), into: &states[task].life,
            verifyWithin: table.verifyWithin, at: now)
        if case .refused = verdict { return verdict }
        if reports.count >= TaskBoard.capacity { forgetReports() }
        reports[feedback.task] = own
        if before.times != states[task].life.times || before.outcome != states[task].life.outcome {
            states[task].hasNews = true
        }
        return verdict
    }

    /// Notes that a desk has taken a task in; it is told with the next revision. False where that
    /// says nothing new.
    public mutating func offer(_ task: Int, at now: Timestamp, timers: inout TimerQueue) -> Bool {
        guard states[task].isOpen else { return false }
        guard case .moved = states[task].life.offer(at: now) else { return false }
        states[task].hasNews = true
        setTimer(task, &timers)
        return true
    }

    /// What is to be told of a task that a feedback has moved, or has told more of.
    public mutating func follow(
        _ verdict: LifeVerdict, of task: Int, at now: Timestamp, rules: borrowing RuleMatcher,
        board: borrowing ScoreBoard, timers: inout TimerQueue
    ) -> Decision {
        guard let operation = verdict.operation else {
            setTimer(task, &timers)
            return .none
        }
        if operation == .close {
            if states[task].isOpen { return end(task, at: now, &timers) }
            tell(task, at: now)
            return .closed
        }
        if !states[task].isOpen { revive(task) }
        if states[task].life.stage.isWaiting() { restartAccepting(task, at: now) }
        let decision: Decision = operation == .reopen ? .reopened : .updated
        return conclude(task, decision, at: now, rules, board, &timers).decision
    }

    /// A unit had accepted it before it ended, as it turns out.
    private mutating func revive(_ task: Int) {
        states[task].isOpen = true
        openCount += 1
    }

    /// It waits for another unit, which has its own time to accept it.
    private mutating func restartAccepting(_ task: Int, at now: Timestamp) {
        let state = states[task]
        states[task].deadlines.restart(
            .acceptMissed, table.plans[Int(state.plan)], from: now, factor: state.slaFactor)
    }

    /// Forgets what was reported of tasks that are off the board.
    private mutating func forgetReports() {
        var kept: [TaskID: TaskReports] = [:]
        for (incident, own) in reports {
            let task = incidents.find(incident.low)
            if task >= 0, states[task].incident == incident { kept[incident] = own }
        }
        reports = kept
    }
}
