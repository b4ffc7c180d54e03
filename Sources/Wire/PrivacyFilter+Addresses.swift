extension PrivacyFilter {
    /// A character of a mail name, `@`, and a host with a dot and two letters at its end.
    @_noAllocation @_noLocks
    static func findsMail(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        var at = start &+ 1
        while at < end {
            let isAt = unsafe bytes[unchecked: at] == 0x40
            at &+= 1
            if !isAt { continue }
            guard isMailName(byte(bytes, at &- 2, start, end)) else { continue }
            var (place, letters, dotted) = (at, 0, false)
            while place < end {
                let byte = unsafe bytes[unchecked: place]
                if byte == ASCII.dot {
                    if letters == 0, !dotted, place == at { break }
                    dotted = true
                    letters = 0
                } else {
                    guard ASCII.isAlphanumeric(byte) || byte == ASCII.dash else { break }
                    letters = ASCII.isLetter(byte) ? letters &+ 1 : 0
                    if dotted, letters >= 2 { return true }
                }
                place &+= 1
            }
        }
        return false
    }

    @inline(__always)
    private static func isMailName(_ byte: UInt8) -> Bool {
        ASCII.isAlphanumeric(byte) || byte == ASCII.dash || byte == 0x5F || byte == ASCII.plus
            || byte == ASCII.dot || byte >= 0x80
    }

    /// Four numbers up to 255 between dots, with neither a letter, a digit nor a dot before or
    /// after.
    @_noAllocation @_noLocks
    static func findsIPv4(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        var at = start
        while at < end {
            let before = byte(bytes, at &- 1, start, end)
            let opens = !ASCII.isAlphanumeric(before) && before != ASCII.dot
            if opens {
                let last = octetsEnd(bytes, at, end)
                if last > 0 {
                    let after = byte(bytes, last, start, end)
                    let next = byte(bytes, last &+ 1, start, end)
                    let goes = after == ASCII.dot && ASCII.isDigit(next)
                    if !ASCII.isAlphanumeric(after) && !goes { return true }
                }
            }
            at &+= 1
        }
        return false
    }

    /// The end of four octets at `at`, or -1.
    @inline(__always)
    private static func octetsEnd(_ bytes: Span<UInt8>, _ at: Int, _ end: Int) -> Int {
        var place = at
        var octet = 0
        while octet < 4 {
            if octet > 0 {
                guard byte(bytes, place, at, end) == ASCII.dot else { return -1 }
                place &+= 1
            }
            let last = digitsEnd(bytes, place, end)
            guard last > place, last &- place <= 3 else { return -1 }
            var value = 0
            while place < last {
                value = value &* 10 &+ Int(unsafe bytes[unchecked: place] &- 0x30)
                place &+= 1
            }
            guard value <= 255 else { return -1 }
            octet &+= 1
        }
        return place
    }

    /// MAC, EUI-64 and IPv6 addresses: hexadecimal groups between colons, or pairs between dashes.
    @_noAllocation @_noLocks
    static func findsHexAddress(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        var at = start
        while at < end {
            let before = byte(bytes, at &- 1, start, end)
            let opens = !ASCII.isAlphanumeric(before) && before != ASCII.colon
            if opens {
                if isHexAddress(bytes, at, end, mark: ASCII.colon) { return true }
                if before != ASCII.dash {
                    if isHexAddress(bytes, at, end, mark: ASCII.dash) { return true }
                }
            }
            at &+= 1
        }
        return false
    }

    /// Walks letters, digits and marks from `at`, and judges the groups.
    @_noAllocation @_noLocks
    private static func isHexAddress(
        _ bytes: Span<UInt8>, _ at: Int, _ end: Int, mark: UInt8
    ) -> Bool {
        var groups = HexGroups()
        var place = at
        while place < end {
            let byte = unsafe bytes[unchecked: place]
            if byte == mark {
                groups.close()
            } else {
                guard ASCII.isAlphanumeric(byte) else { break }
                guard groups.add(byte) else { return false }
            }
            place &+= 1
        }
        groups.close()
        return mark == ASCII.dash ? groups.areDashedMAC : groups.areMAC || groups.areIPv6
    }

    private struct HexGroups {
        var count = 0
        var empty = 0
        var first = 0
        var length = 0
        var pairs = 0
        var hasLetter = false

        @inline(__always)
        mutating func add(_ byte: UInt8) -> Bool {
            length &+= 1
            if ASCII.isLetter(byte) { hasLetter = true }
            return length <= 4 && ASCII.hexadecimal(byte) < 16
        }

        @inline(__always)
        mutating func close() {
            if count == 0 { first = length }
            count &+= 1
            if length == 0 { empty &+= 1 }
            if length == 2 { pairs &+= 1 }
            length = 0
        }

        @inline(__always) var areMAC: Bool { pairs == count && (count == 6 || count == 8) }

        /// `26-05-25-13-42-11` is a time more likely than an address.
        @inline(__always) var areDashedMAC: Bool { areMAC && hasLetter }

        /// Eight groups, or fewer around one `::`; two short groups around one are some other name.
        @inline(__always) var areIPv6: Bool {
            if empty == 0 { return count == 8 }
            return empty == 1 && count <= 8 && (count >= 4 || first >= 3)
        }
    }

    /// A province's character, a letter, perhaps a mark, and five or six letters and digits.
    @_noAllocation @_noLocks
    static func findsPlate(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        var at = start
        while at &+ 9 <= end {
            if isProvince(bytes, at) {
                let letter = unsafe bytes[unchecked: at &+ 3]
                if letter &- 0x41 < 26, isPlateNumber(bytes, at &+ 4, end) { return true }
            }
            at &+= 1
        }
        return false
    }

    @_noAllocation @_noLocks
    private static func isPlateNumber(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        var at = start
        let mark = byte(bytes, at, start, end)
        if mark == ASCII.dash || mark == ASCII.space || mark == ASCII.dot {
            at &+= 1
        } else if mark == 0xC2, byte(bytes, at &+ 1, start, end) == 0xB7 {
            at &+= 2
        }
        let first = at
        var digits = 0
        while at < end {
            let byte = unsafe bytes[unchecked: at]
            guard ASCII.isDigit(byte) || byte &- 0x41 < 26 else { break }
            if ASCII.isDigit(byte) { digits &+= 1 }
            at &+= 1
        }
        guard at &- first == 5 || at &- first == 6, digits >= 2 else { return false }
        return !ASCII.isLetter(byte(bytes, at, start, end))
    }

    /// One of the 31 characters that begin a plate, as three UTF-8 bytes.
    @inline(__always)
    private static func isProvince(_ bytes: Span<UInt8>, _ at: Int) -> Bool {
        let lead = unsafe bytes[unchecked: at]
        if lead < 0xE4 || lead > 0xE9 { return false }
        let c = Word.load(bytes, at, 3)
        return isProvinceNorth(c) || isProvinceSouth(c)
    }

    @inline(__always) private static func of(_ text: StaticString) -> UInt64 { Word(text).low }

    @inline(__always)
    private static func isProvinceNorth(_ c: UInt64) -> Bool {
        c == of("京") || c == of("津") || c == of("冀") || c == of("晋") || c == of("蒙")
            || c == of("辽") || c == of("吉") || c == of("黑") || c == of("鲁") || c == of("豫")
            || c == of("陕") || c == of("甘") || c == of("青") || c == of("宁") || c == of("新")
    }

    @inline(__always)
    private static func isProvinceSouth(_ c: UInt64) -> Bool {
        c == of("沪") || c == of("苏") || c == of("浙") || c == of("皖") || c == of("闽")
            || c == of("赣") || c == of("鄂") || c == of("湘") || c == of("粤") || c == of("桂")
            || c == of("琼") || c == of("渝") || c == of("川") || c == of("贵") || c == of("云")
            || c == of("藏")
    }
}
