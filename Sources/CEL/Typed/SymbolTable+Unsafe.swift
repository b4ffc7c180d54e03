// Bytes at an address, for callers that can't make a span where nothing may be allocated.
extension SymbolTable {
    /// Interns `count` bytes in room that was reserved, or nil when there is none left.
    @unsafe @_noAllocation @_noLocks
    public mutating func keep(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Symbol? {
        if unsafe interned.entryCount == interned.entryCapacity { return nil }
        if unsafe interned.entryCount * 2 >= indexMask { return nil }
        if unsafe interned.byteCount + count > interned.byteCapacity { return nil }
        let hash = unsafe stage(bytes, count)
        let staged = unsafe interned.bytes + interned.byteCount
        if let symbol = unsafe find(staged, count, hash) { return symbol }
        return commitStaged(count, hash)
    }

    /// The symbol of `count` interned bytes, or nil if they are not interned.
    @unsafe @_noAllocation @_noLocks
    public func find(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Symbol? {
        var hash = StringHash(count)
        var offset = 0
        while offset < count {
            unsafe hash.add(bytes[offset], at: offset)
            offset += 1
        }
        return unsafe find(bytes, count, hash.value)
    }

    @_noAllocation @_noLocks
    private func find(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ hash: UInt64) -> Symbol? {
        var place = Int(truncatingIfNeeded: hash) & indexMask
        while true {
            let number = unsafe index[place]
            if number == 0 { return nil }
            let entry = unsafe interned.entries[Int(number) - 1]
            if entry.hash == hash {
                if unsafe isEqual(entry, bytes, count) { return Symbol(rawValue: number - 1) }
            }
            place = (place + 1) & indexMask
        }
    }

    @_noAllocation @_noLocks
    private func isEqual(_ entry: Entry, _ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard Int(entry.length) == count else { return false }
        let stored = unsafe interned.bytes + Int(entry.offset)
        var offset = 0
        while offset < count {
            if unsafe stored[offset] != bytes[offset] { return false }
            offset += 1
        }
        return true
    }

    /// Copies bytes behind the last interned string and answers their hash.
    @_noAllocation @_noLocks
    private func stage(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
        let target = unsafe interned.bytes + interned.byteCount
        var hash = StringHash(count)
        var offset = 0
        while offset < count {
            let byte = unsafe bytes[offset]
            unsafe target[offset] = byte
            hash.add(byte, at: offset)
            offset += 1
        }
        return hash.value
    }

    /// Makes the staged bytes a string of the table.
    @_noAllocation @_noLocks
    private mutating func commitStaged(_ count: Int, _ hash: UInt64) -> Symbol {
        let number = unsafe interned.entryCount
        let staged = unsafe interned.bytes + interned.byteCount
        var scalars: UInt32 = 0
        var offset = 0
        while offset < count {
            if unsafe staged[offset] & 0xC0 != 0x80 { scalars &+= 1 }
            offset += 1
        }
        unsafe interned.entries[number] = Entry(
            offset: interned.byteCount, length: count, scalars: scalars, hash: hash)
        unsafe interned.byteCount += count
        unsafe interned.entryCount += 1
        unsafe index[freePlace(for: hash)] = UInt32(truncatingIfNeeded: number + 1)
        return Symbol(rawValue: UInt32(truncatingIfNeeded: number))
    }
}
