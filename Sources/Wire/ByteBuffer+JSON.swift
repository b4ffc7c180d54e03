internal import Domain

extension ByteBuffer {
    /// Appends `text[start..<end]` as the content of a JSON string, at most `most` bytes of it;
    /// what is cut, at a character, ends in `…`. Bytes that are no UTF-8 become U+FFFD each.
    @_noAllocation @_noLocks
    mutating func append(
        jsonContentOf text: borrowing ByteBuffer, _ start: Int, _ end: Int, most: Int
    ) {
        if overflowed { return }
        let limit = count &+ most
        var (at, lastFit) = (start, count)
        while at < end {
            let length = text.scalarLength(at, end)
            let room = ByteBuffer.jsonLength(length, text[at])
            // Where a cut would be made, should one be needed: as far as the ellipsis still fits.
            if count &+ 3 <= limit { lastFit = count }
            if count &+ room > limit {
                truncate(to: lastFit)
                append("…")
                return
            }
            append(scalarOf: text, at, length)
            at &+= max(1, length)
        }
    }

    /// Appends `before`, which ends in a quote, and a stretch of a task's texts.
    @_noAllocation @_noLocks
    mutating func append(
        _ before: StaticString, _ texts: borrowing ByteBuffer, _ text: OrderText, most: Int
    ) {
        append(before)
        append(jsonContentOf: texts, Int(text.start), Int(text.end), most: most)
    }

    /// Appends `before`, a moment and a quote; nothing where there is no moment.
    @_noAllocation @_noLocks
    mutating func append(_ before: StaticString, deadline: Timestamp) {
        if deadline.nanoseconds == .min { return }
        append(before)
        append(time: deadline)
        append(ASCII.quote)
    }

    /// Appends 32 hexadecimal digits.
    @_noAllocation @_noLocks
    mutating func append(incident: TaskID) {
        append(hexadecimal: incident.high)
        append(hexadecimal: incident.low)
    }

    /// Appends degrees with up to seven decimals, which is a centimetre.
    ///
    /// **Range**: -180 to 180.
    @_noAllocation @_noLocks
    mutating func append(degrees: Double) {
        let units = Int64(degrees * 1e7 + (degrees < 0 ? -0.5 : 0.5))
        if units < 0 { append(ASCII.dash) }
        let magnitude = units.magnitude
        append(decimal: magnitude / 10_000_000)
        var fraction = magnitude % 10_000_000
        if fraction == 0 { return }
        append(ASCII.dot)
        var place: UInt64 = 1_000_000
        while fraction > 0 {
            append(0x30 &+ UInt8(truncatingIfNeeded: fraction / place))
            fraction %= place
            place /= 10
        }
    }

    /// How many bytes of JSON a scalar of `length` bytes that begins with `lead` becomes.
    @inline(__always)
    private static func jsonLength(_ length: Int, _ lead: UInt8) -> Int {
        if length == 0 { return 3 }
        if length > 1 { return length }
        if lead == ASCII.quote || lead == ASCII.backslash { return 2 }
        return lead < 0x20 ? 6 : 1
    }

    @_noAllocation @_noLocks
    private mutating func append(scalarOf text: borrowing ByteBuffer, _ at: Int, _ length: Int) {
        if length == 0 { return append("\u{FFFD}") }
        if length > 1 { return append(text, at, at &+ length) }
        let byte = text[at]
        if byte < 0x20 {
            append("\\u00")
            append(byte < 0x10 ? 0x30 : 0x31)
            let digit = byte & 15
            append(digit < 10 ? 0x30 &+ digit : 0x57 &+ digit)
            return
        }
        if byte == ASCII.quote || byte == ASCII.backslash { append(ASCII.backslash) }
        append(byte)
    }

    /// How many bytes the scalar at `at` has; 0 when it is malformed or cut off by `end`.
    @_noAllocation @_noLocks
    private func scalarLength(_ at: Int, _ end: Int) -> Int {
        let lead = self[at]
        if lead < 0x80 { return 1 }
        let length = lead < 0xE0 ? 2 : (lead < 0xF0 ? 3 : 4)
        guard lead >= 0xC2, lead <= 0xF4, at &+ length <= end else { return 0 }
        let second = self[at &+ 1]
        let lowest: UInt8 = lead == 0xE0 ? 0xA0 : (lead == 0xF0 ? 0x90 : 0x80)
        let highest: UInt8 = lead == 0xED ? 0x9F : (lead == 0xF4 ? 0x8F : 0xBF)
        guard second >= lowest, second <= highest else { return 0 }
        var offset = 2
        while offset < length {
            if self[at &+ offset] & 0xC0 != 0x80 { return 0 }
            offset &+= 1
        }
        return length
    }
}
