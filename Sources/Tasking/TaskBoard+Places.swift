import Domain
import Scoring

extension TaskBoard {
    /// A new task in the place of the closed one with the same key, or in a place of its own; -1
    /// when all places hold open tasks.
    @_noAllocation @_noLocks
    mutating func open(
        _ same: Int, _ identity: (plan: Int, hash: UInt64), _ hit: RuleHit, _ slaFactor: Double
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
        if incidents.find(states[task].incident.low) == task {
            incidents.remove(states[task].incident.low)
        }
        states[task].incident = TaskID(high: 0, low: 0)
        states[task].revision = 0
        states[task].slaFactor = slaFactor
        states[task].alerts = 0
        states[task].repeats = 0
        states[task].evidence = .init(repeating: 0)
        states[task].position = nil
        states[task].status = .actual
        states[task].withholding = Withholding(.nothing, 0)
        states[task].withheldPlace = 0
        states[task].raisedKeys = hit.transition == .pulse ? 0 : 1
        openCount += 1
        begin(task, hit)
        return task
    }

    /// Begins a life of a task, its first or another.
    @_noAllocation @_noLocks
    mutating func begin(_ task: Int, _ hit: RuleHit) {
        states[task].isOpen = true
        states[task].hasNews = false
        states[task].isEscalated = false
        states[task].repeatTimes = .init(repeating: Timestamp(nanoseconds: .min))
        states[task].life.begin(at: hit.time, afterRevision: states[task].revision)
        if hit.transition != .pulse { states[task].life.raise() }
        states[task].escalation = TaskEscalation()
        states[task].deadlines = TaskDeadlines()
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

    /// Ends a task's life on the board.
    @_noAllocation @_noLocks
    mutating func shut(_ task: Int, at now: Timestamp, _ timers: inout TimerQueue) {
        states[task].isOpen = false
        states[task].closedAt = now
        openCount -= 1
        unlist(task)
        setTimer(task, &timers)
        let tail = (closedHead + closedCount) % closed.capacity
        if closedCount < closed.capacity {
            closed[tail] = UInt32(truncatingIfNeeded: task)
            closedCount += 1
        }
    }

    /// The task's timer: when what joined may be told, or when to tell it again.
    @_noAllocation @_noLocks
    mutating func setTimer(_ task: Int, _ timers: inout TimerQueue) {
        let state = states[task]
        var due = Timestamp(nanoseconds: .max)
        if state.isOpen && state.withheldPlace == 0 {
            let remind = table.plans[Int(state.plan)].remind
            if remind.nanoseconds > 0 { due = state.toldAt + remind }
            let next = state.toldAt + TaskBoard.tellingInterval
            if state.hasNews && next < due { due = next }
            let missed = nextOfLife(task)
            if missed < due { due = missed }
        }
        if due.nanoseconds == .max {
            timers.cancel(firstTimer + task)
        } else {
            timers.set(firstTimer + task, due: due)
        }
    }
}
