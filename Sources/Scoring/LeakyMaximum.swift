import Domain

/// Points at a moment, falling from there with a half-life: what one contribution is worth.
///
/// Of two pieces of evidence with the same half-life one dominates at every moment. Which one is
/// decided exactly, by a total order, and the pair that dominates is kept as it came, so that any
/// order of arrival keeps the same pair and gives the same bits.
struct LeakyMaximum: BitwiseCopyable {
    var points: MilliPoints
    var at: Timestamp
    var halfLife: Interval

    @_noAllocation @_noLocks
    init(_ points: MilliPoints, at time: Timestamp, halfLife: Interval) {
        self.points = points
        at = time
        self.halfLife = halfLife
    }

    @_noAllocation @_noLocks
    func points(at now: Timestamp) -> MilliPoints {
        Decay.decayed(points, after: now - at, halfLife: halfLife)
    }

    @_noAllocation @_noLocks
    mutating func take(_ fresh: LeakyMaximum) {
        if fresh.dominates(self) { self = fresh }
    }

    /// Half-lives differ only where a mode has its own; then what counts is who is ahead at the
    /// later of the two moments.
    @_noAllocation @_noLocks
    private func dominates(_ other: LeakyMaximum) -> Bool {
        if halfLife != other.halfLife {
            let later = at > other.at ? at : other.at
            return points(at: later).value >= other.points(at: later).value
        }
        if points.value >= other.points.value && at >= other.at { return true }
        if points.value <= other.points.value && at <= other.at { return false }
        let (mine, theirs) = (rank(), other.rank())
        return mine == theirs ? at > other.at : mine > theirs
    }

    /// log2(points) · half-life + time, in 2^-24: greater at one moment is greater at all.
    @_noAllocation @_noLocks
    private func rank() -> Int128 {
        let logarithm = Int128(LeakyMaximum.logarithm(points.value))
        return logarithm * Int128(halfLife.nanoseconds) + Int128(at.nanoseconds) << 24
    }

    /// log2 in 2^-24, by squaring; different for any two points of a score. 0 is below all.
    @_noAllocation @_noLocks
    static func logarithm(_ points: Int32) -> Int64 {
        guard points > 0 else { return -1 << 40 }
        let whole = 31 - points.leadingZeroBitCount
        // 1 ..< 2 in 2^-31.
        var mantissa = UInt64(points) << UInt64(31 - whole)
        var result = Int64(whole)
        var bit = 0
        while bit < 24 {
            mantissa = (mantissa &* mantissa) >> 31
            let carries = mantissa >> 32
            mantissa >>= carries
            result = result << 1 | Int64(carries)
            bit += 1
        }
        return result
    }
}
