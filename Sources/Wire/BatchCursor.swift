public import Domain

/// Walks a CloudEvents batch, a JSON array, and yields where each of its elements stands.
///
/// It looks only at brackets, strings and commas: what is wrong inside an element is found when
/// that element is decoded and spoils no other. What breaks the array itself spoils all of it, and
/// is known before the first element is yielded, so that a batch is never half taken.
///
/// **Owner**: one lane, which opens it for every batch.
public struct BatchCursor: ~Copyable, Sendable {
    private var starts = [256 of UInt32](repeating: 0)
    private var ends = [256 of UInt32](repeating: 0)
    private var taken = 0
    /// How many elements the batch has.
    public private(set) var count = 0
    /// Where the element yielded last stands in the message.
    public private(set) var elementStart = 0
    public private(set) var elementEnd = 0

    public init() {}

    /// Whether a message is a batch: its first byte that is not white space opens an array.
    @_noAllocation @_noLocks
    public static func isBatch(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        var reader = JSONReader(start, end, of: bytes.count)
        return reader.peek(bytes) == ASCII.openBracket
    }

    /// Finds the elements of the batch `bytes[start..<end]`; an empty array has none.
    ///
    /// **Fails**, at `.message`: `too_large` past 64 KiB; `bad_batch` when it is no array, has more
    /// than 256 elements, or its brackets, strings or commas don't add up.
    @_noAllocation @_noLocks
    public mutating func open(
        _ bytes: Span<UInt8>, _ start: Int, _ end: Int
    ) throws(Refusal) {
        (count, taken) = (0, 0)
        if end &- start > Limits.batchBytesMax {
            throw Refusal(.tooLarge, .message, at: start &+ Limits.batchBytesMax)
        }
        var reader = JSONReader(start, end, of: bytes.count)
        guard reader.peek(bytes) == ASCII.openBracket else { throw broken(reader.at) }
        reader.at &+= 1
        var more = reader.first(bytes, before: ASCII.closeBracket)
        while more {
            _ = reader.peek(bytes)
            if count == Limits.batchAlertsMax { throw broken(reader.at) }
            let from = reader.at
            let last = try elementEnd(bytes, from, end)
            starts[count] = UInt32(truncatingIfNeeded: from)
            ends[count] = UInt32(truncatingIfNeeded: last)
            count &+= 1
            reader.at = last
            let mark = reader.peek(bytes)
            more = mark == ASCII.comma
            guard more || mark == ASCII.closeBracket else { throw broken(reader.at) }
            reader.at &+= 1
        }
        _ = reader.peek(bytes)
        if reader.at < end { throw broken(reader.at) }
    }

    /// Moves to the next element, if there is one.
    @_noAllocation @_noLocks
    public mutating func next() -> Bool {
        guard taken < count else { return false }
        elementStart = Int(starts[taken])
        elementEnd = Int(ends[taken])
        taken &+= 1
        return true
    }

    /// The end of the element at `start`: past its last bracket, its string, or its other bytes.
    @_noAllocation @_noLocks
    private mutating func elementEnd(
        _ bytes: Span<UInt8>, _ start: Int, _ end: Int
    ) throws(Refusal) -> Int {
        var at = start
        var depth = 0
        while at < end {
            let byte = unsafe bytes[unchecked: at]
            if byte == ASCII.quote {
                at = try stringEnd(bytes, at, end)
                if depth == 0 { return at }
                continue
            }
            let folded = byte | 0x20
            if folded == ASCII.openBrace {
                depth &+= 1
            } else if folded == ASCII.closeBrace {
                if depth == 0 { break }
                depth &-= 1
                if depth == 0 { return at &+ 1 }
            } else if depth == 0 {
                if byte == ASCII.comma || byte <= 0x20 { break }
            }
            at &+= 1
        }
        guard depth == 0, at > start else { throw broken(at) }
        return at
    }

    /// The byte after the closing quote of the string at `start`.
    @inline(__always)
    private func stringEnd(
        _ bytes: Span<UInt8>, _ start: Int, _ end: Int
    ) throws(Refusal) -> Int {
        var at = start &+ 1
        while at < end {
            let byte = unsafe bytes[unchecked: at]
            if byte == ASCII.quote { return at &+ 1 }
            at &+= byte == ASCII.backslash ? 2 : 1
        }
        throw broken(start)
    }

    @inline(__always)
    private func broken(_ offset: Int) -> Refusal { Refusal(.badBatch, .message, at: offset) }
}
