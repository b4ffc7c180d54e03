// String functions on symbols: bytes compared in place.
extension SymbolTable {
    @_noAllocation @_noLocks
    func entry(of symbol: Symbol) -> Entry {
        symbol.isScratch
            ? unsafe temporary.entries[Int(symbol.rawValue & 0x7FFF_FFFF)]
            : unsafe interned.entries[Int(symbol.rawValue)]
    }

    @_noAllocation @_noLocks
    func base(of symbol: Symbol) -> UnsafeMutablePointer<UInt8> {
        symbol.isScratch ? unsafe temporary.bytes : unsafe interned.bytes
    }

    @_noAllocation @_noLocks
    func hasPrefix(_ text: Symbol, _ prefix: Symbol) -> Bool {
        let (whole, part) = (entry(of: text), entry(of: prefix))
        if part.length > whole.length { return false }
        return unsafe isEqual(
            base(of: text) + Int(whole.offset), base(of: prefix) + Int(part.offset),
            Int(part.length))
    }

    @_noAllocation @_noLocks
    func hasSuffix(_ text: Symbol, _ suffix: Symbol) -> Bool {
        let (whole, part) = (entry(of: text), entry(of: suffix))
        if part.length > whole.length { return false }
        let start = unsafe base(of: text) + Int(whole.offset + whole.length - part.length)
        return unsafe isEqual(start, base(of: suffix) + Int(part.offset), Int(part.length))
    }

    /// Looks at eight places at once: a place is worth comparing when its byte is the part's first
    /// and the byte at the part's length is its last.
    @_noAllocation @_noLocks
    func contains(_ text: Symbol, _ part: Symbol) -> Bool {
        let (whole, needle) = (entry(of: text), entry(of: part))
        let length = Int(needle.length)
        if length == 0 { return true }
        if needle.length > whole.length { return false }
        let start = unsafe base(of: text) + Int(whole.offset)
        let wanted = unsafe base(of: part) + Int(needle.offset)
        let first = UInt64(unsafe wanted[0]) &* 0x0101_0101_0101_0101
        let last = UInt64(unsafe wanted[length - 1]) &* 0x0101_0101_0101_0101
        let places = Int(whole.length) - length + 1
        var place = 0
        while place < places {
            let differs =
                unsafe (word(start + place) ^ first) | (word(start + place + length - 1) ^ last)
            // Marks the high bit of every zero byte; bytes above one may be marked falsely.
            var candidates = (differs &- 0x0101_0101_0101_0101) & ~differs & 0x8080_8080_8080_8080
            while candidates != 0 {
                let candidate = place + candidates.trailingZeroBitCount / 8
                if candidate >= places { return false }
                if unsafe isEqual(start + candidate, wanted, length) { return true }
                candidates &= candidates &- 1
            }
            place += 8
        }
        return false
    }

    /// -1, 0 or 1 by Unicode scalars, which is the order of UTF-8 bytes.
    @_noAllocation @_noLocks
    func order(_ left: Symbol, _ right: Symbol) -> Int {
        if left == right { return 0 }
        let (first, second) = (entry(of: left), entry(of: right))
        let a = unsafe base(of: left) + Int(first.offset)
        let b = unsafe base(of: right) + Int(second.offset)
        var offset = 0
        while offset < Int(first.length) {
            if offset == Int(second.length) { return 1 }
            let (x, y) = unsafe (a[offset], b[offset])
            if x != y { return x < y ? -1 : 1 }
            offset += 1
        }
        return -1
    }

    /// Reads up to seven bytes beyond the text: regions are padded.
    @_noAllocation @_noLocks @inline(__always)
    private func word(_ address: UnsafeMutablePointer<UInt8>) -> UInt64 {
        unsafe UnsafeRawPointer(address).loadUnaligned(as: UInt64.self)
    }

    @_noAllocation @_noLocks @inline(__always)
    private func isEqual(
        _ left: UnsafeMutablePointer<UInt8>, _ right: UnsafeMutablePointer<UInt8>, _ count: Int
    ) -> Bool {
        var offset = 0
        while offset < count {
            if unsafe left[offset] != right[offset] { return false }
            offset += 1
        }
        return true
    }
}
