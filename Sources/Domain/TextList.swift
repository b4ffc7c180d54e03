/// Texts one after the other in one arena, found by their number.
///
/// **Owner**: the lane that holds it. **Fails**: an addition to a full list gives -1.
public struct TextList: ~Copyable, Sendable {
    @usableFromInline var starts: Table<UInt32>
    @usableFromInline var bytes: Table<UInt8>
    public let capacity: Int
    public var count: Int { used }
    @usableFromInline var used = 0
    @usableFromInline var bytesUsed = 0

    /// Room for `capacity` texts of `byteCapacity` bytes together.
    public init(capacity: Int, byteCapacity: Int) {
        self.capacity = capacity
        starts = Table(capacity: capacity + 1)
        bytes = Table(capacity: byteCapacity)
    }

    public init(_ texts: [String]) {
        self.init(capacity: texts.count, byteCapacity: texts.reduce(0) { $0 + $1.utf8.count })
        for text in texts {
            let utf8 = Array(text.utf8)
            _ = append(utf8.span, 0, utf8.count)
        }
    }

    /// A full list over tables that are there already: where each text starts, the end of the last,
    /// and the bytes. nil when the starts do not ascend within the bytes.
    public init?(starts: consuming Table<UInt32>, bytes: consuming Table<UInt8>) {
        guard TextList.fits(starts, bytes.capacity) else { return nil }
        capacity = starts.capacity - 1
        used = capacity
        bytesUsed = Int(starts[capacity])
        self.starts = starts
        self.bytes = bytes
    }

    private static func fits(_ starts: borrowing Table<UInt32>, _ bytes: Int) -> Bool {
        var last: UInt32 = 0
        for index in 0..<starts.capacity {
            guard starts[index] >= last else { return false }
            last = starts[index]
        }
        return starts[0] == 0 && Int(last) <= bytes
    }

    /// The tables as they stand: `count` + 1 starts, and as many bytes as the last one says.
    public func withTables(
        _ body: (borrowing Table<UInt32>, borrowing Table<UInt8>) -> Void
    ) {
        body(starts, bytes)
    }

    /// Adds `text[start..<end]`; its number, or -1 when there is no room.
    @inlinable
    public mutating func append<Bytes: ByteSource & ~Copyable & ~Escapable>(
        _ text: borrowing Bytes, _ start: Int, _ end: Int
    ) -> Int {
        guard used < capacity, bytesUsed + (end - start) <= bytes.capacity else { return -1 }
        var from = start
        while from < end {
            bytes[bytesUsed + from - start] = text.byte(at: from)
            from += 1
        }
        bytesUsed += end - start
        used += 1
        starts[used] = UInt32(truncatingIfNeeded: bytesUsed)
        return used - 1
    }

    /// How many bytes text `index` has.
    @_noAllocation @_noLocks
    public func length(_ index: Int) -> Int { Int(starts[index + 1]) - Int(starts[index]) }

    /// Byte `offset` of text `index`.
    @inlinable
    public func byte(_ index: Int, _ offset: Int) -> UInt8 {
        bytes[Int(starts[index]) + offset]
    }

    /// Whether text `index` is `text[start..<end]`.
    @inlinable
    public func equals<Bytes: ByteSource & ~Copyable & ~Escapable>(
        _ index: Int, _ text: borrowing Bytes, _ start: Int, _ end: Int
    ) -> Bool {
        let from = Int(starts[index])
        guard Int(starts[index + 1]) - from == end - start else { return false }
        var offset = 0
        while offset + 8 <= end - start {
            if bytes.word(at: from + offset) != text.word(at: start + offset) { return false }
            offset += 8
        }
        while offset < end - start {
            if bytes[from + offset] != text.byte(at: start + offset) { return false }
            offset += 1
        }
        return true
    }

    public func text(_ index: Int) -> String {
        String(decoding: (0..<length(index)).map { byte(index, $0) }, as: UTF8.self)
    }
}
