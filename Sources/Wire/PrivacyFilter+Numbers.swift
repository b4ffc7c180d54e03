extension PrivacyFilter {
    /// Identity, social security and telephone numbers.
    @_noAllocation @_noLocks
    static func findsNumber(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        var at = start
        while at < end {
            let last = digitsEnd(bytes, at, end)
            if last == at {
                at &+= 1
                continue
            }
            switch last &- at {
            case 17, 18:
                if isIdentityNumber(bytes, at, last, end) { return true }
            case 3, 11:
                if isTelephone(bytes, start, at, last, end) { return true }
            default: break
            }
            at = last
        }
        return false
    }

    /// Whether a number of separated groups, or a mobile number, begins with the digits at `at`.
    @inline(__always)
    private static func isTelephone(
        _ bytes: Span<UInt8>, _ start: Int, _ at: Int, _ last: Int, _ end: Int
    ) -> Bool {
        let before = byte(bytes, at &- 1, start, end)
        if ASCII.isAlphanumeric(before) { return false }
        if isMobile(bytes, at, last, end) { return true }
        if before == ASCII.dash { return false }
        if isSocialSecurity(bytes, at, last, end) { return true }
        return isNorthAmerican(bytes, at, last, end)
    }

    /// A Chinese resident identity number: region, date of birth, order, check digit (GB 11643).
    @_noAllocation @_noLocks
    private static func isIdentityNumber(
        _ bytes: Span<UInt8>, _ at: Int, _ last: Int, _ end: Int
    ) -> Bool {
        var check = byte(bytes, at &+ 17, at, end)
        if last &- at == 17 {
            guard check | 0x20 == 0x78 else { return false }
            check = 0x58
        }
        if ASCII.isAlphanumeric(byte(bytes, at &+ 18, at, end)) { return false }
        let region = digit(bytes, at)
        let year = number(bytes, at &+ 6, 4)
        let (month, day) = (number(bytes, at &+ 10, 2), number(bytes, at &+ 12, 2))
        guard region >= 1, region <= 8, year >= 1880, year <= 2100 else { return false }
        guard month >= 1, month <= 12, day >= 1, day <= 31 else { return false }
        var (sum, weight, place) = (0, 1, 16)
        while place >= 0 {
            weight = weight &* 2 % 11
            sum &+= weight &* digit(bytes, at &+ place)
            place &-= 1
        }
        let expected = (12 &- sum % 11) % 11
        return check == (expected == 10 ? 0x58 : 0x30 &+ UInt8(truncatingIfNeeded: expected))
    }

    /// `1[3-9]` and nine more digits, together or as 3-4-4.
    @_noAllocation @_noLocks
    private static func isMobile(
        _ bytes: Span<UInt8>, _ at: Int, _ last: Int, _ end: Int
    ) -> Bool {
        guard digit(bytes, at) == 1, last &- at >= 3 else { return false }
        guard digit(bytes, at &+ 1) >= 3 else { return false }
        if last &- at == 11 { return !ASCII.isAlphanumeric(byte(bytes, last, at, end)) }
        guard last &- at == 3 else { return false }
        let second = group(bytes, last, 4, end)
        guard second > 0 else { return false }
        return standsAlone(bytes, group(bytes, second, 4, end), end)
    }

    /// `ddd-dd-dddd`, but for the areas, groups and serials that were never given.
    @_noAllocation @_noLocks
    private static func isSocialSecurity(
        _ bytes: Span<UInt8>, _ at: Int, _ last: Int, _ end: Int
    ) -> Bool {
        guard last &- at == 3, byte(bytes, last, at, end) == ASCII.dash else { return false }
        let second = group(bytes, last, 2, end)
        guard second > 0, byte(bytes, second, at, end) == ASCII.dash else { return false }
        let third = group(bytes, second, 4, end)
        guard standsAlone(bytes, third, end) else { return false }
        let area = number(bytes, at, 3)
        guard area != 0, area != 666, area < 900 else { return false }
        let (pair, serial) = (number(bytes, last &+ 1, 2), number(bytes, second &+ 1, 4))
        return pair != 0 && serial != 0
    }

    /// `(ddd) ddd-dddd` and the like, by the rules of the North American plan.
    @_noAllocation @_noLocks
    private static func isNorthAmerican(
        _ bytes: Span<UInt8>, _ at: Int, _ last: Int, _ end: Int
    ) -> Bool {
        guard last &- at == 3 else { return false }
        let closed = byte(bytes, last, at, end) == 0x29 ? last &+ 1 : last
        var second = group(bytes, closed, 3, end)
        if second < 0, closed > last, digitsEnd(bytes, closed, end) == closed &+ 3 {
            second = closed &+ 3
        }
        guard second > 0 else { return false }
        guard standsAlone(bytes, group(bytes, second, 4, end), end) else { return false }
        guard isExchange(bytes, at) else { return false }
        return isExchange(bytes, second &- 3)
    }

    /// 200 to 999, but for 211, 311 and the like.
    @inline(__always)
    private static func isExchange(_ bytes: Span<UInt8>, _ at: Int) -> Bool {
        let (second, third) = (digit(bytes, at &+ 1), digit(bytes, at &+ 2))
        return digit(bytes, at) >= 2 && !(second == 1 && third == 1)
    }

    /// `+` and eight to fifteen digits, with spaces, dashes, dots and brackets among them.
    @_noAllocation @_noLocks
    static func findsInternational(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        var at = start
        while at < end {
            let isPlus = unsafe bytes[unchecked: at] == ASCII.plus
            at &+= 1
            if !isPlus { continue }
            if ASCII.isAlphanumeric(byte(bytes, at &- 2, start, end)) { continue }
            var digits = 0
            var place = at
            while place < end {
                let byte = unsafe bytes[unchecked: place]
                if ASCII.isDigit(byte) {
                    digits &+= 1
                } else {
                    guard
                        byte == ASCII.space || byte == ASCII.dash || byte == ASCII.dot
                            || byte == 0x28 || byte == 0x29
                    else { break }
                }
                place &+= 1
            }
            if digits >= 8, digits <= 15 { return true }
        }
        return false
    }

    /// The end of a group of exactly `length` digits after a space, dash or dot at `at`; -1 when
    /// there is none.
    @inline(__always)
    private static func group(_ bytes: Span<UInt8>, _ at: Int, _ length: Int, _ end: Int) -> Int {
        guard at >= 0, at < end else { return -1 }
        let mark = unsafe bytes[unchecked: at]
        guard mark == ASCII.dash || mark == ASCII.space || mark == ASCII.dot else { return -1 }
        let last = digitsEnd(bytes, at &+ 1, end)
        return last &- at &- 1 == length ? last : -1
    }

    @inline(__always)
    private static func standsAlone(_ bytes: Span<UInt8>, _ at: Int, _ end: Int) -> Bool {
        guard at > 0 else { return false }
        if at >= end { return true }
        let after = unsafe bytes[unchecked: at]
        return !ASCII.isAlphanumeric(after) && after != ASCII.dash
    }

    @inline(__always)
    private static func digit(_ bytes: Span<UInt8>, _ at: Int) -> Int {
        Int(unsafe bytes[unchecked: at] &- 0x30)
    }

    @inline(__always)
    private static func number(_ bytes: Span<UInt8>, _ at: Int, _ count: Int) -> Int {
        var value = 0
        var offset = 0
        while offset < count {
            value = value &* 10 &+ digit(bytes, at &+ offset)
            offset &+= 1
        }
        return value
    }
}
