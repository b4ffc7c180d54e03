/// The hash of a string, fed byte by byte: words of eight bytes mixed by multiplication.
///
/// It is cheap, not hostile-proof: a table's probes are bounded by its strings, whose number the
/// host bounds.
struct StringHash: BitwiseCopyable {
    private var state: UInt64
    private var word: UInt64 = 0

    /// - Parameter count: the string's length in bytes.
    @_noAllocation @_noLocks @inline(__always)
    init(_ count: Int) {
        state = UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15
    }

    @_noAllocation @_noLocks @inline(__always)
    mutating func add(_ byte: UInt8, at offset: Int) {
        let shift = UInt64(truncatingIfNeeded: offset & 7) &* 8
        word |= UInt64(byte) &<< shift
        if shift == 56 {
            mix()
            word = 0
        }
    }

    @_noAllocation @_noLocks @inline(__always)
    private mutating func mix() {
        state = (state ^ word) &* 0xD6E8_FEB8_6659_FD93
        state ^= state &>> 32
    }

    /// The hash of what was added; the rest of the last word counts as a word.
    var value: UInt64 {
        @_noAllocation @_noLocks @inline(__always)
        get {
            var last = self
            last.mix()
            return last.state
        }
    }
}
