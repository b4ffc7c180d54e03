import Glibc

/// Strings as numbers: each is stored once, so that `==` and `in` compare integers.
///
/// Literals and names are *interned* for the table's life. Strings of one evaluation go into the
/// *scratch* region of fixed size: an interned string is found there, another gets a number that
/// equals no interned one, so equality stays a comparison of integers.
/// Interning clears the scratch region, whose numbers would no longer be unique.
/// **Owner** one thread; programs only borrow the table.
@safe
public struct SymbolTable: ~Copyable, @unchecked Sendable {
    /// Where a string lies in its region, and what is known of it.
    struct Entry: BitwiseCopyable {
        var offset: UInt32
        /// **Units** bytes of UTF-8.
        var length: UInt32
        /// **Units** Unicode scalars: what `size()` answers.
        var scalars: UInt32
        var hash: UInt64

        @_noAllocation @_noLocks
        init(offset: Int, length: Int, scalars: UInt32, hash: UInt64) {
            self.offset = UInt32(truncatingIfNeeded: offset)
            self.length = UInt32(truncatingIfNeeded: length)
            self.scalars = scalars
            self.hash = hash
        }
    }

    /// One pool of strings: `entries[i]` describes bytes of `bytes`.
    /// Eight readable bytes follow the last string: searches load words.
    @unsafe
    struct Region {
        var bytes: UnsafeMutablePointer<UInt8>
        var entries: UnsafeMutablePointer<Entry>
        var byteCount = 0
        var entryCount = 0
        var byteCapacity: Int
        var entryCapacity: Int

        init(bytes byteCapacity: Int, strings entryCapacity: Int) {
            unsafe self.byteCapacity = byteCapacity
            unsafe self.entryCapacity = entryCapacity
            unsafe bytes = zeroed(byteCapacity + 8)
            unsafe entries = .allocate(capacity: entryCapacity)
        }

        func free() {
            unsafe Glibc.free(bytes)
            unsafe entries.deallocate()
        }
    }

    var interned: Region
    var temporary: Region
    /// Open addressing over `interned`: entry number plus one, 0 for free; at most half full.
    var index: UnsafeMutablePointer<UInt32>
    var indexMask: Int

    /// - Parameters:
    ///   - scratchBytes: room for the strings of one evaluation.
    ///   - scratchStrings: how many of them there may be.
    public init(scratchBytes: Int = 65_536, scratchStrings: Int = 256) {
        unsafe interned = Region(bytes: 4096, strings: 256)
        unsafe temporary = Region(bytes: scratchBytes, strings: scratchStrings)
        indexMask = 511
        unsafe index = zeroed(512)
    }

    deinit {
        unsafe interned.free()
        unsafe temporary.free()
        unsafe Glibc.free(index)
    }

    /// How many strings are interned.
    public var count: Int { unsafe interned.entryCount }

    /// The symbol of a string, which is stored if it is new. Clears the scratch region.
    public mutating func intern(_ text: String) -> Symbol {
        intern(Array(text.utf8))
    }

    /// The symbol of a string given as UTF-8.
    public mutating func intern(_ bytes: [UInt8]) -> Symbol {
        reserve(strings: 1, bytes: bytes.count)
        clearScratch()
        guard let symbol = keep(bytes.span, 0, bytes.count) else {
            preconditionFailure("room for one string was reserved")
        }
        return symbol
    }

    /// The string of a symbol.
    public func text(of symbol: Symbol) -> String {
        let entry = entry(of: symbol)
        let start = unsafe base(of: symbol) + Int(entry.offset)
        return unsafe String(
            decoding: UnsafeBufferPointer(start: start, count: Int(entry.length)), as: UTF8.self)
    }

    /// Makes room for strings to come, so that `keep` can store them.
    public mutating func reserve(strings: Int, bytes: Int) {
        let entries = unsafe interned.entryCount + strings
        if unsafe entries > interned.entryCapacity { growEntries(to: entries) }
        let total = unsafe interned.byteCount + bytes
        if unsafe total > interned.byteCapacity { growBytes(to: total) }
        if entries * 2 > indexMask { rebuildIndex(for: entries) }
    }

    private mutating func growEntries(to needed: Int) {
        let capacity = unsafe max(needed, interned.entryCapacity * 2)
        let grown = UnsafeMutablePointer<Entry>.allocate(capacity: capacity)
        unsafe grown.initialize(from: interned.entries, count: interned.entryCount)
        unsafe interned.entries.deallocate()
        unsafe interned.entries = grown
        unsafe interned.entryCapacity = capacity
    }

    private mutating func growBytes(to needed: Int) {
        let capacity = unsafe max(needed, interned.byteCapacity * 2)
        let grown: UnsafeMutablePointer<UInt8> = unsafe zeroed(capacity + 8)
        unsafe grown.update(from: interned.bytes, count: interned.byteCount)
        unsafe Glibc.free(interned.bytes)
        unsafe interned.bytes = grown
        unsafe interned.byteCapacity = capacity
    }

    private mutating func rebuildIndex(for entries: Int) {
        var size = 512
        while size < entries * 4 { size *= 2 }
        unsafe Glibc.free(index)
        unsafe index = zeroed(size)
        indexMask = size - 1
        for number in unsafe 0..<interned.entryCount {
            let hash = unsafe interned.entries[number].hash
            unsafe index[freePlace(for: hash)] = UInt32(number + 1)
        }
    }
}

/// Room for integers, all 0. Large room costs no memory before it is used: its pages come from the
/// kernel, which zeroes them when they are touched.
@unsafe
private func zeroed<Integer: FixedWidthInteger>(_ count: Int) -> UnsafeMutablePointer<Integer> {
    guard let room = unsafe calloc(count, MemoryLayout<Integer>.stride) else {
        fatalError("no memory for \(count) integers")
    }
    return unsafe room.bindMemory(to: Integer.self, capacity: count)
}
