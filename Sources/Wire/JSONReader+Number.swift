internal import Domain

/// A number as written: its first 19 significant digits, its power of ten, and where it stands.
struct JSONNumber {
    var start: Int
    var end: Int
    /// The significant digits, at most 19 of them, as a whole number.
    var digits: UInt64 = 0
    /// The power of ten that `digits` is multiplied by.
    var exponent = 0
    var negative = false
    /// Whether there were more than 19 significant digits.
    var cut = false
    /// Written without fraction and exponent.
    var whole = true
}

extension JSONReader {
    /// A number whose first byte, a minus sign or a digit, is next.
    @_transparent
    mutating func number(_ bytes: Span<UInt8>) throws(Refusal) -> JSONNumber {
        if let number = shortNumber(bytes) {
            at = number.end
            return number
        }
        var copy = self
        let number = try copy.scanNumber(bytes)
        at = copy.at
        return number
    }

    /// A number as most are, up to 18 digits with or without a fraction; nil sends it the long way.
    @_transparent
    private func shortNumber(_ bytes: Span<UInt8>) -> JSONNumber? {
        var number = JSONNumber(start: at, end: at)
        var place = at
        if unsafe bytes[unchecked: place] == ASCII.dash {
            number.negative = true
            place &+= 1
        }
        let first = place
        var next = ASCII.zero
        while place < end {
            next = unsafe bytes[unchecked: place] &- ASCII.zero
            if next > 9 { break }
            number.digits = number.digits &* 10 &+ UInt64(next)
            place &+= 1
        }
        let count = place &- first
        // A lead zero stands alone; a number at the end of the message is refused the long way.
        guard count > 0, count <= 18, place < end else { return nil }
        if count > 1 {
            if unsafe bytes[unchecked: first] == ASCII.zero { return nil }
        }
        if next == ASCII.dot &- ASCII.zero {
            place &+= 1
            let from = place
            while place < end {
                next = unsafe bytes[unchecked: place] &- ASCII.zero
                if next > 9 { break }
                number.digits = number.digits &* 10 &+ UInt64(next)
                place &+= 1
            }
            let places = place &- from
            guard places > 0, count &+ places <= 18, place < end else { return nil }
            number.exponent = 0 &- places
            number.whole = false
        }
        if (next &+ ASCII.zero) | 0x20 == 0x65 { return nil }
        number.end = place
        return number
    }

    @_noAllocation @_noLocks
    @inline(never)
    private mutating func scanNumber(_ bytes: Span<UInt8>) throws(Refusal) -> JSONNumber {
        var number = JSONNumber(start: at, end: at)
        if unsafe bytes[unchecked: at] == ASCII.dash {
            number.negative = true
            at &+= 1
        }
        guard at < end else { throw malformed }
        let lead = unsafe bytes[unchecked: at]
        guard ASCII.isDigit(lead) else { throw malformed }
        if lead == ASCII.zero {
            at &+= 1
            if at < end {
                if ASCII.isDigit(unsafe bytes[unchecked: at]) { throw malformed }
            }
        } else {
            number.exponent = digits(bytes, &number).dropped
        }
        if at < end { try fraction(bytes, &number) }
        if at < end { try exponent(bytes, &number) }
        number.end = at
        return number
    }

    @inline(__always)
    private mutating func fraction(
        _ bytes: Span<UInt8>, _ number: inout JSONNumber
    ) throws(Refusal) {
        guard unsafe bytes[unchecked: at] == ASCII.dot else { return }
        at &+= 1
        number.whole = false
        let run = digits(bytes, &number)
        if run.count == 0 { throw malformed }
        number.exponent &+= run.dropped &- run.count
    }

    /// Adds a run of digits to the number: how many there were, and how many found no room.
    @inline(__always)
    private mutating func digits(
        _ bytes: Span<UInt8>, _ number: inout JSONNumber
    ) -> (count: Int, dropped: Int) {
        let from = at
        var dropped = 0
        var value = number.digits
        while at < end {
            let digit = unsafe bytes[unchecked: at] &- ASCII.zero
            if digit > 9 { break }
            // Below 10^18 there is room for one more of at most 19 digits.
            if value < 1_000_000_000_000_000_000 {
                value = value &* 10 &+ UInt64(digit)
            } else {
                dropped &+= 1
            }
            at &+= 1
        }
        number.digits = value
        if dropped > 0 { number.cut = true }
        return (at &- from, dropped)
    }

    @inline(__always)
    private mutating func exponent(
        _ bytes: Span<UInt8>, _ number: inout JSONNumber
    ) throws(Refusal) {
        guard unsafe bytes[unchecked: at] | 0x20 == 0x65 else { return }
        at &+= 1
        number.whole = false
        guard at < end else { throw malformed }
        let sign = unsafe bytes[unchecked: at]
        if sign == ASCII.plus || sign == ASCII.dash { at &+= 1 }
        let from = at
        var value = 0
        while at < end {
            let digit = unsafe bytes[unchecked: at] &- ASCII.zero
            if digit > 9 { break }
            // Held at what no number of digits in a message could bring back into range.
            value = min(value &* 10 &+ Int(digit), 10_000_000)
            at &+= 1
        }
        if at == from { throw malformed }
        number.exponent &+= sign == ASCII.dash ? 0 &- value : value
    }
}
