public import CEL
import Domain

/// How a row is found: by its look-up and its key.
enum RowKey {
    @_noAllocation @_noLocks
    static func hash(lookup: Int, _ key: UInt64) -> UInt64 {
        var hash = StableHash(seed: UInt64(truncatingIfNeeded: lookup) &+ 1)
        hash.combine(key)
        return hash.value
    }
}

extension RuleTable {
    /// Fills the columns of all look-ups for the values in their join slots; absent where a table
    /// has no such row.
    @_noAllocation @_noLocks
    public func fillColumns(_ slots: inout SlotFrame) {
        var number = 0
        while number < lookupCount {
            let key = slots[Int(lookups[number].join)]
            let place =
                key.isPresent
                ? rowIndex.find(RowKey.hash(lookup: number, memory.symbols.identity(of: key)))
                : -1
            fillColumns(&slots, number, place)
            number += 1
        }
    }

    /// Fills the columns of one look-up from the row at `place` in `rows`; -1: there is none.
    @_noAllocation @_noLocks
    public func fillColumns(_ slots: inout SlotFrame, _ number: Int, _ place: Int) {
        let plan = lookups[number]
        var column = 0
        while column < plan.columnCount {
            slots[Int(plan.columns[column])] = place < 0 ? Slot() : rows[place + 1 + column]
            column += 1
        }
    }
}
