// Bytes at an address, for callers that can't make a span where nothing may be allocated.
extension SymbolTable {
    /// Interns `count` bytes in room that was reserved, or nil when there is none left.
    @unsafe @_noAllocation @_noLocks
    public mutating func keep(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Symbol? {
        if unsafe interned.entryCount == interned.entryCapacity { return nil }
        if unsafe interned.entryCount * 2 >= indexMask { return nil }
        if unsafe interned.byteCount + count > interned.byteCapacity { return nil }
        let hash = unsafe stage(bytes, count)
        if let symbol = findStaged(count, hash) { return symbol }
        return commitStaged(count, hash)
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

    @_noAllocation @_noLocks
    private func findStaged(_ count: Int, _ hash: UInt64) -> Symbol? {
        var place = Int(truncatingIfNeeded: hash) & indexMask
        while true {
            let number = unsafe index[place]
            if number == 0 { return nil }
            let entry = unsafe interned.entries[Int(number) - 1]
            if entry.hash == hash {
                if isStaged(entry, count) { return Symbol(rawValue: number - 1) }
            }
            place = (place + 1) & indexMask
        }
    }

    @_noAllocation @_noLocks
    private func isStaged(_ entry: Entry, _ count: Int) -> Bool {
        guard Int(entry.length) == count else { return false }
        let stored = unsafe interned.bytes + Int(entry.offset)
        let staged = unsafe interned.bytes + interned.byteCount
        var offset = 0
        while offset < count {
            if unsafe stored[offset] != staged[offset] { return false }
            offset += 1
        }
        return true
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
