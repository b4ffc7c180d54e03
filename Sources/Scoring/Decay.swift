public import Domain

/// Exponential decay in whole numbers: the same bits on every machine.
public enum Decay {
    /// `value · 2^(-elapsed/halfLife)`, rounded to the nearest thousandth; `value` itself for no or
    /// negative time.
    ///
    /// **Range**: half-life above 0. **Source**: 2^-f as its Taylor series in f·ln 2 to the seventh
    /// power, in fractions of 2^32; the error stays under 2e-6 of the value.
    @_noAllocation @_noLocks
    public static func decayed(
        _ value: MilliPoints, after elapsed: Interval, halfLife: Interval
    ) -> MilliPoints {
        let time = elapsed.nanoseconds
        let half = halfLife.nanoseconds
        guard time > 0 else { return value }
        guard half > 0, time / half < 24 else { return MilliPoints(0) }
        let rest = UInt64(time % half)
        let fraction = UInt64(half).dividingFullWidth((rest &>> 32, rest &<< 32)).quotient
        let factor = power(fraction) &>> UInt64(time / half)
        let scaled = (UInt64(value.value) &* factor &+ (1 &<< 31)) &>> 32
        return MilliPoints(Int32(truncatingIfNeeded: scaled))
    }

    /// 2^-f for f in fractions of 2^32, in fractions of 2^32.
    @_noAllocation @_noLocks
    static func power(_ f: UInt64) -> UInt64 {
        var sum: UInt64 = 65_510
        sum = 661_577 &- ((f &* sum) &>> 32)
        sum = 5_726_720 &- ((f &* sum) &>> 32)
        sum = 41_309_550 &- ((f &* sum) &>> 32)
        sum = 238_388_332 &- ((f &* sum) &>> 32)
        sum = 1_031_764_991 &- ((f &* sum) &>> 32)
        sum = 2_977_044_472 &- ((f &* sum) &>> 32)
        return 4_294_967_296 &- ((f &* sum) &>> 32)
    }
}
