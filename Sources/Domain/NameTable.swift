/// Names to dense numbers and back: an open-addressed hash over a list of texts.
///
/// Look-ups and insertions allocate nothing: all room is taken at start. Names are never removed.
///
/// **Owner**: the lane that holds it. **Fails**: an insertion into a full table gives -1.
public struct NameTable: ~Copyable, Sendable {
    @usableFromInline var slots: Table<UInt32>  // index + 1, 0 is free
    @usableFromInline var hashes: Table<UInt64>
    /// The names by their numbers. Only `intern` adds to it.
    public var texts: TextList
    @usableFromInline let mask: Int

    /// Room for `capacity` names of `byteCapacity` bytes together.
    public init(capacity: Int, byteCapacity: Int) {
        var size = 16
        while size < capacity * 2 { size *= 2 }
        mask = size - 1
        slots = Table(capacity: size)
        hashes = Table(capacity: capacity)
        texts = TextList(capacity: capacity, byteCapacity: byteCapacity)
    }

    /// A full table over tables that are there already; nil when a look-up could run away in them.
    public init?(
        texts: consuming TextList, slots: consuming Table<UInt32>, hashes: consuming Table<UInt64>
    ) {
        guard slots.capacity.nonzeroBitCount == 1, hashes.capacity >= texts.count,
            NameTable.fits(slots, texts.count)
        else { return nil }
        mask = slots.capacity - 1
        self.slots = slots
        self.hashes = hashes
        self.texts = texts
    }

    /// Whether every taken slot names a text, and some slot is free.
    private static func fits(_ slots: borrowing Table<UInt32>, _ count: Int) -> Bool {
        var free = 0
        for index in 0..<slots.capacity {
            if slots[index] > UInt32(count) { return false }
            if slots[index] == 0 { free += 1 }
        }
        return free > 0
    }

    /// The tables as they stand: the slots, and `count` hashes.
    public func withTables(
        _ body: (borrowing Table<UInt32>, borrowing Table<UInt64>) -> Void
    ) {
        body(slots, hashes)
    }

    public var count: Int { texts.count }
    public var capacity: Int { texts.capacity }

    @inlinable
    static func hash<Bytes: ByteSource & ~Copyable & ~Escapable>(
        _ text: borrowing Bytes, _ start: Int, _ end: Int
    ) -> UInt64 {
        var hash = StableHash()
        hash.combine(text, start, end)
        return hash.value
    }

    /// The number of the name `text[start..<end]`, or -1.
    @inlinable
    public func find<Bytes: ByteSource & ~Copyable & ~Escapable>(
        _ text: borrowing Bytes, _ start: Int, _ end: Int
    ) -> Int {
        find(text, start, end, NameTable.hash(text, start, end))
    }

    @inlinable
    func find<Bytes: ByteSource & ~Copyable & ~Escapable>(
        _ text: borrowing Bytes, _ start: Int, _ end: Int, _ hash: UInt64
    ) -> Int {
        var at = Int(truncatingIfNeeded: hash) & mask
        while slots[at] != 0 {
            let index = Int(slots[at]) - 1
            if hashes[index] == hash {
                if texts.equals(index, text, start, end) { return index }
            }
            at = (at + 1) & mask
        }
        return -1
    }

    /// The number of the name, given one if it is new; -1 when there is no room for it.
    @inlinable
    public mutating func intern<Bytes: ByteSource & ~Copyable & ~Escapable>(
        _ text: borrowing Bytes, _ start: Int, _ end: Int
    ) -> Int {
        let hash = NameTable.hash(text, start, end)
        let known = find(text, start, end, hash)
        if known >= 0 { return known }
        let index = texts.append(text, start, end)
        if index < 0 { return -1 }
        note(index, hash)
        return index
    }

    @_noAllocation @_noLocks @usableFromInline
    mutating func note(_ index: Int, _ hash: UInt64) {
        hashes[index] = hash
        var at = Int(truncatingIfNeeded: hash) & mask
        while slots[at] != 0 { at = (at + 1) & mask }
        slots[at] = UInt32(truncatingIfNeeded: index + 1)
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

    public func name(_ index: Int) -> String { texts.text(index) }
}
