import CEL
import Domain
import Scoring

// What conditions can read besides the fields that every alert has: what its sender added, and what
// the catalog's tables know of it.

extension Walk {
    /// How many strings of senders' own can be told apart; those of all rules are known before.
    static var factStringsMax: Int { 65_536 }

    /// Fills the slots of attributes and of the tables' columns. Comes after the alert's and the
    /// cell's own slots, which tables are joined by.
    @_noAllocation @_noLocks
    mutating func fillFacts() {
        var number = 0
        while number < rules.table.attributes.count {
            rules.slots[RuleSlot.firstAttribute + number] = attribute(number)
            number += 1
        }
        let unit = alert.measureCount > 0 ? alert.measures[0].unit : TextRange(start: 0, length: 0)
        rules.slots[Int(RuleSlot.alertUnit.rawValue)] = unit.isEmpty ? Slot() : string(unit)
        if rules.table.lookupCount > 0 { rules.table.fillColumns(&rules.slots) }
    }

    /// What the alert has for an attribute that some rule reads; absent when it has none.
    @_noAllocation @_noLocks
    private mutating func attribute(_ number: Int) -> Slot {
        var place = 0
        while place < alert.attributeCount {
            let entry = alert.attributes[place]
            let (first, end) = (entry.name.first, entry.name.end)
            if rules.table.attributes.equals(number, alert.texts, first, end) {
                return value(of: entry)
            }
            place += 1
        }
        return Slot()
    }

    @_noAllocation @_noLocks
    private mutating func value(of entry: AlertAttribute) -> Slot {
        switch entry.type {
        case .none: Slot()
        case .text: string(entry.text)
        case .number: .double(entry.number)
        case .truth: .bool(entry.number != 0)
        }
    }

    /// The symbol of one of the alert's texts, absent for a new one when no more can be told apart.
    @_noAllocation @_noLocks
    private mutating func string(_ range: TextRange) -> Slot {
        precondition(range.end <= alert.texts.capacity)
        let bytes = unsafe alert.texts.start + range.first
        if let symbol = unsafe rules.table.memory.symbols.find(bytes, range.count) {
            return .string(symbol)
        }
        if factStrings < Walk.factStringsMax {
            if let symbol = unsafe rules.table.memory.symbols.keep(bytes, range.count) {
                factStrings += 1
                return .string(symbol)
            }
        }
        counters.evicted &+= 1
        return Slot()
    }
}
