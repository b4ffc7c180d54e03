/// Points of risk in thousandths: 0 to 100 points are 0 to 100,000.
///
/// Integers, so that a score has the same bits on every machine and in any order of arrival.
public struct MilliPoints: Sendable, BitwiseCopyable, Hashable, Comparable {
    public var value: Int32

    @inlinable @_noAllocation @_noLocks public init(_ value: Int32) { self.value = value }

    @inlinable public static var zero: MilliPoints { MilliPoints(0) }
    @inlinable public static var full: MilliPoints { MilliPoints(100_000) }

    /// `points` rounded to thousandths and held within 0 to 100; a number that is not finite gives
    /// nil.
    @inlinable @_noAllocation @_noLocks public init?(points: Double) {
        guard points.isFinite else { return nil }
        let held = points < 0 ? 0 : (points > 100 ? 100 : points)
        value = Int32(held * 1000 + 0.5)
    }

    @inlinable public var points: Double { Double(value) / 1000 }

    @inlinable @_noAllocation @_noLocks public static func < (a: MilliPoints, b: MilliPoints)
        -> Bool
    { a.value < b.value }
}
