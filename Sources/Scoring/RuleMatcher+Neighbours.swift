import CEL
import Domain

/// A value over neighbours on its way, in the order in which they are found.
struct NeighbourTally: BitwiseCopyable {
    private let plan: NeighbourPlan
    private var count = 0
    private var result = 0.0

    @_noAllocation @_noLocks
    init(_ plan: NeighbourPlan) { self.plan = plan }

    @_noAllocation @_noLocks
    mutating func add(_ value: Double) {
        switch plan.function {
        case .max: if count == 0 || value > result { result = value }
        case .min: if count == 0 || value < result { result = value }
        case .average, .sum: result += value
        case .count: if value >= plan.least { result += 1 }
        }
        count += 1
    }

    /// A whole number for `count`, else a double; absent or `empty` when no neighbour has a value.
    @_noAllocation @_noLocks
    func value() -> Slot {
        if plan.function == .count { return .int(Int64(result)) }
        if count == 0 { return plan.hasEmpty ? .double(plan.empty) : Slot() }
        return .double(plan.function == .average ? result / Double(count) : result)
    }
}

extension RuleMatcher {
    /// Fills the slots of the rule's neighbours for an alert in `cell`: scores and warnings as last
    /// committed, windows as they stand at `moment`.
    @_noAllocation @_noLocks
    mutating func fillNeighbours(
        _ plan: RulePlan, _ cell: CellID, _ board: borrowing ScoreBoard
    ) {
        var number = 0
        while number < plan.neighbourCount {
            let neighbour = table.neighbours[plan.firstNeighbour + number]
            slots[RuleSlot.firstNeighbour + number] = value(neighbour, plan, cell, board)
            number += 1
        }
    }

    @_noAllocation @_noLocks
    private mutating func value(
        _ neighbour: NeighbourPlan, _ plan: RulePlan, _ cell: CellID,
        _ board: borrowing ScoreBoard
    ) -> Slot {
        var tally = NeighbourTally(neighbour)
        let found = neighbourhood.find(around: cell, rings: neighbour.rings)
        var index = 1
        while index <= found {
            let near = neighbourhood.cell(index)
            var value = Double.nan
            switch neighbour.source {
            case .score: value = board.standing(near, neighbour.category).score.points
            case .warning:
                value = Double(board.standing(near, neighbour.category).warning.rawValue)
            case .window: value = windowValue(plan.firstWindow + neighbour.window, plan, near)
            }
            if !value.isNaN { tally.add(value) }
            index += 1
        }
        return tally.value()
    }

    /// A window of the rule's key for another cell, nothing changed there; NaN when it has no
    /// value. A cell that the rule has never seen has an empty window.
    @_noAllocation @_noLocks
    private mutating func windowValue(_ window: Int, _ plan: RulePlan, _ cell: CellID) -> Double {
        var hash = StableHash(seed: table.identities[plan.id.int])
        hash.combine(neighbourhood.identity(cell))
        let key = index.find(hash.value)
        guard key >= 0 else { return StateStore.emptyReading(table.windows[window]).value.number }
        return store.view(table.windows[window], place(window, key), moment).value.number
    }
}
