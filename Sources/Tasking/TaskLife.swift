import Domain

/// How far the handling of a task has come: a machine that is told what happened, and when.
///
///     open → offered → accepted → en_route → on_scene → resolved → verified → closed
///     rejected and reassigned wait for a unit, as open and offered do
///     any → cancelled      waiting and what raised it is over → expired
///     resolved, closed → open again
///
/// What the engine sees happens here: a task opens again, is taken in by a desk, its condition ends
/// or is raised again, nobody verifies. What units report is in `TaskReports`, which works out anew
/// where the task stands from all reports of this life of it: so the order in which they come in
/// does not matter.
struct TaskLife: BitwiseCopyable {
    var stage = TaskStage.open
    /// Since when.
    var stageAt: Timestamp
    var openedAt: Timestamp
    /// From when on reports belong to this life; `.never` for the first, to which all do.
    var began: Timestamp
    /// The first revision of this life: a report that answers it, or a later one, belongs to it.
    var firstRevision: UInt32
    var offeredAt: Timestamp
    /// When what raised it ended; `.never` while it stands.
    var overAt: Timestamp
    /// Some key of the rule stood raised behind it.
    var hasCondition = false
    /// It need not be handled any more once its condition is over and nobody is on it.
    var endsWithCondition = false
    /// The unit whose report gave the stage.
    var by = UnitCode()
    var outcome: FeedbackOutcome?
    var times = StageTimes()

    @_noAllocation @_noLocks
    init() {
        stageAt = Timestamp(nanoseconds: .min)
        (openedAt, began) = (stageAt, stageAt)
        (offeredAt, overAt) = (stageAt, stageAt)
        firstRevision = 0
    }

    /// Begins a life: the first, or another because of a repeat.
    @_noAllocation @_noLocks
    mutating func begin(at now: Timestamp, afterRevision revision: UInt32) {
        self = TaskLife()
        (openedAt, stageAt) = (now, now)
        guard revision > 0 else { return }
        began = now
        firstRevision = revision &+ 1
    }

    /// A desk has taken it in.
    @_noAllocation @_noLocks
    mutating func offer(at now: Timestamp) -> LifeVerdict {
        guard offeredAt.nanoseconds == .min else { return .kept }
        offeredAt = now
        return stage == .open ? move(to: .offered, at: now) : .kept
    }

    /// What raised it is over. Whom nobody has accepted yet ends; who is on it is waited for.
    @_noAllocation @_noLocks
    mutating func clear(at now: Timestamp, ends: Bool) -> LifeVerdict {
        overAt = now
        endsWithCondition = ends
        guard ends, stage.isWaiting() else { return .kept }
        return move(to: .expired, at: now)
    }

    /// Something raises it, or raises it again.
    @_noAllocation @_noLocks
    mutating func raise() {
        hasCondition = true
        overAt = Timestamp(nanoseconds: .min)
    }

    /// Whether a repeat shows that the matter is not solved: it is later than the resolution.
    @_noAllocation @_noLocks
    func isReopened(by moment: Timestamp) -> Bool {
        stage == .resolved && moment > stageAt
    }

    /// Closes a resolved task that nobody has verified for so long.
    @_noAllocation @_noLocks
    mutating func lapse(at now: Timestamp, after wait: Interval) -> LifeVerdict {
        guard stage == .resolved, now - stageAt >= wait else { return .kept }
        by = UnitCode()
        return move(to: .closed, at: stageAt + wait)
    }

    @_noAllocation @_noLocks
    private mutating func move(to next: TaskStage, at now: Timestamp) -> LifeVerdict {
        let verdict = LifeVerdict.moved(from: stage, to: next)
        (stage, stageAt) = (next, now)
        return verdict
    }

    @_noAllocation @_noLocks
    func condition() -> TaskCondition {
        if !hasCondition { return .unknown }
        return overAt.nanoseconds == .min ? .raised : .over
    }
}
