import Domain

/// Hashes of keys to the numbers of what they stand for: open addressing with removal.
///
/// A key is known by its 64-bit hash alone: among a million keys two share one with a chance of 3
/// in a hundred million.
public struct KeyIndex: ~Copyable, Sendable {
    struct Entry: BitwiseCopyable {
        var hash: UInt64
        var number: UInt32  // number + 1, 0 is free
    }
    private var entries: Table<Entry>
    private let mask: Int

    public init(capacity: Int) {
        var size = 16
        while size < capacity * 2 { size *= 2 }
        mask = size - 1
        entries = Table(capacity: size)
    }

    /// The number of the key with this hash, or -1.
    @_noAllocation @_noLocks
    public func find(_ hash: UInt64) -> Int {
        var at = Int(truncatingIfNeeded: hash) & mask
        while entries[at].number != 0 {
            if entries[at].hash == hash { return Int(entries[at].number) - 1 }
            at = (at + 1) & mask
        }
        return -1
    }

    /// Adds a key that is not there; the owner sees to it that there are never more than
    /// `capacity`.
    @_noAllocation @_noLocks
    public mutating func insert(_ hash: UInt64, _ number: Int) {
        var at = Int(truncatingIfNeeded: hash) & mask
        while entries[at].number != 0 { at = (at + 1) & mask }
        entries[at] = Entry(hash: hash, number: UInt32(truncatingIfNeeded: number + 1))
    }

    /// Removes a key and closes the gap, so that probing needs no tombstones.
    @_noAllocation @_noLocks
    public mutating func remove(_ hash: UInt64) {
        var gap = Int(truncatingIfNeeded: hash) & mask
        while entries[gap].hash != hash {
            if entries[gap].number == 0 { return }
            gap = (gap + 1) & mask
        }
        if entries[gap].number == 0 { return }
        var at = gap
        while true {
            at = (at + 1) & mask
            if entries[at].number == 0 { break }
            let home = Int(truncatingIfNeeded: entries[at].hash) & mask
            let distanceToGap = (gap - home) & mask
            let distanceToAt = (at - home) & mask
            if distanceToGap < distanceToAt {
                entries[gap] = entries[at]
                gap = at
            }
        }
        entries[gap] = Entry(hash: 0, number: 0)
    }
}
