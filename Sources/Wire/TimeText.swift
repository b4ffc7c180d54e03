public import Domain

/// RFC 3339 times, read strictly.
///
/// **Range**: the years 1970 to 2261, which nanoseconds in 64 bits hold. A real date, hours to 23,
/// minutes and seconds to 59: `:60` is refused, because a leap second has no place in `Timestamp`.
/// A zone is required, `Z` or an offset up to 23:59; `T` and `Z` may be lower case; up to 9
/// fraction digits.
public enum TimeText {
    /// The moment that `bytes[start..<end]` names; nil when it names none.
    @_noAllocation @_noLocks
    public static func parse(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Timestamp? {
        let count = bytes.count
        precondition(start >= 0 && end <= count)
        guard end &- start >= 20, marksStand(bytes, start) else { return nil }
        let century = pair(bytes, start)
        let (year, month) = (century &* 100 &+ pair(bytes, start &+ 2), pair(bytes, start &+ 5))
        let day = pair(bytes, start &+ 8)
        let (hour, minute) = (pair(bytes, start &+ 11), pair(bytes, start &+ 14))
        let second = pair(bytes, start &+ 17)
        guard year >= 1970, year <= 2261, month >= 1, month <= 12 else { return nil }
        guard day >= 1, day <= days(in: month, of: year) else { return nil }
        // A pair that is not two digits is far above every bound.
        guard hour < 24, minute < 60, second < 60 else { return nil }
        var at = start &+ 19
        let fraction = fraction(bytes, &at, end)
        guard fraction >= 0 else { return nil }
        let offset = zone(bytes, at, end)
        guard offset > Int.min else { return nil }
        let seconds = daysSince1970(year, month, day) &* 86_400 &+ hour &* 3600 &+ minute &* 60
        return Timestamp(
            nanoseconds: Int64(seconds &+ second &- offset) &* 1_000_000_000 &+ Int64(fraction))
    }

    /// `-`, `-`, `T`, `:` and `:` where they belong.
    @inline(__always)
    private static func marksStand(_ bytes: Span<UInt8>, _ at: Int) -> Bool {
        let dashes = unsafe (bytes[unchecked: at &+ 4] ^ 0x2D) | (bytes[unchecked: at &+ 7] ^ 0x2D)
        let colons =
            unsafe (bytes[unchecked: at &+ 13] ^ 0x3A) | (bytes[unchecked: at &+ 16] ^ 0x3A)
        let letter = unsafe (bytes[unchecked: at &+ 10] | 0x20) ^ 0x74
        return dashes | colons | letter == 0
    }

    /// Two digits as a number; 10,000 and more when they are not.
    @inline(__always)
    private static func pair(_ bytes: Span<UInt8>, _ at: Int) -> Int {
        let tens = unsafe bytes[unchecked: at] &- 0x30
        let ones = unsafe bytes[unchecked: at &+ 1] &- 0x30
        return tens > 9 || ones > 9 ? 10_000 : Int(tens) &* 10 &+ Int(ones)
    }

    /// A fraction in nanoseconds, 0 when there is none; -1 for none or more than 9 digits after a
    /// dot.
    @inline(__always)
    private static func fraction(_ bytes: Span<UInt8>, _ at: inout Int, _ end: Int) -> Int {
        guard unsafe bytes[unchecked: at] == ASCII.dot else { return 0 }
        at &+= 1
        let from = at
        var value = 0
        while at < end {
            let digit = unsafe bytes[unchecked: at] &- 0x30
            if digit > 9 { break }
            if at &- from == 9 { return -1 }
            value = value &* 10 &+ Int(digit)
            at &+= 1
        }
        if at == from { return -1 }
        var places = at &- from
        while places < 9 {
            value &*= 10
            places &+= 1
        }
        return value
    }

    /// A zone's seconds east of Greenwich, when it ends the text; `Int.min` when it is none.
    @inline(__always)
    private static func zone(_ bytes: Span<UInt8>, _ at: Int, _ end: Int) -> Int {
        guard at < end else { return Int.min }
        let sign = unsafe bytes[unchecked: at]
        if sign | 0x20 == 0x7A { return at &+ 1 == end ? 0 : Int.min }
        guard sign == ASCII.plus || sign == ASCII.dash, at &+ 6 == end else { return Int.min }
        guard unsafe bytes[unchecked: at &+ 3] == ASCII.colon else { return Int.min }
        let (hours, minutes) = (pair(bytes, at &+ 1), pair(bytes, at &+ 4))
        guard hours < 24, minutes < 60 else { return Int.min }
        let seconds = hours &* 3600 &+ minutes &* 60
        return sign == ASCII.dash ? 0 &- seconds : seconds
    }

    @inline(__always)
    private static func days(in month: Int, of year: Int) -> Int {
        if month == 2 {
            return year & 3 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        }
        return 30 &+ ((month &+ month &>> 3) & 1)
    }

    /// Days from 1970-01-01 to a date of the Gregorian calendar.
    ///
    /// **Source**: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years begin in
    /// March.
    @inline(__always)
    private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year &- 1 : year
        let era = shifted / 400
        let yearOfEra = shifted &- era &* 400
        let monthFromMarch = month > 2 ? month &- 3 : month &+ 9
        let dayOfYear = (153 &* monthFromMarch &+ 2) / 5 &+ day &- 1
        let dayOfEra = yearOfEra &* 365 &+ yearOfEra / 4 &- yearOfEra / 100 &+ dayOfYear
        return era &* 146_097 &+ dayOfEra &- 719_468
    }
}

extension ByteBuffer {
    /// Appends a moment as RFC 3339 in UTC, with 3, 6 or 9 fraction digits: as few as lose nothing.
    ///
    /// **Range**: the years 1678 to 2262, all that a `Timestamp` can hold.
    @_noAllocation @_noLocks
    public mutating func append(time: Timestamp) {
        let (day, rest) = floored(time.nanoseconds, 86_400_000_000_000)
        appendDate(day)
        append(0x54)
        let seconds = rest / 1_000_000_000
        append(padded: seconds / 3600, places: 2)
        append(ASCII.colon)
        append(padded: seconds / 60 % 60, places: 2)
        append(ASCII.colon)
        append(padded: seconds % 60, places: 2)
        append(ASCII.dot)
        let fraction = rest % 1_000_000_000
        if fraction % 1_000_000 == 0 {
            append(padded: fraction / 1_000_000, places: 3)
        } else if fraction % 1000 == 0 {
            append(padded: fraction / 1000, places: 6)
        } else {
            append(padded: fraction, places: 9)
        }
        append(0x5A)
    }

    /// The inverse of the days since 1970, by the same source.
    @_noAllocation @_noLocks
    private mutating func appendDate(_ day: Int64) {
        let (era, dayOfEra) = floored(day &+ 719_468, 146_097)
        let leaps = dayOfEra / 1460 &- dayOfEra / 36_524 &+ dayOfEra / 146_096
        let yearOfEra = (dayOfEra &- leaps) / 365
        let dayOfYear = dayOfEra &- (365 &* yearOfEra &+ yearOfEra / 4 &- yearOfEra / 100)
        let monthFromMarch = (5 &* dayOfYear &+ 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch &+ 3 : monthFromMarch &- 9
        let year = yearOfEra &+ era &* 400 &+ (month <= 2 ? 1 : 0)
        append(padded: year, places: 4)
        append(ASCII.dash)
        append(padded: month, places: 2)
        append(ASCII.dash)
        append(padded: dayOfYear &- (153 &* monthFromMarch &+ 2) / 5 &+ 1, places: 2)
    }

    @_noAllocation @_noLocks
    private mutating func append(padded number: Int64, places: Int) {
        var divisor: Int64 = 1
        var place = 1
        while place < places {
            divisor &*= 10
            place &+= 1
        }
        while divisor > 0 {
            append(0x30 &+ UInt8(truncatingIfNeeded: number / divisor % 10))
            divisor /= 10
        }
    }
}

/// Quotient and remainder of a division rounded down, so that the remainder is never negative.
@inline(__always)
private func floored(_ number: Int64, _ divisor: Int64) -> (quotient: Int64, rest: Int64) {
    let rest = number % divisor
    return rest < 0 ? (number / divisor &- 1, rest &+ divisor) : (number / divisor, rest)
}
