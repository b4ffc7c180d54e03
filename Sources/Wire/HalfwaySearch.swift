/// A whole number of up to 3,072 bits: enough for 769 digits, and for 54 bits times 5^1,100.
struct BigNatural {
    private var limbs = [48 of UInt64](repeating: 0)
    private var count = 0

    @_noAllocation @_noLocks
    init(_ value: UInt64) {
        limbs[0] = value
        count = value == 0 ? 0 : 1
    }

    /// self · factor + term
    @_noAllocation @_noLocks
    mutating func multiply(by factor: UInt64, adding term: UInt64 = 0) {
        var carry = term
        var place = 0
        while place < count {
            let product = limbs[place].multipliedFullWidth(by: factor)
            let (low, over) = product.low.addingReportingOverflow(carry)
            limbs[place] = low
            carry = product.high &+ (over ? 1 : 0)
            place &+= 1
        }
        if carry != 0 {
            limbs[count] = carry
            count &+= 1
        }
    }

    @_noAllocation @_noLocks
    mutating func multiply(byFiveTo power: Int) {
        var left = power
        while left >= 27 {
            multiply(by: 7_450_580_596_923_828_125)
            left &-= 27
        }
        while left > 0 {
            multiply(by: 5)
            left &-= 1
        }
    }

    @_noAllocation @_noLocks
    private func bitCount() -> Int {
        if count == 0 { return 0 }
        return count &* 64 &- limbs[count &- 1].leadingZeroBitCount
    }

    /// 64 bits of the number from bit `offset` upward, which may be negative or past its end.
    @_noAllocation @_noLocks
    private func window(_ offset: Int) -> UInt64 {
        let place = offset &>> 6
        let shift = UInt64(offset & 63)
        let low = limb(place) &>> shift
        return shift == 0 ? low : low | limb(place &+ 1) &<< (64 &- shift)
    }

    @inline(__always)
    private func limb(_ place: Int) -> UInt64 {
        place >= 0 && place < count ? limbs[place] : 0
    }

    /// Compares a · 2^aShift with b · 2^bShift: -1, 0 or 1.
    @_noAllocation @_noLocks
    static func compare(_ a: BigNatural, _ aShift: Int, _ b: BigNatural, _ bShift: Int) -> Int {
        let (aBits, bBits) = (a.bitCount(), b.bitCount())
        if aBits &+ aShift != bBits &+ bShift { return aBits &+ aShift < bBits &+ bShift ? -1 : 1 }
        // Both windows start at the top bit and walk down in step.
        var walked = 64
        while walked < max(aBits, bBits) &+ 64 {
            let (left, right) = (a.window(aBits &- walked), b.window(bBits &- walked))
            if left != right { return left < right ? -1 : 1 }
            walked &+= 64
        }
        return 0
    }
}

/// The nearest double to any decimal, by bisection over the doubles in order of their bits.
///
/// Exact for every input because it compares whole numbers only. Some 10 µs: it is for what sensors
/// don't send, numbers of more than 19 digits or beyond 10^27, and must only not be wrong.
enum HalfwaySearch {
    /// Digits past which none changes the nearest double, except by being there (767 are needed).
    private static var digitsMax: Int { 768 }

    /// The magnitude of `number`; infinite past the largest double's upper half way.
    @_noAllocation @_noLocks
    static func nearest(_ bytes: Span<UInt8>, _ number: JSONNumber) -> Double {
        var value = BigNatural(0)
        let (taken, exponent) = read(bytes, number, into: &value)
        if taken &+ exponent > 310 { return .infinity }
        if taken &+ exponent < -326 { return 0 }
        var scale = BigNatural(1)
        if exponent >= 0 {
            value.multiply(byFiveTo: exponent)
        } else {
            scale.multiply(byFiveTo: 0 &- exponent)
        }
        var (low, high) = (UInt64(0), Double.infinity.bitPattern)
        while low < high {
            let middle = (low &+ high) &>> 1
            if isBelowUpperHalfway(of: middle, value, exponent, scale) {
                high = middle
            } else {
                low = middle &+ 1
            }
        }
        return Double(bitPattern: low)
    }

    /// Reads up to `digitsMax` significant digits; a 1 stands for all that follow, if any.
    @_noAllocation @_noLocks
    private static func read(
        _ bytes: Span<UInt8>, _ number: JSONNumber, into value: inout BigNatural
    ) -> (taken: Int, exponent: Int) {
        var (taken, dropped, nonzero) = (0, 0, false)
        var at = number.start
        while at < number.end {
            let byte = unsafe bytes[unchecked: at]
            if byte | 0x20 == 0x65 { break }
            at &+= 1
            let digit = byte &- ASCII.zero
            if digit > 9 || (taken == 0 && digit == 0) { continue }
            if taken < digitsMax {
                if taken == 0 {
                    value = BigNatural(UInt64(digit))
                } else {
                    value.multiply(by: 10, adding: UInt64(digit))
                }
                taken &+= 1
            } else {
                dropped &+= 1
                if digit != 0 { nonzero = true }
            }
        }
        // `number.exponent` belongs to its first 19 digits; these are more of them.
        var exponent = number.exponent &- max(0, taken &- JSONNumber.digitsMax)
        if nonzero {
            value.multiply(by: 10, adding: 1)
            taken &+= 1
            exponent &-= 1
        }
        return (taken, exponent)
    }

    /// Whether value · 10^exponent rounds to the double with these bits or to a smaller one.
    @inline(__always)
    private static func isBelowUpperHalfway(
        of bits: UInt64, _ value: BigNatural, _ exponent: Int, _ scale: BigNatural
    ) -> Bool {
        let biased = Int(bits &>> 52)
        let fraction = bits & 0xF_FFFF_FFFF_FFFF
        let mantissa = biased == 0 ? fraction : fraction | 1 &<< 52
        let power = (biased == 0 ? 1 : biased) &- 1075
        var halfway = scale
        halfway.multiply(by: mantissa &* 2 &+ 1)
        let order =
            exponent >= 0
            ? BigNatural.compare(value, exponent, halfway, power &- 1)
            : BigNatural.compare(value, 0, halfway, power &- 1 &- exponent)
        return order < 0 || (order == 0 && bits & 1 == 0)
    }
}

extension JSONNumber {
    /// How many significant digits `digits` holds at most.
    @inline(__always) static var digitsMax: Int { 19 }
}
