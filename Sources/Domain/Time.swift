/// A moment: nanoseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
///
/// **Range**: the years 1678 to 2262. **Source**: RFC 3339 on the wire, `CLOCK_REALTIME` at the
/// door.
public struct Timestamp: Sendable, BitwiseCopyable, Hashable, Comparable {
    public var nanoseconds: Int64

    @inlinable @_noAllocation @_noLocks public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// Before every real moment: a time that was never set.
    @inlinable public static var never: Timestamp { Timestamp(nanoseconds: .min) }
    /// After every real moment: a timer that will not fire.
    @inlinable public static var forever: Timestamp { Timestamp(nanoseconds: .max) }

    @inlinable @_noAllocation @_noLocks public static func < (a: Timestamp, b: Timestamp) -> Bool {
        a.nanoseconds < b.nanoseconds
    }

    /// The sum, held at the ends of the range instead of trapping.
    @inlinable @_noAllocation @_noLocks public static func + (a: Timestamp, b: Interval)
        -> Timestamp
    {
        let (sum, overflow) = a.nanoseconds.addingReportingOverflow(b.nanoseconds)
        return overflow ? (b.nanoseconds > 0 ? .forever : .never) : Timestamp(nanoseconds: sum)
    }

    @inlinable @_noAllocation @_noLocks public static func - (a: Timestamp, b: Interval)
        -> Timestamp
    {
        a + Interval(nanoseconds: 0 &- b.nanoseconds)
    }

    /// How long from `b` to `a`, held at the ends of the range.
    @inlinable @_noAllocation @_noLocks public static func - (a: Timestamp, b: Timestamp)
        -> Interval
    {
        let (difference, overflow) = a.nanoseconds.subtractingReportingOverflow(b.nanoseconds)
        if overflow { return Interval(nanoseconds: a.nanoseconds > b.nanoseconds ? .max : .min) }
        return Interval(nanoseconds: difference)
    }
}

/// A length of time in nanoseconds.
public struct Interval: Sendable, BitwiseCopyable, Hashable, Comparable {
    public var nanoseconds: Int64

    @inlinable @_noAllocation @_noLocks public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    @inlinable @_noAllocation @_noLocks public static func milliseconds(_ n: Int64) -> Interval {
        Interval(nanoseconds: n &* 1_000_000)
    }
    @inlinable @_noAllocation @_noLocks public static func seconds(_ n: Int64) -> Interval {
        Interval(nanoseconds: n &* 1_000_000_000)
    }
    @inlinable @_noAllocation @_noLocks public static func minutes(_ n: Int64) -> Interval {
        .seconds(n &* 60)
    }
    @inlinable @_noAllocation @_noLocks public static func hours(_ n: Int64) -> Interval {
        .seconds(n &* 3600)
    }

    @inlinable public static var zero: Interval { Interval(nanoseconds: 0) }

    @inlinable @_noAllocation @_noLocks public static func < (a: Interval, b: Interval) -> Bool {
        a.nanoseconds < b.nanoseconds
    }
}
