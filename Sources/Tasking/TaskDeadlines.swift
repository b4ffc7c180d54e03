import Domain

/// By when a task is to be accepted, its place reached, and it resolved: absolute times, so that
/// they hold over everything that becomes of the engine.
struct TaskDeadlines: BitwiseCopyable {
    /// `.never` where none is set.
    var accept: Timestamp
    var arrive: Timestamp
    var resolve: Timestamp
    /// Missed where nobody stands above who could be told: said once, and no more.
    private var isAcceptGivenUp = false
    private var isArriveGivenUp = false
    private var isResolveGivenUp = false

    @_noAllocation @_noLocks
    init() {
        accept = Timestamp(nanoseconds: .min)
        (arrive, resolve) = (accept, accept)
    }

    /// All of a plan, from a moment on.
    @_noAllocation @_noLocks
    init(_ plan: TaskPlan, from now: Timestamp, factor: Double) {
        self.init()
        accept = TaskDeadlines.due(plan.acceptWithin, from: now, factor)
        arrive = TaskDeadlines.due(plan.arriveWithin, from: now, factor)
        resolve = TaskDeadlines.due(plan.resolveWithin, from: now, factor)
    }

    @_noAllocation @_noLocks
    private static func due(
        _ within: Interval?, from now: Timestamp, _ factor: Double
    ) -> Timestamp {
        guard let within else { return Timestamp(nanoseconds: .min) }
        if factor == 1 { return now + within }
        return now + Interval(nanoseconds: Int64(Double(within.nanoseconds) * factor))
    }

    /// Whether a task at a stage still has this deadline to meet.
    @_noAllocation @_noLocks
    private func isPending(_ kind: EscalationReason, at stage: TaskStage) -> Bool {
        if stage.isOver() { return false }
        switch kind {
        case .acceptMissed: return stage.isWaiting() && !isAcceptGivenUp
        case .arriveMissed: return stage.progress() < 3 && !isArriveGivenUp
        case .resolveMissed: return stage.progress() < 4 && !isResolveGivenUp
        default: return false
        }
    }

    @_noAllocation @_noLocks
    private func due(_ kind: EscalationReason) -> Timestamp {
        switch kind {
        case .acceptMissed: accept
        case .arriveMissed: arrive
        default: resolve
        }
    }

    /// When the next one is missed; `.forever` when none can be.
    @_noAllocation @_noLocks
    func next(at stage: TaskStage) -> Timestamp {
        var next = Timestamp(nanoseconds: .max)
        if isSet(.acceptMissed, stage) { next = accept }
        if isSet(.arriveMissed, stage) { if arrive < next { next = arrive } }
        if isSet(.resolveMissed, stage) { if resolve < next { next = resolve } }
        return next
    }

    @_noAllocation @_noLocks
    private func isSet(_ kind: EscalationReason, _ stage: TaskStage) -> Bool {
        due(kind).nanoseconds != .min && isPending(kind, at: stage)
    }

    /// Whether this one is missed at `now`.
    @_noAllocation @_noLocks
    func isMissed(_ kind: EscalationReason, at stage: TaskStage, _ now: Timestamp) -> Bool {
        isSet(kind, stage) && due(kind) <= now
    }

    /// Sets one anew from a moment on.
    @_noAllocation @_noLocks
    mutating func restart(
        _ kind: EscalationReason, _ plan: TaskPlan, from now: Timestamp, factor: Double
    ) {
        switch kind {
        case .acceptMissed:
            accept = TaskDeadlines.due(plan.acceptWithin, from: now, factor)
            isAcceptGivenUp = false
        case .arriveMissed: arrive = TaskDeadlines.due(plan.arriveWithin, from: now, factor)
        case .resolveMissed: resolve = TaskDeadlines.due(plan.resolveWithin, from: now, factor)
        default: break
        }
    }

    /// Asks no more for one.
    @_noAllocation @_noLocks
    mutating func giveUp(_ kind: EscalationReason) {
        switch kind {
        case .acceptMissed: isAcceptGivenUp = true
        case .arriveMissed: isArriveGivenUp = true
        case .resolveMissed: isResolveGivenUp = true
        default: break
        }
    }
}
