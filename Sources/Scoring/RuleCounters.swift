public import CEL
public import Domain

/// What a rule has done since the start, and how it has fared of late.
public struct RuleCounters: Sendable, BitwiseCopyable {
    /// How often it was judged: for an alert of its kinds, or at a timer.
    public var evaluations: UInt64
    /// Alerts routed to it that passed `match` and `where`.
    public var matched: UInt64
    public var errors: UInt64
    /// Conditions that had nothing to judge by.
    public var noData: UInt64
    public var raised: UInt64
    public var cleared: UInt64
    public var expired: UInt64
    public var evicted: UInt64
    public var keys: UInt32
    /// Oldest and newest key, numbers + 1.
    var oldest: UInt32
    var newest: UInt32
    /// Why the latest error was one.
    public internal(set) var latestFailure: EvaluationFailure
    /// Event time of the latest error; 0 when there was none.
    public internal(set) var latestFailureAt: Timestamp
    /// From when on its windows hold all that they reach back to; 0 when they did from the start.
    public internal(set) var warmUntil: Timestamp
    /// The rule's latest five minutes of event time, in two halves.
    private var half: Int64
    private var now: HealthCount
    private var before: HealthCount

    static var halfNanoseconds: Int64 { 150_000_000_000 }

    /// More than one evaluation in twenty has failed in the latest five minutes.
    public var isDegraded: Bool {
        (UInt64(now.errors) + UInt64(before.errors)) * 20
            > UInt64(now.evaluations) + UInt64(before.evaluations)
    }

    @_noAllocation @_noLocks
    mutating func countEvaluation(at time: Timestamp) {
        evaluations &+= 1
        turn(to: time)
        now.evaluations &+= 1
    }

    @_noAllocation @_noLocks
    mutating func countError(_ failure: EvaluationFailure, at time: Timestamp) {
        errors &+= 1
        (latestFailure, latestFailureAt) = (failure, time)
        turn(to: time)
        now.errors &+= 1
    }

    /// Begins another half when `time` is past the present one; what is late counts in the present
    /// one.
    @_noAllocation @_noLocks
    private mutating func turn(to time: Timestamp) {
        if time.nanoseconds < (half &+ 1) &* RuleCounters.halfNanoseconds { return }
        let number = time.nanoseconds / RuleCounters.halfNanoseconds
        before = number == half &+ 1 ? now : HealthCount()
        now = HealthCount()
        half = number
    }
}

/// Evaluations and errors of a while.
struct HealthCount: Sendable, BitwiseCopyable {
    var evaluations: UInt32 = 0
    var errors: UInt32 = 0

    @_noAllocation @_noLocks
    init() {}
}
