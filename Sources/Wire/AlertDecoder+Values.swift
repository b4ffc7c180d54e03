internal import Domain

// What every field has in common: it comes once, it has a value of its type, its texts are
// unescaped.

extension AlertDecoder {
    /// Whether the allow-list knows the field and it has a value; else the value is behind us.
    ///
    /// `.message` stands for a key that is not on the list.
    @_transparent
    mutating func begin(
        _ bytes: Span<UInt8>, _ field: AlertField, _ alert: inout Alert
    ) throws(Refusal) -> Bool {
        if field == .message {
            alert.droppedFields &+= 1
            try reader.pass(bytes)
            return false
        }
        let first = reader.peek(bytes)
        valueAt = reader.at
        let bit = AlertDecoder.bit(field)
        if seen & bit != 0 { throw refusal(.badSchema, field) }
        seen |= bit
        if first == 0 { throw reader.malformed }
        if first == 0x6E {
            try reader.null(bytes)
            return false
        }
        given |= bit
        return true
    }

    @inline(__always)
    static func bit(_ field: AlertField) -> UInt64 { 1 &<< UInt64(field.rawValue) }

    @inline(__always)
    func has(_ field: AlertField) -> Bool { given & AlertDecoder.bit(field) != 0 }

    @inline(__always)
    func require(_ field: AlertField) throws(Refusal) {
        if !has(field) { throw Refusal(.missingField, field, at: reader.at) }
    }

    @inline(__always)
    func refusal(_ code: Reject, _ field: AlertField) -> Refusal {
        Refusal(code, field, at: valueAt)
    }

    /// The value is of another type than its field; unless it is no JSON at all, which is said
    /// first.
    @_noAllocation @_noLocks
    @inline(never)
    func wrongType(_ bytes: Span<UInt8>, _ field: AlertField) throws(Refusal) -> Refusal {
        var rest = reader
        try rest.skip(bytes)
        return Refusal(.badSchema, field, at: reader.at)
    }

    /// Enters the object that is the field's value.
    @_transparent
    mutating func open(_ bytes: Span<UInt8>, _ field: AlertField) throws(Refusal) {
        guard reader.peek(bytes) == ASCII.openBrace else { throw try wrongType(bytes, field) }
        try reader.enter()
    }

    /// Enters the array that is the field's value.
    @_transparent
    mutating func openArray(_ bytes: Span<UInt8>, _ field: AlertField) throws(Refusal) {
        guard reader.peek(bytes) == ASCII.openBracket else { throw try wrongType(bytes, field) }
        try reader.enter()
    }

    @_transparent
    mutating func number(
        _ bytes: Span<UInt8>, _ field: AlertField
    ) throws(Refusal) -> JSONNumber {
        let first = reader.peek(bytes)
        guard first == ASCII.dash || ASCII.isDigit(first) else {
            throw try wrongType(bytes, field)
        }
        return try reader.number(bytes)
    }

    /// A finite number within bounds.
    @_transparent
    mutating func number(
        _ bytes: Span<UInt8>, _ field: AlertField, from least: Double, to most: Double
    ) throws(Refusal) -> Double {
        let value = try number(bytes, field).double(bytes)
        if value < least || value > most { throw refusal(.badValue, field) }
        return value
    }

    /// A string, handed on without its escapes.
    @_transparent
    mutating func text(
        _ bytes: Span<UInt8>, _ field: AlertField, _ kinds: borrowing KindTable,
        _ alert: inout Alert
    ) throws(Refusal) {
        guard reader.peek(bytes) == ASCII.quote else { throw try wrongType(bytes, field) }
        let text = try reader.string(bytes)
        if text.escaped {
            try takeUnescaped(bytes, text, field, kinds, &alert)
        } else {
            try take(field, bytes, text, kinds, &alert)
        }
    }

    /// Exempt from the compiler's check because it holds even the end of a span's life for a
    /// possible deallocation; a span owns nothing.
    @_semantics("no_performance_analysis")
    @inline(never)
    private func takeUnescaped(
        _ bytes: Span<UInt8>, _ text: JSONText, _ field: AlertField,
        _ kinds: borrowing KindTable, _ alert: inout Alert
    ) throws(Refusal) {
        var room = Unescaped(repeating: 0)
        let count = JSONReader.unescape(bytes, text, into: &room)
        if count < 0 { throw refusal(.badValue, field) }
        let whole = JSONText(start: 0, end: count, escaped: false)
        try take(field, room.span, whole, kinds, &alert)
    }

    /// Copies a text into the alert, which has room for all of them at their limits.
    @inline(__always)
    func keep(_ bytes: Span<UInt8>, _ text: JSONText, in alert: inout Alert) -> TextRange {
        let start = alert.textBytes
        let length = text.end &- text.start
        precondition(start &+ length <= Limits.alertTextBytesMax)
        var offset = 0
        while offset < length {
            unsafe alert.texts[unchecked: start &+ offset] = bytes[unchecked: text.start &+ offset]
            offset &+= 1
        }
        alert.textBytes = start &+ length
        return TextRange(start: start, length: length)
    }
}
