import CEL
import Cells
import Domain
import Scoring
import Tasking

// Stage 5: alert → rule hits.
//
// Fills the slots that conditions read, then asks only the rules routed to the alert's kind. Says
// no with `noRule` (counted); errors in conditions are counted per rule. A test alert stops here:
// it never touches a score and never reaches dispatch.

extension Walk {
    @_noAllocation @_noLocks
    package mutating func match() {
        hits.clear()
        changes.clear()
        announcements.clear()
        if sighting.status == .test {
            counters.testAlerts &+= 1
            return
        }
        fillAlert()
        fillCell()
        fillFacts()
        fillContext(cell: sighting.cell, at: sighting.time)
        let passed = rules.match(sighting, board: board, timers: &timers, hits: &hits)
        if passed == 0 {
            counters.noRule &+= 1
        } else {
            counters.matched &+= 1
            tasks.recent.remember(sighting, id: alert)
        }
    }

    @_noAllocation @_noLocks
    private mutating func set(_ slot: RuleSlot, _ value: Slot) {
        rules.slots[Int(slot.rawValue)] = value
    }

    @_noAllocation @_noLocks
    private mutating func fillAlert() {
        set(.alertKind, symbols.kind(sighting.kind))
        set(.alertSource, admission.states[sighting.source.int].symbol)
        set(.alertSeverity, Slot.int(Int64(alert.severity.rawValue)))
        set(.alertState, symbols.state(alert.state))
        set(.alertStatus, symbols.status(alert.status))
        let present = alert.present
        set(.alertUrgency, present.contains(.urgency) ? symbols.urgency(alert.urgency) : Slot())
        set(.alertConfidence, present.contains(.confidence) ? .double(alert.confidence) : Slot())
        let value = alert.measureCount > 0 ? Slot.double(alert.measures[0].value) : Slot()
        set(.alertValue, value)
        let limit = alert.measureCount > 0 ? alert.measures[0].limit : Double.nan
        set(.alertLimit, limit.isNaN ? Slot() : .double(limit))
        set(.alertCount, present.contains(.count) ? Slot.int(Int64(alert.count)) : Slot())
        set(.alertTime, Slot.timestamp(nanoseconds: sighting.time.nanoseconds))
    }

    /// The cell's facts.
    @_noAllocation @_noLocks
    mutating func fillCell() {
        let cell = sighting.cell
        let path = symbols.path(cell)
        set(.alertCell, path)
        set(.cellCode, path)
        set(.cellName, symbols.name(cell))
        set(.cellLevel, symbols.level(grid.level(of: cell)))
        let parent = grid.parent(of: cell)
        set(.cellParent, parent.index == .max ? Slot() : symbols.path(parent))
        set(.cellPopulation, Slot.int(Int64(grid.population(of: cell))))
        set(.cellVulnerability, .double(grid.vulnerability(of: cell)))
        set(.cellAccess, .double(grid.access(of: cell)))
        set(.cellUse, symbols.use(cell))
        set(.cellDedicated, .bool(symbols.isDedicated(cell)))
        var area = 0
        while area < symbols.areaCount {
            rules.slots[rules.table.firstArea + area] = symbols.area(area, cell)
            area += 1
        }
    }

    /// What belongs to no alert and is never kept with one: the moment, the mode, and the scores of
    /// the cell and of the city as they stood before it.
    @_noAllocation @_noLocks
    mutating func fillContext(cell: CellID, at now: Timestamp) {
        set(.now, Slot.timestamp(nanoseconds: now.nanoseconds))
        rules.mode = mode(of: cell)
        set(.mode, symbols.mode(rules.mode))
        fillStandings(cell, .scorePoliticalSecurity, .warningPoliticalSecurity)
        fillStandings(CellID(0), .cityScorePoliticalSecurity, .cityWarningPoliticalSecurity)
    }

    /// The standings of a cell in all categories, from two first slots on.
    @_noAllocation @_noLocks
    private mutating func fillStandings(_ cell: CellID, _ scores: RuleSlot, _ warnings: RuleSlot) {
        var category = 0
        while category < Category.count {
            let standing = board.standing(cell, Walk.category(category))
            rules.slots[Int(scores.rawValue) + category] = .double(standing.score.points)
            rules.slots[Int(warnings.rawValue) + category] =
                .int(Int64(standing.warning.rawValue))
            category += 1
        }
    }

    @_noAllocation @_noLocks
    static func category(_ index: Int) -> Category {
        switch index {
        case 0: .politicalSecurity
        case 1: .publicOrder
        case 2: .socialConflict
        case 3: .publicSafety
        default: .cyberSecurity
        }
    }
}
