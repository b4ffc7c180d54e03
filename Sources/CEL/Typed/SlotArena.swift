/// Lists and maps that slots refer to.
///
/// *Frozen* ones live as long as the arena; those of one evaluation go into a *scratch* region of
/// fixed size. A list is its elements in a row. A map is a count, then a table of key and value
/// pairs with open addressing, at most half full, absent keys marking free places:
///
///     | count | key | value | absent | - | key | value | ...
///
/// **Owner** one thread; programs only borrow the arena.
@safe
public struct SlotArena: ~Copyable, @unchecked Sendable {
    private var frozen: UnsafeMutablePointer<Slot>
    private var frozenCount = 0
    private var frozenCapacity = 256
    private let temporary: UnsafeMutablePointer<Slot>
    private var temporaryCount = 0
    private let temporaryCapacity: Int

    /// - Parameter scratchSlots: room for the lists and maps of one evaluation.
    public init(scratchSlots: Int = 4096) {
        unsafe frozen = .allocate(capacity: 256)
        temporaryCapacity = scratchSlots
        unsafe temporary = .allocate(capacity: scratchSlots)
    }

    deinit {
        unsafe frozen.deallocate()
        unsafe temporary.deallocate()
    }

    // MARK: At load

    /// A list for the arena's life.
    public mutating func freeze(list elements: [Slot]) -> Slot {
        reserve(elements.count)
        let start = frozenCount
        for element in elements { appendFrozen(element) }
        return Slot(.list, UInt64(start), extent: UInt32(elements.count))
    }

    /// A map for the arena's life. A later entry with an equal key replaces the earlier.
    public mutating func freeze(map entries: [(key: Slot, value: Slot)]) -> Slot {
        let capacity = Self.capacity(for: entries.count)
        reserve(1 + 2 * capacity)
        let map = Slot(.map, UInt64(frozenCount), extent: UInt32(capacity - 1))
        appendFrozen(.int(0))
        for _ in 0..<(2 * capacity) { appendFrozen(Slot()) }
        for entry in entries { unsafe insert(entry.key, entry.value, in: map, at: frozen) }
        return map
    }

    private mutating func appendFrozen(_ slot: Slot) {
        unsafe frozen[frozenCount] = slot
        frozenCount += 1
    }

    private mutating func reserve(_ more: Int) {
        guard frozenCount + more > frozenCapacity else { return }
        frozenCapacity = max(frozenCount + more, frozenCapacity * 2)
        let grown = UnsafeMutablePointer<Slot>.allocate(capacity: frozenCapacity)
        unsafe grown.initialize(from: frozen, count: frozenCount)
        unsafe frozen.deallocate()
        unsafe frozen = grown
    }

    // MARK: While values flow

    /// Forgets the lists and maps of the last evaluation.
    @_noAllocation @_noLocks
    public mutating func clearScratch() { temporaryCount = 0 }

    /// A list of `elements[start..<end]` for one evaluation, or nil when there is no room.
    @_noAllocation @_noLocks
    public mutating func scratch(list elements: Span<Slot>, _ start: Int, _ end: Int) -> Slot? {
        let count = end - start
        if temporaryCount + count > temporaryCapacity { return nil }
        let place = temporaryCount
        var offset = 0
        while offset < count {
            unsafe temporary[place + offset] = elements[start + offset]
            offset += 1
        }
        temporaryCount += count
        return Slot(
            .list, 0x8000_0000 | UInt64(truncatingIfNeeded: place),
            extent: UInt32(truncatingIfNeeded: count))
    }

    /// A map of the keys and values that alternate in `pairs[start..<end]`, or nil without room.
    @_noAllocation @_noLocks
    public mutating func scratch(map pairs: Span<Slot>, _ start: Int, _ end: Int) -> Slot? {
        let capacity = Self.capacity(for: (end - start) / 2)
        let size = 1 + 2 * capacity
        if temporaryCount + size > temporaryCapacity { return nil }
        let map = Slot(
            .map, 0x8000_0000 | UInt64(truncatingIfNeeded: temporaryCount),
            extent: UInt32(truncatingIfNeeded: capacity - 1))
        unsafe temporary[temporaryCount] = .int(0)
        var offset = 1
        while offset < size {
            unsafe temporary[temporaryCount + offset] = Slot()
            offset += 2
        }
        var place = start
        while place + 1 < end {
            unsafe insert(pairs[place], pairs[place + 1], in: map, at: temporary)
            place += 2
        }
        temporaryCount += size
        return map
    }

    /// Twice the entries, rounded up to a power of two.
    @_noAllocation @_noLocks
    private static func capacity(for entries: Int) -> Int {
        var capacity = 2
        while capacity < entries * 2 { capacity *= 2 }
        return capacity
    }

    @_noAllocation @_noLocks
    private func insert(
        _ key: Slot, _ value: Slot, in map: Slot, at region: UnsafeMutablePointer<Slot>
    ) {
        let header = unsafe region + Int(map.bits & 0x7FFF_FFFF)
        let mask = Int(map.extent)
        var place = Int(truncatingIfNeeded: key.bits) & mask
        while true {
            let pair = unsafe header + 1 + 2 * place
            let held = unsafe pair[0]
            if held.tag == .absent {
                unsafe header[0] = .int(header[0].asInt + 1)
                unsafe pair[0] = key
                unsafe pair[1] = value
                return
            }
            if held.bits == key.bits {
                if held.tag == key.tag {
                    unsafe pair[1] = value
                    return
                }
            }
            place = (place + 1) & mask
        }
    }

    // MARK: Reading

    /// The address of a list's first element or a map's count.
    @_noAllocation @_noLocks @inline(__always)
    func address(of aggregate: Slot) -> UnsafeMutablePointer<Slot> {
        let place = Int(truncatingIfNeeded: aggregate.bits & 0x7FFF_FFFF)
        return aggregate.bits & 0x8000_0000 == 0 ? unsafe frozen + place : unsafe temporary + place
    }

    /// The elements of a list or the entries of a map.
    @_noAllocation @_noLocks
    func count(of aggregate: Slot) -> Int64 {
        aggregate.tag == .list ? Int64(aggregate.extent) : unsafe address(of: aggregate)[0].asInt
    }

    /// The value of a string key; absent if there is none.
    @_noAllocation @_noLocks @inline(__always)
    func value(of symbol: UInt64, in map: Slot) -> Slot {
        let table = unsafe address(of: map) + 1
        let mask = Int(map.extent)
        var place = Int(truncatingIfNeeded: symbol) & mask
        while true {
            let key = unsafe table[2 * place]
            if key.bits == symbol {
                if key.tag == .string { return unsafe table[2 * place + 1] }
            }
            if key.tag == .absent { return Slot() }
            place = (place + 1) & mask
        }
    }

    /// The value of any key, numbers equal across their types; absent if there is none.
    @_noAllocation @_noLocks
    func value(of key: Slot, in map: Slot) -> Slot {
        if key.tag == .string { return value(of: key.bits, in: map) }
        guard let bits = Self.wholeBits(key) else { return Slot() }
        let table = unsafe address(of: map) + 1
        var place = Int(truncatingIfNeeded: bits) & Int(map.extent)
        while true {
            let held = unsafe table[2 * place]
            if held.tag == .absent { return Slot() }
            if held.bits == bits {
                if Self.isSameKey(held, key) { return unsafe table[2 * place + 1] }
            }
            place = (place + 1) & Int(map.extent)
        }
    }

    /// The bits an equal int, uint or bool key has, or nil if no key can equal the value.
    @_noAllocation @_noLocks
    private static func wholeBits(_ key: Slot) -> UInt64? {
        switch key.tag {
        case .bool, .int, .uint: key.bits
        case .double:
            if let whole = SlotOrder.exactInt(key.asDouble) {
                UInt64(bitPattern: whole)
            } else {
                SlotOrder.exactUint(key.asDouble)
            }
        default: nil
        }
    }

    /// Whether keys of equal bits are equal: a negative int has the bits of a large uint.
    @_noAllocation @_noLocks
    private static func isSameKey(_ held: Slot, _ key: Slot) -> Bool {
        if held.tag == .bool { return key.tag == .bool }
        if held.tag == .string { return false }
        if key.tag == .bool { return false }
        return SlotOrder.compareNumbers(held, key) == .equal
    }
}
