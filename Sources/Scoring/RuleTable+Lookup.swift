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

    /// Whether the roster has a row for the value in its join slot that reports by itself: it has a
    /// period, or the table knows none.
    @_noAllocation @_noLocks
    func owesReports(_ roster: Int, _ slots: borrowing SlotFrame) -> Bool {
        let plan = lookups[roster]
        let key = slots[Int(plan.join)]
        if !key.isPresent { return false }
        let place = rowIndex.find(
            RowKey.hash(lookup: roster, memory.symbols.identity(of: key)))
        return place >= 0 && owesReports(roster, row: place)
    }

    /// The same of the row at `place` in `rows`.
    @_noAllocation @_noLocks
    public func owesReports(_ roster: Int, row place: Int) -> Bool {
        let period = lookups[roster].period
        return period < 0 || rows[place + 1 + period].isPresent
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
