// What a lane does with strings while values flow: none of it allocates.
extension SymbolTable {
    /// The symbol of interned bytes, or nil if they are not interned.
    @_noAllocation @_noLocks
    public func find(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Symbol? {
        find(bytes, start, end, hash(bytes, start, end))
    }

    /// The symbol of bytes for one evaluation, or nil when the scratch region is full.
    ///
    /// **Cost** one hash; bytes that are not interned are also copied and compared with the
    /// other scratch strings.
    @_noAllocation @_noLocks
    public mutating func scratch(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Symbol? {
        let hash = hash(bytes, start, end)
        if let symbol = find(bytes, start, end, hash) { return symbol }
        var number = 0
        while unsafe number < temporary.entryCount {
            let entry = unsafe temporary.entries[number]
            if entry.hash == hash {
                if unsafe isEqual(bytes, start, end, entry, temporary.bytes) {
                    return Symbol(rawValue: 0x8000_0000 | UInt32(truncatingIfNeeded: number))
                }
            }
            number += 1
        }
        guard let stored = unsafe Self.store(bytes, start, end, hash, in: &temporary) else {
            return nil
        }
        return Symbol(rawValue: 0x8000_0000 | UInt32(truncatingIfNeeded: stored))
    }

    /// Forgets the strings of the last evaluation.
    @_noAllocation @_noLocks
    public mutating func clearScratch() {
        unsafe temporary.entryCount = 0
        unsafe temporary.byteCount = 0
    }

    /// Interns bytes in room that was reserved, or nil when there is none left.
    ///
    /// Scratch symbols of equal bytes are unequal to the new one: keep first, or clear after.
    @_noAllocation @_noLocks
    public mutating func keep(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Symbol? {
        let hash = hash(bytes, start, end)
        if let symbol = find(bytes, start, end, hash) { return symbol }
        if unsafe interned.entryCount * 2 >= indexMask { return nil }
        guard let stored = unsafe Self.store(bytes, start, end, hash, in: &interned) else {
            return nil
        }
        unsafe index[freePlace(for: hash)] = UInt32(truncatingIfNeeded: stored + 1)
        return Symbol(rawValue: UInt32(truncatingIfNeeded: stored))
    }

    /// 64 bits made of the string's bytes alone: the same in every process.
    @_noAllocation @_noLocks
    public func identity(of symbol: Symbol) -> UInt64 { entry(of: symbol).hash }

    /// How many bytes of UTF-8 the string of a symbol has.
    @_noAllocation @_noLocks
    public func byteCount(of symbol: Symbol) -> Int { Int(entry(of: symbol).length) }

    /// One byte of the string of a symbol. **Fails** traps out of bounds.
    @_noAllocation @_noLocks
    public func byte(of symbol: Symbol, at index: Int) -> UInt8 {
        let entry = entry(of: symbol)
        precondition(index >= 0 && index < Int(entry.length))
        return unsafe base(of: symbol)[Int(entry.offset) + index]
    }

    @_noAllocation @_noLocks
    private func find(
        _ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ hash: UInt64
    ) -> Symbol? {
        var place = Int(truncatingIfNeeded: hash) & indexMask
        while true {
            let number = unsafe index[place]
            if number == 0 { return nil }
            let entry = unsafe interned.entries[Int(number) - 1]
            if entry.hash == hash {
                if unsafe isEqual(bytes, start, end, entry, interned.bytes) {
                    return Symbol(rawValue: number - 1)
                }
            }
            place = (place + 1) & indexMask
        }
    }

    @_noAllocation @_noLocks
    func freePlace(for hash: UInt64) -> Int {
        var place = Int(truncatingIfNeeded: hash) & indexMask
        while unsafe index[place] != 0 { place = (place + 1) & indexMask }
        return place
    }

    @_noAllocation @_noLocks
    private static func store(
        _ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ hash: UInt64, in region: inout Region
    ) -> Int? {
        let length = end - start
        if unsafe region.entryCount == region.entryCapacity { return nil }
        if unsafe region.byteCount + length > region.byteCapacity { return nil }
        let target = unsafe region.bytes + region.byteCount
        var scalars: UInt32 = 0
        var offset = 0
        while offset < length {
            let byte = bytes[start + offset]
            unsafe target[offset] = byte
            if byte & 0xC0 != 0x80 { scalars &+= 1 }
            offset += 1
        }
        unsafe region.entries[region.entryCount] = Entry(
            offset: region.byteCount, length: length, scalars: scalars, hash: hash)
        unsafe region.byteCount += length
        unsafe region.entryCount += 1
        return unsafe region.entryCount - 1
    }

    @_noAllocation @_noLocks
    private func isEqual(
        _ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ entry: Entry,
        _ base: UnsafeMutablePointer<UInt8>
    ) -> Bool {
        guard Int(entry.length) == end - start else { return false }
        let stored = unsafe base + Int(entry.offset)
        var offset = 0
        while offset < end - start {
            if unsafe stored[offset] != bytes[start + offset] { return false }
            offset += 1
        }
        return true
    }

    @_noAllocation @_noLocks
    private func hash(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
        var hash = StringHash(end - start)
        var offset = start
        while offset < end {
            hash.add(bytes[offset], at: offset - start)
            offset += 1
        }
        return hash.value
    }
}
