internal import Domain

/// A strict RFC 8259 reader over a span: it walks, and leaves it to its caller what to keep.
///
/// The span is handed to every call, because a stored span would need a lifetime. Positions are
/// byte offsets into it. Whatever is read is validated, also what is skipped: grammar, UTF-8,
/// depth.
///
/// What is rare is a call on a copy that is assigned back, and what is common is transparent: so
/// the reader never has its address taken, and its position stays in a register.
///
/// **Fails**: `bad_encoding` for what is not JSON in UTF-8, `bad_schema` for nesting deeper than
/// `Limits.jsonDepthMax`; both at `.message`, with the offset.
struct JSONReader {
    /// The next byte to read; between `start` and `end` always, which is why reads go unchecked.
    var at: Int
    let end: Int
    var depth = 0

    /// Reads `start..<end` of the spans of at least `count` bytes that it will be handed.
    @_noAllocation @_noLocks
    init(_ start: Int, _ end: Int, of count: Int) {
        precondition(start >= 0 && start <= end && end <= count)
        at = start
        self.end = end
    }

    @inline(__always) var malformed: Refusal { Refusal(.badEncoding, .message, at: at) }

    /// The next byte that is not white space, not consumed; 0, which starts nothing, at the end.
    @_transparent
    mutating func peek(_ bytes: Span<UInt8>) -> UInt8 {
        while at < end {
            let byte = unsafe bytes[unchecked: at]
            if byte > 0x20 { return byte }
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return 0 }
            at &+= 1
        }
        return 0
    }

    /// Enters an array or object whose bracket is next.
    @_transparent
    mutating func enter() throws(Refusal) {
        depth &+= 1
        if depth > Limits.jsonDepthMax { throw Refusal(.badSchema, .message, at: at) }
        at &+= 1
    }

    /// After an opening bracket: whether anything stands before `close`, which is consumed if not.
    @_transparent
    mutating func first(_ bytes: Span<UInt8>, before close: UInt8) -> Bool {
        if peek(bytes) != close { return true }
        at &+= 1
        depth &-= 1
        return false
    }

    /// After a value: consumes a comma and says yes, or `close` and says no.
    @_transparent
    mutating func next(_ bytes: Span<UInt8>, before close: UInt8) throws(Refusal) -> Bool {
        let byte = peek(bytes)
        if byte == ASCII.comma {
            at &+= 1
            return true
        }
        guard byte == close else { throw malformed }
        at &+= 1
        depth &-= 1
        return false
    }

    /// A member's key and its colon.
    ///
    /// Keys as everybody writes them, short and with the colon close by, never leave two registers.
    @_transparent
    mutating func key(_ bytes: Span<UInt8>) throws(Refusal) -> Word {
        guard peek(bytes) == ASCII.quote else { throw malformed }
        let start = at &+ 1
        if start &+ 17 <= end {
            let low = Word.load(bytes, start)
            let stops = JSONReader.stops(low)
            if stops != 0 {
                if let length = close(bytes, start, stops) {
                    return Word(low: low & ~(UInt64.max &<< length), high: 0)
                }
            } else {
                let high = Word.load(bytes, start &+ 8)
                let stops = JSONReader.stops(high)
                if stops != 0 {
                    if let length = close(bytes, start &+ 8, stops) {
                        return Word(low: low, high: high & ~(UInt64.max &<< length))
                    }
                }
            }
        }
        var copy = self
        let key = try copy.anyKey(bytes)
        self = copy
        return key
    }

    /// Passes the quote and colon at the first stop of the word at `start`, if they are what stops
    /// there, and returns how many bits of the word stand before it.
    @_transparent
    private mutating func close(
        _ bytes: Span<UInt8>, _ start: Int, _ stops: UInt64
    ) -> UInt64? {
        let bits = stops.trailingZeroBitCount & ~7
        let stop = start &+ bits &>> 3
        guard unsafe bytes[unchecked: stop] == ASCII.quote else { return nil }
        guard unsafe bytes[unchecked: stop &+ 1] == ASCII.colon else { return nil }
        at = stop &+ 2
        return UInt64(truncatingIfNeeded: bits)
    }

    @_noAllocation @_noLocks
    @inline(never)
    private mutating func anyKey(_ bytes: Span<UInt8>) throws(Refusal) -> Word {
        let text = try name(bytes)
        if text.escaped { return JSONReader.unescapedWord(bytes, text) }
        return Word.of(bytes, text.start, text.end)
    }

    /// A member's key as it is written, and its colon.
    @_noAllocation @_noLocks
    mutating func name(_ bytes: Span<UInt8>) throws(Refusal) -> JSONText {
        guard peek(bytes) == ASCII.quote else { throw malformed }
        let text = try string(bytes)
        guard peek(bytes) == ASCII.colon else { throw malformed }
        at &+= 1
        return text
    }

    /// `null`, if it is next; its first byte is.
    @_transparent
    mutating func null(_ bytes: Span<UInt8>) throws(Refusal) {
        var copy = self
        try copy.literal(bytes)
        self = copy
    }

    /// Moves past any value.
    @_transparent
    mutating func pass(_ bytes: Span<UInt8>) throws(Refusal) {
        var copy = self
        try copy.skip(bytes)
        self = copy
    }

    /// `true`, `false` or `null`, whose first byte is next.
    @_noAllocation @_noLocks
    mutating func literal(_ bytes: Span<UInt8>) throws(Refusal) {
        let rest = end &- at
        if rest >= 4 {
            let word = Word.load(bytes, at, 4)
            if word == Word("true").low || word == Word("null").low {
                at &+= 4
                return
            }
            if rest >= 5 {
                if Word.load(bytes, at, 5) == Word("false").low {
                    at &+= 5
                    return
                }
            }
        }
        throw malformed
    }

    /// Nothing but white space is left.
    @_noAllocation @_noLocks
    mutating func finish(_ bytes: Span<UInt8>) throws(Refusal) {
        _ = peek(bytes)
        if at < end { throw malformed }
    }
}
