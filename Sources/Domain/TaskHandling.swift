/// Whether what raised a task still stands.
public enum TaskCondition: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    /// Its rule has no state that could end: a pulse.
    case unknown
    case raised, over

    @inlinable public var word: StaticString {
        switch self {
        case .unknown: "unknown"
        case .raised: "raised"
        case .over: "over"
        }
    }
}

/// Why a task went to the cell above the one that answered.
public enum EscalationReason: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    case none
    case acceptMissed, arriveMissed, resolveMissed
    /// So many repeats within so long, as its rule has it.
    case repeats
    /// The catalog has a higher level answer for its severity.
    case severity

    @inlinable public var word: StaticString {
        switch self {
        case .none: "none"
        case .acceptMissed: "accept_by missed"
        case .arriveMissed: "arrive_by missed"
        case .resolveMissed: "resolve_by missed"
        case .repeats: "repeats"
        case .severity: "severity"
        }
    }
}

/// What a task order says of how the task is handled.
public struct TaskHandling: Sendable, BitwiseCopyable {
    public var stage = TaskStage.open
    /// Since when; `.never` where that is not known.
    public var stageAt: Timestamp
    /// The unit whose report gave the stage; empty where the engine gave it.
    public var by: OrderText
    public var outcome: FeedbackOutcome?
    public var times = StageTimes()
    public var condition = TaskCondition.unknown
    /// How often the task went up.
    public var escalations: UInt32 = 0
    public var escalationReason = EscalationReason.none
    /// The path of the cell that answered before the latest escalation.
    public var escalatedFrom: OrderText
    /// Nobody accepted it in time: the fallback department is called besides.
    public var callsFallback = false
    /// Its cell is one where the same event is worse: it is a step more urgent for that.
    public var isExposed = false

    @_noAllocation @_noLocks
    public init() {
        stageAt = Timestamp(nanoseconds: .min)
        by = OrderText(0, 0)
        escalatedFrom = OrderText(0, 0)
    }
}

/// When the stages that matter later were reached first; `.never` where that has not been.
public struct StageTimes: Sendable, BitwiseCopyable, Equatable {
    public var accepted: Timestamp
    public var onScene: Timestamp
    public var resolved: Timestamp
    public var verified: Timestamp

    @_noAllocation @_noLocks
    public init() {
        accepted = Timestamp(nanoseconds: .min)
        (onScene, resolved, verified) = (accepted, accepted, accepted)
    }
}
