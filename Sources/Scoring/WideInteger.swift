/// A whole number of 256 bits, two's complement, in words from the lowest.
///
/// Sums of samples are kept in it, as multiples of a power of two, because a sum of doubles depends
/// on the order in which they come and a sum of whole numbers does not.
struct WideInteger: BitwiseCopyable {
    var words: [4 of UInt64] = .init(repeating: 0)

    @_noAllocation @_noLocks
    init() {}

    /// `value` in units of 2^-fractionBits, rounded to the nearest, halves away from zero.
    ///
    /// **Range**: below 2^62 in magnitude; up to 64 fraction bits.
    @_noAllocation @_noLocks
    init(_ value: Double, fractionBits: Int) {
        let exponent = Int((value.bitPattern &>> 52) & 0x7FF)
        guard exponent > 0 else { return }
        let significand = value.bitPattern & 0xF_FFFF_FFFF_FFFF | 0x10_0000_0000_0000
        let shift = exponent - 1075 + fractionBits
        if shift >= 0 {
            words[shift / 64] = significand &<< UInt64(shift % 64)
            words[shift / 64 + 1] = significand >> UInt64(64 - shift % 64)
        } else if shift > -54 {
            let half: UInt64 = 1 &<< UInt64(-shift - 1)
            words[0] = (significand + half) &>> UInt64(-shift)
        }
        if value < 0 { negate() }
    }

    /// The sum, modulo 2^256: what passes the range on the way comes back.
    @_noAllocation @_noLocks
    mutating func add(_ other: WideInteger) {
        var carry: UInt64 = 0
        var place = 0
        while place < 4 {
            let (sum, first) = words[place].addingReportingOverflow(other.words[place])
            let (total, second) = sum.addingReportingOverflow(carry)
            words[place] = total
            carry = first || second ? 1 : 0
            place += 1
        }
    }

    @_noAllocation @_noLocks
    mutating func negate() {
        var carry = true
        var place = 0
        while place < 4 {
            words[place] = ~words[place]
            if carry { (words[place], carry) = words[place].addingReportingOverflow(1) }
            place += 1
        }
    }

    @_noAllocation @_noLocks
    func isNegative() -> Bool { words[3] >> 63 == 1 }

    @_noAllocation @_noLocks
    func magnitude() -> WideInteger {
        var magnitude = self
        if isNegative() { magnitude.negate() }
        return magnitude
    }

    /// The product of a number that is not negative.
    ///
    /// **Range**: the product fits.
    @_noAllocation @_noLocks
    func times(_ factor: UInt64) -> WideInteger {
        var product = WideInteger()
        var carry: UInt64 = 0
        var place = 0
        while place < 4 {
            let (high, low) = words[place].multipliedFullWidth(by: factor)
            let (sum, overflow) = low.addingReportingOverflow(carry)
            product.words[place] = sum
            carry = high &+ (overflow ? 1 : 0)
            place += 1
        }
        return product
    }

    /// The square.
    ///
    /// **Range**: below 2^128 in magnitude.
    @_noAllocation @_noLocks
    func squared() -> WideInteger {
        let root = magnitude()
        var square = root.times(root.words[0])
        let upper = root.times(root.words[1])
        var shifted = WideInteger()
        var place = 1
        while place < 4 {
            shifted.words[place] = upper.words[place - 1]
            place += 1
        }
        square.add(shifted)
        return square
    }
}

extension WideInteger {
    /// The nearest double to the number in units of 2^-fractionBits, ties to even.
    @_noAllocation @_noLocks
    func double(fractionBits: Int) -> Double {
        let magnitude = magnitude()
        var top = 3
        while top > 0 && magnitude.words[top] == 0 { top -= 1 }
        let leading = magnitude.words[top]
        guard leading != 0 else { return 0 }
        let zeros = leading.leadingZeroBitCount
        var bits = leading &<< UInt64(zeros)
        var lost: UInt64 = 0
        if top > 0 {
            let next = magnitude.words[top - 1]
            bits |= next >> UInt64(64 - zeros)
            lost = next &<< UInt64(zeros)
        }
        var place = top - 2
        while place >= 0 {
            lost |= magnitude.words[place]
            place -= 1
        }
        // The lowest of 64 bits stands for all that follow: rounding to 53 sees whether there are
        // any.
        if lost != 0 { bits |= 1 }
        let exponent = 64 * top - zeros - fractionBits
        let scale = Double(bitPattern: UInt64(1023 + exponent) &<< 52)
        let value = Double(bits) * scale
        return isNegative() ? -value : value
    }

    /// The nearest double to the number, in units of 2^-fractionBits, divided by `count`.
    ///
    /// **Range**: below 2^192 in magnitude; `count` above 0.
    @_noAllocation @_noLocks
    func mean(of count: UInt64, fractionBits: Int) -> Double {
        let magnitude = magnitude()
        var quotient = WideInteger()
        var rest: UInt64 = 0
        var place = 3
        while place >= 0 {
            let word = place > 0 ? magnitude.words[place - 1] : 0
            (quotient.words[place], rest) = count.dividingFullWidth((rest, word))
            place -= 1
        }
        if rest != 0 { quotient.words[0] |= 1 }
        let value = quotient.double(fractionBits: fractionBits + 64)
        return isNegative() ? -value : value
    }
}
