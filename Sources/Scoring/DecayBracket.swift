import Domain

/// The stretch of time in which a decaying value comes down to a target, as narrow as whole numbers
/// tell without trying: a few billionths of the half-life.
///
/// Rounding keeps decay from falling at every step: a later value may stand a hair above an earlier
/// one. So the bracket has a margin on both sides, in which only trying tells.
struct DecayBracket: BitwiseCopyable {
    /// Up to this long after its moment the value is above the target, in nanoseconds.
    var aboveUntil: Int64
    /// From here on it is at or below the target.
    var reachedFrom: Int64

    /// Nothing is known.
    @_noAllocation @_noLocks
    private init() {
        aboveUntil = .min
        reachedFrom = .max
    }

    /// **Range**: `target` from 0 to below `value`. **Fails**: rarely, as not known: from `.min` to
    /// `.max`.
    @_noAllocation @_noLocks
    init(of value: MilliPoints, downTo target: MilliPoints, halfLife: Interval) {
        self.init()
        // The largest factor that rounds to the target: value · factor + 1/2 < target + 1.
        let factor = ((UInt64(target.value) &* 2 &+ 1) &<< 31 &- 1) / UInt64(value.value)
        let halves = Int64(factor.leadingZeroBitCount) &- 32
        guard halves >= 0, halves < 24, halfLife.nanoseconds < 1 << 56 else { return }
        let bound = (factor &+ 1) &<< UInt64(halves) &- 1
        // Just before a half-life ends, the series is below a half by 1.4e-6: what falls between is
        // reached, left and reached again.
        guard bound < (1 << 32) - 16_384 else { return }
        let middle = Decay.fraction(at: bound)
        let (low, high) = (middle &- 64, middle &+ 64)
        // The steps of the series each round down: together its values stray by less than 8.
        guard low > 0, Decay.power(UInt64(low)) > bound &+ 8 else { return }
        if high < 1 << 32 {
            guard Decay.power(UInt64(high)) &+ 8 <= bound else { return }
        }
        let start = halves &* halfLife.nanoseconds
        aboveUntil = start &+ DecayBracket.part(low, of: halfLife)
        reachedFrom = start &+ DecayBracket.part(high < 1 << 32 ? high : 1 << 32, of: halfLife) &+ 1
    }

    /// `fraction` of a half-life in fractions of 2^32, rounded down.
    @_noAllocation @_noLocks
    private static func part(_ fraction: Int64, of halfLife: Interval) -> Int64 {
        let whole = UInt64(halfLife.nanoseconds).multipliedFullWidth(by: UInt64(fraction))
        return Int64(truncatingIfNeeded: whole.high &<< 32 | whole.low &>> 32)
    }
}

extension Decay {
    /// About the f in fractions of 2^32 at which `power` comes down to `bound`: a cubic of
    /// 1 − bound to 0.002, and from there two of Newton's steps.
    ///
    /// **Range**: bound from 2^31 to below 2^32.
    @_noAllocation @_noLocks
    static func fraction(at bound: UInt64) -> Int64 {
        let fall = (1 << 32) &- bound
        var slope: UInt64 = 2_333_477_500
        slope = 1_169_178_500 &+ ((fall &* slope) &>> 32)
        slope = 3_127_009_000 &+ ((fall &* slope) &>> 32)
        let start = Int64((fall &* slope) &>> 31)
        return nearer(nearer(start, bound), bound)
    }

    /// The slope of 2^-f is −2^-f · ln 2.
    @_noAllocation @_noLocks
    private static func nearer(_ fraction: Int64, _ bound: UInt64) -> Int64 {
        let power = power(UInt64(fraction))
        let excess = Int64(power) &- Int64(bound)
        let slope = Int64((power &* 2_977_044_472) &>> 32)
        return fraction &+ (excess &<< 32) / slope
    }
}
