/// A buffer of fixed capacity that code without allocation writes text and records into.
///
/// What does not fit sets `overflowed` and is not written in part: a writer checks once, at the
/// end.
///
/// **Owner**: one lane.
public struct ByteBuffer: ~Copyable, Sendable {
    @usableFromInline var bytes: Table<UInt8>
    @usableFromInline var used = 0
    @inlinable public var count: Int { used }
    public private(set) var overflowed = false

    public init(capacity: Int) { bytes = Table(capacity: capacity) }

    public var capacity: Int { bytes.capacity }

    @inlinable public subscript(index: Int) -> UInt8 {
        precondition(index < count)
        return bytes[index]
    }

    @_noAllocation @_noLocks
    public mutating func clear() {
        used = 0
        overflowed = false
    }

    /// Shortens the buffer to its first `length` bytes, as when a record is given up half written.
    @_noAllocation @_noLocks
    public mutating func truncate(to length: Int) {
        precondition(length >= 0 && length <= count)
        used = length
        overflowed = false
    }

    @_noAllocation @_noLocks
    @usableFromInline mutating func room(_ length: Int) -> Bool {
        if count + length <= bytes.capacity { return true }
        overflowed = true
        return false
    }

    @_noAllocation @_noLocks
    public mutating func append(_ byte: UInt8) {
        guard room(1) else { return }
        bytes[count] = byte
        used += 1
    }

    @_noAllocation @_noLocks
    public mutating func append(_ text: StaticString) {
        let length = text.utf8CodeUnitCount
        guard room(length) else { return }
        let start = unsafe text.utf8Start
        var offset = 0
        while offset < length {
            unsafe bytes[count + offset] = start[offset]
            offset += 1
        }
        used += length
    }

    /// Appends `text[start..<end]`.
    @inlinable
    public mutating func append<Bytes: ByteSource & ~Copyable & ~Escapable>(
        _ text: borrowing Bytes, _ start: Int, _ end: Int
    ) {
        guard room(end - start) else { return }
        var from = start
        while from < end {
            bytes[used + from - start] = text.byte(at: from)
            from += 1
        }
        used += end - start
    }

    /// Appends bytes `start..<end` of another buffer.
    @_noAllocation @_noLocks
    public mutating func append(_ other: borrowing ByteBuffer, _ start: Int, _ end: Int) {
        precondition(start >= 0 && start <= end && end <= other.count)
        guard room(end - start) else { return }
        var from = start
        while from < end {
            bytes[count + from - start] = other.bytes[from]
            from += 1
        }
        used += end - start
    }

    /// Appends a stretch of the buffer's own text once more.
    @_noAllocation @_noLocks
    public mutating func append(texts stretch: OrderText) {
        let (start, end) = (Int(stretch.start), Int(stretch.end))
        precondition(start <= end && end <= count)
        guard room(end - start) else { return }
        var from = start
        while from < end {
            bytes[count] = bytes[from]
            used += 1
            from += 1
        }
    }

    /// Appends text `index` of a list.
    @_noAllocation @_noLocks
    public mutating func append(_ texts: borrowing TextList, _ index: Int) {
        let length = texts.length(index)
        guard room(length) else { return }
        var offset = 0
        while offset < length {
            bytes[count + offset] = texts.byte(index, offset)
            offset += 1
        }
        used += length
    }

    /// Appends an integer's 8 bytes, least significant first.
    @_noAllocation @_noLocks
    public mutating func appendLittleEndian(_ word: UInt64) {
        guard room(8) else { return }
        var shift: UInt64 = 0
        while shift < 64 {
            bytes[count] = UInt8(truncatingIfNeeded: word &>> shift)
            used += 1
            shift += 8
        }
    }

    /// Appends a whole number in decimal digits.
    @_noAllocation @_noLocks
    public mutating func append(decimal number: Int64) {
        if number < 0 { append(0x2D) }
        append(decimal: number.magnitude)
    }

    @_noAllocation @_noLocks
    public mutating func append(decimal number: UInt64) {
        var divisor: UInt64 = 1
        while number / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            append(0x30 + UInt8(truncatingIfNeeded: (number / divisor) % 10))
            divisor /= 10
        }
    }

    /// Appends a number of thousandths with up to three decimals, no trailing zeros: 87400 is
    /// `87.4`.
    @_noAllocation @_noLocks
    public mutating func append(thousandths: Int64) {
        if thousandths < 0 { append(0x2D) }
        let magnitude = thousandths.magnitude
        append(decimal: magnitude / 1000)
        var fraction = magnitude % 1000
        guard fraction > 0 else { return }
        append(0x2E)
        var place: UInt64 = 100
        while fraction > 0 {
            append(0x30 + UInt8(truncatingIfNeeded: fraction / place))
            fraction %= place
            place /= 10
        }
    }

    /// Appends 16 hexadecimal digits.
    @_noAllocation @_noLocks
    public mutating func append(hexadecimal word: UInt64) {
        var shift: UInt64 = 64
        while shift > 0 {
            shift -= 4
            let digit = UInt8(truncatingIfNeeded: (word &>> shift) & 15)
            append(digit < 10 ? 0x30 + digit : 0x57 + digit)
        }
    }
}

extension ByteBuffer {
    /// Runs `body` with the written bytes.
    public func withBytes<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let buffer = unsafe UnsafeBufferPointer(start: bytes.base, count: count)
        return try body(unsafe Span(_unsafeElements: buffer))
    }

    /// The written bytes as text; for start-up, tests and the command line.
    public var text: String {
        withBytes { bytes in
            String(decoding: (0..<bytes.count).map { bytes[$0] }, as: UTF8.self)
        }
    }

    public mutating func append(string: String) {
        let utf8 = Array(string.utf8)
        append(utf8.span, 0, utf8.count)
    }
}
