import Domain
import Scoring

/// The values that inhibits compare, by their place in `TaskTable.sameSlots`; 0 is none.
typealias SameValues = [16 of UInt64]

/// A key of an inhibit's source rule that stands raised.
struct Inhibitor: BitwiseCopyable {
    var inhibit: UInt16
    var rule: RuleID
    var key: UInt32
    var cell: CellID
    /// The task that the key itself leads to: what it opens, it does not withhold.
    var task: UInt64
    /// What both sides must have the same, hashed with the inhibit.
    var value: UInt64
    /// Others with the same value. Number + 1, 0 is none.
    var next: UInt32
    var previous: UInt32
}

/// Which keys withhold what: found by what the task to be withheld has in common with them.
///
/// **Owner**: the task board. When all places are taken, another key inhibits nothing, counted.
struct Inhibitors: ~Copyable, Sendable {
    static var capacity: Int { 65_536 }
    private var entries = Table<Inhibitor>(capacity: Inhibitors.capacity)
    private var byValue = KeyIndex(capacity: Inhibitors.capacity)
    private var byKey = KeyIndex(capacity: Inhibitors.capacity)
    private var free: UInt32 = 0
    private var used = 0
    private(set) var dropped: UInt64 = 0

    @_noAllocation @_noLocks
    private static func hash(_ inhibit: UInt16, _ key: UInt32) -> UInt64 {
        var hash = StableHash(seed: UInt64(inhibit))
        hash.combine(UInt64(key))
        return hash.value
    }

    /// Notes that a key stands raised; true when it had with another value, which may release what
    /// that one withheld.
    @_noAllocation @_noLocks
    mutating func activate(_ inhibitor: Inhibitor) -> Bool {
        let hash = Inhibitors.hash(inhibitor.inhibit, inhibitor.key)
        let known = byKey.find(hash)
        if known >= 0 {
            if entries[known].value == inhibitor.value && entries[known].rule == inhibitor.rule {
                entries[known].cell = inhibitor.cell
                entries[known].task = inhibitor.task
                return false
            }
            _ = deactivate(inhibitor.inhibit, key: inhibitor.key)
        }
        let entry = take()
        guard entry >= 0 else {
            dropped &+= 1
            return false
        }
        entries[entry] = inhibitor
        entries[entry].next = 0
        entries[entry].previous = 0
        byKey.insert(hash, entry)
        link(entry)
        return known >= 0
    }

    /// Notes that a key stands raised no more; true when it had.
    @_noAllocation @_noLocks
    mutating func deactivate(_ inhibit: UInt16, key: UInt32) -> Bool {
        let hash = Inhibitors.hash(inhibit, key)
        let entry = byKey.find(hash)
        guard entry >= 0 else { return false }
        byKey.remove(hash)
        unlink(entry)
        entries[entry].next = free
        free = UInt32(truncatingIfNeeded: entry + 1)
        return true
    }

    /// The first with this value, or the one after `entry`; -1 at the end.
    @_noAllocation @_noLocks
    func first(_ value: UInt64) -> Int { byValue.find(value) }

    @_noAllocation @_noLocks
    func next(_ entry: Int) -> Int { Int(entries[entry].next) - 1 }

    @_noAllocation @_noLocks
    func inhibitor(_ entry: Int) -> Inhibitor { entries[entry] }

    @_noAllocation @_noLocks
    private mutating func take() -> Int {
        if free != 0 {
            let entry = Int(free) - 1
            free = entries[entry].next
            return entry
        }
        guard used < entries.capacity else { return -1 }
        used += 1
        return used - 1
    }

    /// The first of a value stays first: only it is known to the index.
    @_noAllocation @_noLocks
    private mutating func link(_ entry: Int) {
        let head = byValue.find(entries[entry].value)
        if head < 0 { return byValue.insert(entries[entry].value, entry) }
        let second = entries[head].next
        entries[entry].next = second
        entries[entry].previous = UInt32(truncatingIfNeeded: head + 1)
        entries[head].next = UInt32(truncatingIfNeeded: entry + 1)
        if second != 0 { entries[Int(second) - 1].previous = UInt32(truncatingIfNeeded: entry + 1) }
    }

    @_noAllocation @_noLocks
    private mutating func unlink(_ entry: Int) {
        let (next, previous) = (entries[entry].next, entries[entry].previous)
        if next != 0 { entries[Int(next) - 1].previous = previous }
        if previous != 0 {
            entries[Int(previous) - 1].next = next
            return
        }
        byValue.remove(entries[entry].value)
        if next != 0 { byValue.insert(entries[entry].value, Int(next) - 1) }
    }
}
