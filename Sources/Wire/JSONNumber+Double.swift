// Three ways from decimal digits to the nearest double, each exact where it is taken:
//
//   up to 2^53 with a power of ten up to 22: both are doubles, one operation rounds once (Clinger)
//   up to 19 digits with a power of ten up to 27: 128-bit integers, rounded by hand
//   everything else: whole numbers of any length against the points halfway between doubles

extension JSONNumber {
    /// The nearest double, ties to even; infinite when it is too large for one.
    @_noAllocation @_noLocks
    func double(_ bytes: Span<UInt8>) -> Double {
        let magnitude = magnitude(bytes)
        return negative ? -magnitude : magnitude
    }

    @inline(__always)
    private func magnitude(_ bytes: Span<UInt8>) -> Double {
        if digits == 0 { return 0 }
        if cut { return HalfwaySearch.nearest(bytes, self) }
        if digits <= 1 &<< 53, exponent >= -22, exponent <= 22 {
            let value = Double(digits)
            if exponent < 0 { return value / JSONNumber.tens(0 &- exponent) }
            return value * JSONNumber.tens(exponent)
        }
        if exponent >= 0, exponent <= 27 { return scaledUp() }
        if exponent < 0, exponent >= -27 { return scaledDown() }
        return HalfwaySearch.nearest(bytes, self)
    }

    /// The whole number as written, when it is one without sign that fits.
    @_noAllocation @_noLocks
    func unsigned(_ bytes: Span<UInt8>) -> UInt64? {
        guard whole, !negative else { return nil }
        return decimal(bytes, start, end)
    }

    /// 10^0 to 10^22, all of them doubles.
    @inline(__always)
    private static func tens(_ power: Int) -> Double {
        switch power {
        case 0: 1
        case 1: 1e1
        case 2: 1e2
        case 3: 1e3
        case 4: 1e4
        case 5: 1e5
        case 6: 1e6
        case 7: 1e7
        case 8: 1e8
        case 9: 1e9
        case 10: 1e10
        case 11: 1e11
        case 12: 1e12
        case 13: 1e13
        case 14: 1e14
        case 15: 1e15
        case 16: 1e16
        case 17: 1e17
        case 18: 1e18
        case 19: 1e19
        case 20: 1e20
        case 21: 1e21
        default: 1e22
        }
    }

    /// 5^0 to 5^27: the last that fits 63 bits.
    @inline(__always)
    private static func fives(_ power: Int) -> UInt64 {
        var five: UInt64 = 1
        var left = power
        while left > 0 {
            five &*= 5
            left &-= 1
        }
        return five
    }

    @_noAllocation @_noLocks
    private func scaledUp() -> Double {
        let product = digits.multipliedFullWidth(by: JSONNumber.fives(exponent))
        return JSONNumber.rounded(product.high, product.low, exponent)
    }

    @_noAllocation @_noLocks
    private func scaledDown() -> Double {
        let power = 0 &- exponent
        let five = JSONNumber.fives(power)
        let (zeros, fiveZeros) = (digits.leadingZeroBitCount, five.leadingZeroBitCount)
        let top = digits &<< UInt64(zeros)
        let divisor = five &<< UInt64(fiveZeros)
        let (quotient, rest) = divisor.dividingFullWidth((top &>> 1, top &<< 63))
        // Any rest at all only has to make the fraction more than it seems.
        let scale = fiveZeros &- zeros &- 63 &- power &- 64
        return JSONNumber.rounded(quotient, rest == 0 ? 0 : 1, scale)
    }

    /// (high · 2^64 + low) · 2^scale, rounded once; far from both ends of a double's range.
    @inline(__always)
    private static func rounded(_ high: UInt64, _ low: UInt64, _ scale: Int) -> Double {
        var (top, rest, exponent) = (high, low, scale &+ 64)
        if top == 0 {
            top = low
            rest = 0
            exponent &-= 64
        }
        let zeros = UInt64(top.leadingZeroBitCount)
        if zeros > 0 {
            top = top &<< zeros | rest &>> (64 &- zeros)
            rest = rest &<< zeros
            exponent &-= Int(zeros)
        }
        var mantissa = top &>> 11
        let fraction = top & 0x7FF
        let odd = mantissa & 1 == 1
        if fraction > 0x400 || (fraction == 0x400 && (rest != 0 || odd)) { mantissa &+= 1 }
        // A mantissa that became 2^53 carries into the exponent, as it should.
        let biased = UInt64(truncatingIfNeeded: exponent &+ 11 &+ 52 &+ 1023)
        return Double(bitPattern: (biased &<< 52) &+ (mantissa &- 1 &<< 52))
    }
}

/// The decimal digits `bytes[start..<end]` as a number; nil when there are none, other bytes among
/// them, or the number does not fit.
@_noAllocation @_noLocks
func decimal(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> UInt64? {
    guard start < end else { return nil }
    var value: UInt64 = 0
    var at = start
    while at < end {
        let digit = unsafe bytes[unchecked: at] &- ASCII.zero
        if digit > 9 { return nil }
        let (tenfold, over) = value.multipliedReportingOverflow(by: 10)
        let (sum, carried) = tenfold.addingReportingOverflow(UInt64(digit))
        if over || carried { return nil }
        value = sum
        at &+= 1
    }
    return value
}
