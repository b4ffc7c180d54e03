/// A 64-bit hash that is the same in every process and on every machine, for names, keys and ids.
///
/// Two multiplications a word with a folded 128-bit product (the wyhash construction). It resists
/// accidents, not adversaries: tables that strangers can fill have a bounded probe length.
public struct StableHash: Sendable, BitwiseCopyable {
    public var state: UInt64

    /// The seed is mixed before the first word: of two small numbers, each may be seed or word, and
    /// the pairs must stay apart.
    @inlinable @_noAllocation @_noLocks
    public init(seed: UInt64 = 0) {
        state = StableHash.fold(seed ^ 0xA076_1D64_78BD_642F, 0x589D_5A95_1F22_9B0B)
    }

    @inlinable @_noAllocation @_noLocks public mutating func combine(_ word: UInt64) {
        state = StableHash.fold(state ^ word, 0xE703_7ED1_A0B4_28DB)
    }

    /// Adds `bytes[start..<end]` and its length.
    @inlinable
    public mutating func combine<Bytes: ByteSource & ~Copyable & ~Escapable>(
        _ bytes: borrowing Bytes, _ start: Int, _ end: Int
    ) {
        var at = start
        while at &+ 8 <= end {
            combine(bytes.word(at: at))
            at &+= 8
        }
        var word: UInt64 = 0
        var shift: UInt64 = 0
        while at < end {
            word |= UInt64(bytes.byte(at: at)) &<< shift
            shift &+= 8
            at &+= 1
        }
        combine(word ^ (UInt64(truncatingIfNeeded: end &- start) &<< 56))
    }

    /// The finished hash; more may still be combined afterwards.
    @inlinable public var value: UInt64 { StableHash.fold(state, 0x8EBC_6AF0_9C88_C6E3) }

    @inlinable @_noAllocation @_noLocks static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }
}
