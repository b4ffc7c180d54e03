/// Names to dense numbers and back: an open-addressed hash over one arena of bytes.
///
/// Look-ups and insertions allocate nothing: all room is taken at start. Names are never removed.
///
/// **Owner**: the lane that holds it. **Fails**: an insertion into a full table gives -1.
public struct NameTable: ~Copyable, Sendable {
    @usableFromInline var slots: Table<UInt32>  // index + 1, 0 is free
    @usableFromInline var hashes: Table<UInt64>
    @usableFromInline var starts: Table<UInt32>
    @usableFromInline var bytes: Table<UInt8>
    @usableFromInline let mask: Int
    public let capacity: Int
    public private(set) var count = 0
    var bytesUsed = 0

    /// Room for `capacity` names of `byteCapacity` bytes together.
    public init(capacity: Int, byteCapacity: Int) {
        var size = 16
        while size < capacity * 2 { size *= 2 }
        self.capacity = capacity
        mask = size - 1
        slots = Table(capacity: size)
        hashes = Table(capacity: capacity)
        starts = Table(capacity: capacity + 1)
        bytes = Table(capacity: byteCapacity)
    }

    @_noAllocation @_noLocks
    public static func hash(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
        var hash = StableHash()
        hash.combine(text, start, end)
        return hash.value
    }

    /// The number of the name `text[start..<end]`, or -1.
    @_noAllocation @_noLocks
    public func find(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
        find(text, start, end, NameTable.hash(text, start, end))
    }

    @_noAllocation @_noLocks
    func find(_ text: Span<UInt8>, _ start: Int, _ end: Int, _ hash: UInt64) -> Int {
        var at = Int(truncatingIfNeeded: hash) & mask
        while slots[at] != 0 {
            let index = Int(slots[at]) - 1
            if hashes[index] == hash {
                if equals(index, text, start, end) { return index }
            }
            at = (at + 1) & mask
        }
        return -1
    }

    @_noAllocation @_noLocks
    func equals(_ index: Int, _ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        let from = Int(starts[index])
        guard Int(starts[index + 1]) - from == end - start else { return false }
        var offset = 0
        while offset < end - start {
            if bytes[from + offset] != text[start + offset] { return false }
            offset += 1
        }
        return true
    }

    /// The number of the name, given one if it is new; -1 when there is no room for it.
    @_noAllocation @_noLocks
    public mutating func intern(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
        let hash = NameTable.hash(text, start, end)
        let known = find(text, start, end, hash)
        if known >= 0 { return known }
        guard count < capacity, bytesUsed + (end - start) <= bytes.capacity else { return -1 }
        let index = count
        var from = start
        while from < end {
            bytes[bytesUsed + from - start] = text[from]
            from += 1
        }
        bytesUsed += end - start
        starts[index + 1] = UInt32(truncatingIfNeeded: bytesUsed)
        hashes[index] = hash
        count += 1
        var at = Int(truncatingIfNeeded: hash) & mask
        while slots[at] != 0 { at = (at + 1) & mask }
        slots[at] = UInt32(truncatingIfNeeded: index + 1)
        return index
    }

    /// How many bytes name `index` has.
    @_noAllocation @_noLocks
    public func length(_ index: Int) -> Int { Int(starts[index + 1]) - Int(starts[index]) }

    /// Byte `offset` of name `index`.
    @inlinable
    public func byte(_ index: Int, _ offset: Int) -> UInt8 {
        bytes[Int(starts[index]) + offset]
    }
}

extension NameTable {
    /// Interns a string; for start-up and tests.
    @discardableResult
    public mutating func intern(_ name: String) -> Int {
        let text = Array(name.utf8)
        return intern(text.span, 0, text.count)
    }

    public func find(_ name: String) -> Int {
        let text = Array(name.utf8)
        return find(text.span, 0, text.count)
    }

    public func name(_ index: Int) -> String {
        String(decoding: (0..<length(index)).map { byte(index, $0) }, as: UTF8.self)
    }
}
