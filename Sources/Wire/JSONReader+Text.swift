internal import Domain

/// Where a string's content stands, without its quotes.
struct JSONText {
    var start: Int
    var end: Int
    /// Whether escapes must be undone before the content means anything.
    var escaped: Bool
}

/// Room for the longest text that is kept, unescaped, and one more byte to tell that it is too
/// long.
typealias Unescaped = [520 of UInt8]

extension JSONReader {
    /// A string whose opening quote is next.
    @_transparent
    mutating func string(_ bytes: Span<UInt8>) throws(Refusal) -> JSONText {
        let start = at &+ 1
        let stop = JSONReader.plainEnd(bytes, start, end)
        if stop < end {
            if unsafe bytes[unchecked: stop] == ASCII.quote {
                at = stop &+ 1
                return JSONText(start: start, end: stop, escaped: false)
            }
        }
        var copy = self
        let text = try copy.rest(bytes, start, from: stop)
        self = copy
        return text
    }

    /// The rest of a string in which something does not stand for itself, or that does not end.
    @_noAllocation @_noLocks
    @inline(never)
    private mutating func rest(
        _ bytes: Span<UInt8>, _ start: Int, from stop: Int
    ) throws(Refusal) -> JSONText {
        var escaped = false
        at = stop
        while at < end {
            let byte = unsafe bytes[unchecked: at]
            if byte == ASCII.quote {
                at &+= 1
                return JSONText(start: start, end: at &- 1, escaped: escaped)
            }
            if byte == ASCII.backslash {
                escaped = true
                try passEscape(bytes)
            } else {
                guard byte >= 0x80 else { throw malformed }
                try passScalar(bytes, byte)
            }
            at = JSONReader.plainEnd(bytes, at, end)
        }
        throw malformed
    }

    /// The next quote, backslash, control character or non-ASCII byte, looked for eight bytes at a
    /// time.
    @inline(__always)
    private static func plainEnd(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
        var at = start
        while at &+ 8 <= end {
            let stops = stops(Word.load(bytes, at))
            if stops != 0 { return at &+ stops.trailingZeroBitCount &>> 3 }
            at &+= 8
        }
        while at < end {
            let byte = unsafe bytes[unchecked: at]
            guard byte >= 0x20, byte < 0x80, byte != ASCII.quote else { return at }
            guard byte != ASCII.backslash else { return at }
            at &+= 1
        }
        return at
    }

    /// The lowest set bit marks the first byte of `word` that does not stand for itself in a
    /// string; bits above it may be wrong, for borrows run upward.
    @inline(__always)
    static func stops(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quote = word ^ (ones &* 0x22)
        let backslash = word ^ (ones &* 0x5C)
        let below = (word &- ones &* 0x20) & ~word
        let quoted = (quote &- ones) & ~quote
        let escaped = (backslash &- ones) & ~backslash
        return (below | quoted | escaped | word) & (ones &* 0x80)
    }

    /// Moves past an escape after checking its grammar; surrogates need not pair in what is
    /// skipped.
    @_noAllocation @_noLocks
    private mutating func passEscape(_ bytes: Span<UInt8>) throws(Refusal) {
        guard at &+ 1 < end else { throw malformed }
        switch unsafe bytes[unchecked: at &+ 1] {
        case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: at &+= 2
        case 0x75:
            guard at &+ 6 <= end else { throw malformed }
            guard JSONReader.unit(bytes, at) >= 0 else { throw malformed }
            at &+= 6
        default: throw malformed
        }
    }

    /// The code unit of the `\uXXXX` at `at`, or -1.
    @inline(__always)
    private static func unit(_ bytes: Span<UInt8>, _ at: Int) -> Int {
        var unit = 0
        var offset = 2
        while offset < 6 {
            let digit = ASCII.hexadecimal(unsafe bytes[unchecked: at &+ offset])
            if digit > 15 { return -1 }
            unit = unit &* 16 &+ Int(digit)
            offset &+= 1
        }
        return unit
    }

    /// Moves past one scalar of two to four bytes: no overlong form, no surrogate, none past
    /// U+10FFFF.
    @_noAllocation @_noLocks
    private mutating func passScalar(_ bytes: Span<UInt8>, _ lead: UInt8) throws(Refusal) {
        let length = lead < 0xE0 ? 2 : (lead < 0xF0 ? 3 : 4)
        guard lead >= 0xC2, lead <= 0xF4, at &+ length <= end else { throw malformed }
        let second = unsafe bytes[unchecked: at &+ 1]
        let lowest: UInt8 = lead == 0xE0 ? 0xA0 : (lead == 0xF0 ? 0x90 : 0x80)
        let highest: UInt8 = lead == 0xED ? 0x9F : (lead == 0xF4 ? 0x8F : 0xBF)
        guard second >= lowest, second <= highest else { throw malformed }
        var offset = 2
        while offset < length {
            let byte = unsafe bytes[unchecked: at &+ offset]
            guard byte & 0xC0 == 0x80 else { throw malformed }
            offset &+= 1
        }
        at &+= length
    }

    /// Writes an escaped string's content out; returns its length, at most the room there is, or -1
    /// for what we don't keep: `\u0000`, and surrogates without their partner.
    @_noAllocation @_noLocks
    static func unescape(
        _ bytes: Span<UInt8>, _ text: JSONText, into room: inout Unescaped
    ) -> Int {
        var from = text.start
        var count = 0
        while from < text.end && count < 520 {
            let byte = unsafe bytes[unchecked: from]
            if byte != ASCII.backslash {
                room[count] = byte
                count &+= 1
                from &+= 1
                continue
            }
            let letter = unsafe bytes[unchecked: from &+ 1]
            if letter != 0x75 {
                room[count] = plain(letter)
                count &+= 1
                from &+= 2
                continue
            }
            let scalar = scalar(bytes, from, text.end)
            if scalar <= 0 { return -1 }
            from &+= scalar > 0xFFFF ? 12 : 6
            count = encode(UInt32(truncatingIfNeeded: scalar), into: &room, at: count)
        }
        return count
    }

    @inline(__always)
    private static func plain(_ letter: UInt8) -> UInt8 {
        switch letter {
        case 0x62: 0x08
        case 0x66: 0x0C
        case 0x6E: 0x0A
        case 0x72: 0x0D
        case 0x74: 0x09
        default: letter
        }
    }

    /// The scalar of one `\uXXXX` or a pair of them; -1 for a surrogate alone.
    @_noAllocation @_noLocks
    private static func scalar(_ bytes: Span<UInt8>, _ at: Int, _ end: Int) -> Int {
        let first = unit(bytes, at)
        if first & 0xF800 != 0xD800 { return first }
        guard first < 0xDC00, at &+ 12 <= end else { return -1 }
        guard unsafe bytes[unchecked: at &+ 6] == ASCII.backslash else { return -1 }
        guard unsafe bytes[unchecked: at &+ 7] == 0x75 else { return -1 }
        let second = unit(bytes, at &+ 6)
        guard second & 0xFC00 == 0xDC00 else { return -1 }
        return 0x10000 &+ (first &- 0xD800) &* 0x400 &+ (second &- 0xDC00)
    }

    /// Writes a scalar as UTF-8 as far as there is room, and returns the new length.
    @_noAllocation @_noLocks
    private static func encode(_ scalar: UInt32, into room: inout Unescaped, at start: Int) -> Int {
        let length = scalar < 0x80 ? 1 : (scalar < 0x800 ? 2 : (scalar < 0x10000 ? 3 : 4))
        guard start &+ length <= 520 else { return 520 }
        let lead: UInt32 = length == 1 ? 0 : (length == 2 ? 0xC0 : (length == 3 ? 0xE0 : 0xF0))
        var shift = UInt32(truncatingIfNeeded: (length &- 1) &* 6)
        room[start] = UInt8(truncatingIfNeeded: lead | scalar &>> shift)
        var offset = 1
        while offset < length {
            shift &-= 6
            room[start &+ offset] = UInt8(truncatingIfNeeded: 0x80 | scalar &>> shift & 0x3F)
            offset &+= 1
        }
        return start &+ length
    }

    /// The word of a key that is written with escapes, which nobody's encoder does but JSON allows.
    @_noAllocation @_noLocks
    static func unescapedWord(_ bytes: Span<UInt8>, _ text: JSONText) -> Word {
        var room = Unescaped(repeating: 0)
        let count = unescape(bytes, text, into: &room)
        guard count >= 0, count <= 16 else { return .none }
        var word = Word(low: 0, high: 0)
        var offset = 0
        while offset < count {
            let shift = UInt64(offset & 7) &* 8
            if offset < 8 {
                word.low |= UInt64(room[offset]) &<< shift
            } else {
                word.high |= UInt64(room[offset]) &<< shift
            }
            offset &+= 1
        }
        return word
    }
}
