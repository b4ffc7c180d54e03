import Cells
import Domain
import Scoring
import Tasking

// Who answers for a task: the cell of the level on the responsibility list, or one above it, where
// the task has gone up or its severity asks for it.

extension Walk {
    /// Has the cell that answers for a task with this revision answer for it, and writes it down.
    @_noAllocation @_noLocks
    mutating func assign(_ task: Int) {
        let known = tasks.answering(task)
        let isNew = known.index == .max
        let level = Int(assignedLevels[tasks.plan(task)])
        let listed = ancestor(of: tasks.cell(of: task), level)
        var answering = isNew ? listed : known
        if tasks.isToEscalate(task) {
            let from = answering
            if answering.index != 0 { answering = grid.parent(of: answering) }
            goUp(task, from, answering, nil)
        }
        let least = ground.level(answeringFor: outlet.order.severity)
        let above = ancestor(of: answering, least)
        if above != answering {
            if !isNew { goUp(task, answering, above, .severity) }
            answering = above
        }
        tasks.assign(task, to: answering)
        outlet.order.writePlace(grid.paths, assigned: answering)
        if answering != listed { writeLevel(of: answering) }
        writeEscalation(task)
    }

    @_noAllocation @_noLocks
    private mutating func goUp(
        _ task: Int, _ from: CellID, _ answering: CellID, _ reason: EscalationReason?
    ) {
        if from != answering { counters.escalations &+= 1 }
        tasks.escalate(task, from: from, to: answering, because: reason)
    }

    /// A cell above the one on the list is of another level than the list says.
    @_noAllocation @_noLocks
    private mutating func writeLevel(of cell: CellID) {
        let start = outlet.order.texts.count
        outlet.order.texts.append(ground.names, grid.level(of: cell))
        outlet.order.level = OrderText(start, outlet.order.texts.count)
    }

    @_noAllocation @_noLocks
    private mutating func writeEscalation(_ task: Int) {
        tasks.writeEscalation(task, to: &outlet.order)
        let from = tasks.escalatedFrom(task)
        if from.index == .max { return }
        let start = outlet.order.texts.count
        outlet.order.texts.append(grid.paths.texts, from.int)
        outlet.order.handling.escalatedFrom = OrderText(start, outlet.order.texts.count)
    }

    /// The cell of a level, above `cell` in the tree; the cell itself where there is none, or where
    /// the level is below 0.
    @_noAllocation @_noLocks
    private func ancestor(of cell: CellID, _ level: Int) -> CellID {
        var place = cell
        while level >= 0 && grid.level(of: place) > level { place = grid.parent(of: place) }
        return place
    }
}

extension Walk {
    /// Levels that the catalog has answer and that this grid does not have: there the cell itself
    /// answers, or for a severity any level. Not on the hot path.
    public var missingLevels: [String] {
        var missing = Set<String>()
        for plan in 0..<tasks.table.planCount where assignedLevels[plan] < 0 {
            missing.insert(tasks.table.texts.text(tasks.table.plans[plan].level))
        }
        for case let level? in tasks.table.policy.answering.indices.map({
            tasks.table.policy.answering[$0]
        }) where !grid.levelNames.contains(level) {
            missing.insert(level)
        }
        return missing.subtracting([""]).sorted()
    }
}
