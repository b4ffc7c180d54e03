public import Domain

/// The event time up to which everything has come in: what is older is late.
///
/// It is the least (latest time seen − lateness) over the sources that hold it back, and never goes
/// back. A source holds it back as long as its latest time is younger than `idle`, so one that is
/// quiet stops doing so, and so does one whose clock stands still or is far behind. When none
/// holds it back it follows the clock. It depends on the alerts and on the clock alone, not on how
/// often it is asked.
///
///     counts   | 0 | 2 | 0 | 5 | 1 | …   sources by the bucket of their latest time, a ring
///                    ^ lowest              of buckets of `grain`
///
/// It is exact to `grain`, and never too high. **Cost**: a few operations for each alert, however
/// many sources there are. **Owner**: the engine.
public struct Watermark: ~Copyable, Sendable {
    /// How long to wait for stragglers.
    public private(set) var lateness: Interval
    let idle: Int64
    /// **Units**: nanoseconds; 100 ms, more where sources are idle only after an hour.
    let grain: Int64
    private var counts: Table<UInt32>
    private let mask: Int64
    /// The bucket of each source's latest time, + 1 so that 0 is none.
    private var seen: Table<Int64>
    /// Sources that hold the watermark back.
    private var holding = 0
    /// None of them stands in a bucket below.
    private var lowest: Int64 = 0
    /// Sources whose bucket is this or lower are idle.
    private var floor = Int64.min
    private var clock = Timestamp(nanoseconds: .min)
    /// All alerts before this moment have come in, or are late.
    public private(set) var time = Timestamp(nanoseconds: .min)

    static var grainMin: Int64 { 100_000_000 }
    private static var buckets: Int64 { 65_536 }

    public init(_ plan: TimePlan, sources: Int) {
        lateness = plan.lateness
        idle = max(1, plan.idleSource.nanoseconds)
        grain = max(Watermark.grainMin, idle / (Watermark.buckets / 2))
        var size: Int64 = 16
        while size < idle / grain + 2 { size *= 2 }
        mask = size - 1
        counts = Table(capacity: Int(size))
        seen = Table(capacity: sources)
    }

    /// Notes an alert of a source, which was not late.
    @_noAllocation @_noLocks
    public mutating func observe(_ source: SourceID, at time: Timestamp) {
        // The ring has no room for the future: nobody is believed to be ahead of the clock.
        let held = time > clock ? clock : time
        let bucket = Watermark.floor(held.nanoseconds, grain)
        let previous = seen[source.int] &- 1
        let isKnown = seen[source.int] != 0
        if isKnown && bucket <= previous { return }
        seen[source.int] = bucket &+ 1
        if isKnown && previous > floor {
            counts[Int(previous & mask)] &-= 1
            holding -= 1
        }
        if bucket > floor {
            counts[Int(bucket & mask)] &+= 1
            if holding == 0 || bucket < lowest { lowest = bucket }
            holding += 1
        }
        rise()
    }

    /// Lets the clock go on: sources become idle, and without any the watermark follows.
    @_noAllocation @_noLocks
    public mutating func advance(to now: Timestamp) {
        guard now > clock else { return }
        clock = now
        let bucket = Watermark.floor((now - Interval(nanoseconds: idle)).nanoseconds, grain)
        while holding > 0 && lowest <= bucket {
            let place = Int(lowest & mask)
            holding -= Int(counts[place])
            counts[place] = 0
            lowest += 1
        }
        floor = bucket
        rise()
    }

    /// Waits longer or shorter for stragglers from now on; what was late stays late.
    @_noAllocation @_noLocks
    public mutating func wait(_ interval: Interval) {
        lateness = interval
        rise()
    }

    /// Holds everything up to `moment` as come in.
    @_noAllocation @_noLocks
    public mutating func force(past moment: Timestamp) {
        let after = moment + Interval(nanoseconds: 1)
        if after > time { time = after }
    }

    /// Begins anew at an earlier moment, because the clock was set back: what it said before counts
    /// no more, or everything would be late until the clock has caught up.
    @_noAllocation @_noLocks
    public mutating func restart(at now: Timestamp) {
        var place = 0
        while place < counts.capacity {
            counts[place] = 0
            place += 1
        }
        var source = 0
        while source < seen.capacity {
            // Pages of sources that never were stay untouched.
            if seen[source] != 0 { seen[source] = 0 }
            source += 1
        }
        holding = 0
        floor = .min
        clock = Timestamp(nanoseconds: .min)
        time = Timestamp(nanoseconds: .min)
        advance(to: now)
    }

    /// When the clock alone, without another alert, takes the watermark past `moment`.
    @_noAllocation @_noLocks
    public func clock(passing moment: Timestamp) -> Timestamp {
        if time > moment { return Timestamp(nanoseconds: .min) }
        let free = moment + lateness + Interval(nanoseconds: 1)
        var rest = holding
        var bucket = lowest
        var leaves = Int64.min
        while rest > 0 && edge(bucket) <= moment {
            let count = Int(counts[Int(bucket & mask)])
            if count > 0 { leaves = bucket &* grain &+ idle }
            rest -= count
            bucket += 1
        }
        let last = Timestamp(nanoseconds: leaves)
        if rest > 0 { return last }
        return last > free ? last : free
    }

    /// Whether the clock at `now` is short of taking the watermark past `moment`: the cheap answer
    /// to what `clock(passing:)` computes, sure only when it is yes.
    @_noAllocation @_noLocks
    public func holdsBack(_ moment: Timestamp, at now: Timestamp) -> Bool {
        if time > moment { return false }
        if holding == 0 { return now - lateness <= moment }
        let idleBelow = Watermark.floor((now - Interval(nanoseconds: idle)).nanoseconds, grain)
        return lowest > idleBelow && edge(lowest) <= moment
    }

    /// Where the watermark stands when the lowest source that holds it back is in `bucket`.
    @_noAllocation @_noLocks
    private func edge(_ bucket: Int64) -> Timestamp {
        Timestamp(nanoseconds: bucket &* grain) - lateness
    }

    @_noAllocation @_noLocks
    private mutating func rise() {
        while holding > 0 && counts[Int(lowest & mask)] == 0 { lowest += 1 }
        let risen = holding > 0 ? edge(lowest) : clock - lateness
        if risen > time { time = risen }
    }

    /// `time / grain`, rounded down.
    @_noAllocation @_noLocks
    private static func floor(_ time: Int64, _ grain: Int64) -> Int64 {
        let quotient = time / grain
        return time % grain < 0 ? quotient - 1 : quotient
    }
}
