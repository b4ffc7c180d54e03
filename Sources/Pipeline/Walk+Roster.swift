import CEL
import Cells
public import Domain
import Scoring

// The rosters of those who owe a sign of life, and when listening begins.

extension Walk {
    /// Listening begins at `time`, or begins again: at the start, at a reload, or when nothing was
    /// taken in for a while. Nobody is silent before their rule's `settle` is over.
    ///
    /// The first moment that a walk comes to begins it without being told.
    @_noAllocation @_noLocks
    public mutating func noteGap(at time: Timestamp) {
        rules.listen(since: time)
        if isListening { return }
        isListening = true
        armRosters(at: time)
        var rule = 0
        while rule < rules.table.ruleCount {
            let reach = rules.table.reach(of: RuleID(rule))
            if reach > .zero { rules.warm(RuleID(rule), until: time + reach) }
            rule += 1
        }
    }

    /// Begins the watch over everybody on a roster who is not watched yet.
    @_noAllocation @_noLocks
    mutating func armRosters(at time: Timestamp) {
        var rule = 0
        while rule < rules.table.ruleCount {
            let plan = rules.plan(RuleID(rule))
            if plan.absence >= 0 && !plan.isRetired {
                let absence = rules.table.absences[plan.absence]
                if absence.arm == .roster && absence.roster >= 0 {
                    armRoster(absence.roster, of: RuleID(rule), at: time)
                }
            }
            rule += 1
        }
    }

    @_noAllocation @_noLocks
    private mutating func armRoster(_ number: Int, of rule: RuleID, at time: Timestamp) {
        let roster = rules.table.lookups[number]
        var place = roster.firstRow
        var row = 0
        while row < roster.rowCount {
            if rules.table.owesReports(number, row: place) {
                begin(cell: CellID(Int(rosterCells[place])), at: time)
                rules.slots[Int(roster.join)] = rules.table.rows[place]
                rules.table.fillColumns(&rules.slots)
                rules.expectKey(of: rule, sighting, deadlines: &deadlines)
            }
            place += 1 + roster.columnCount
            row += 1
        }
    }

    /// The facts of somebody of whom nothing but the place is known.
    @_noAllocation @_noLocks
    private mutating func begin(cell: CellID, at time: Timestamp) {
        sighting.sequence = 0
        sighting.kind = KindID(0xFFFF)
        sighting.source = SourceID(0xFFFF_FFFF)
        sighting.cell = cell
        sighting.time = time
        sighting.received = time
        sighting.path = .push
        sighting.status = .actual
        sighting.position = nil
        var slot = 0
        while slot < RuleSlot.keptCount {
            rules.slots[slot] = Slot()
            slot += 1
        }
        fillCell()
        fillContext(cell: cell, at: time)
    }

    /// For each row of each table, by its place, the cell that it stands in: its key's in a table
    /// of cells, else that of its column for cells; the root where neither says.
    static func rosterCells(_ table: borrowing RuleTable, _ grid: borrowing Grid) -> Table<UInt32> {
        var cells = Table<UInt32>(capacity: table.rows.capacity)
        for number in 0..<table.lookupCount {
            let plan = table.lookups[number]
            for row in 0..<plan.rowCount {
                let place = plan.firstRow + row * (1 + plan.columnCount)
                let cell = grid.find(text(plan.cell < 0 ? 0 : 1 + plan.cell, place, table))
                let isPlace = plan.cell >= 0 || plan.join == RuleSlot.alertCell.rawValue
                if isPlace && cell != .none { cells[place] = cell.index }
            }
        }
        return cells
    }

    private static func text(
        _ column: Int, _ place: Int, _ table: borrowing RuleTable
    ) -> String {
        let slot = table.rows[place + column]
        return slot.isString ? table.memory.symbols.text(of: slot.asSymbol) : ""
    }
}
