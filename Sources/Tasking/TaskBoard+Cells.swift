public import Domain
public import Scoring

// Tasks whose cells are others than before, because the grid is. Not on the hot path.
//
// A task keeps its incident and all that dispatch knows it by; what leads new alerts to it follows
// its cell.

extension TaskBoard {
    /// Tasks have the numbers below this, open and lately closed.
    public var taskCount: Int { used }

    /// Where a task's latest alert was, which one that was, and whether the task is still open.
    public func whereabouts(of task: Int) -> TaskWhereabouts {
        let state = states[task]
        return TaskWhereabouts(
            cell: state.cell, position: state.position, alert: state.evidence[0],
            isOpen: state.isOpen)
    }

    /// Says which number the cell of a task has now, and those of the cells that answer for it.
    public mutating func renumber(_ task: Int, to cell: CellID, _ cells: CellRenumbering) {
        states[task].cell = cell
        states[task].escalation.answering = cells.heir(of: states[task].escalation.answering)
        states[task].escalation.from = cells.heir(of: states[task].escalation.from)
    }

    /// Takes a task out of the index; `settle` puts it back. Gives whether it was there: one that
    /// another has replaced is not.
    public mutating func lift(_ task: Int) -> Bool {
        guard index.find(states[task].hash) == task else { return false }
        index.remove(states[task].hash)
        return true
    }

    /// Makes a task one of the cell whose facts stand in the slots, and has it told of.
    ///
    /// Where that cell has such a task already, both stay; alerts lead to the one that is open, or
    /// that was opened first.
    public mutating func settle(
        _ task: Int, in cell: CellID, isIndexed: Bool, at now: Timestamp,
        _ rules: borrowing RuleMatcher
    ) -> Decision {
        let plan = table.plans[Int(states[task].plan)]
        states[task].cell = cell
        states[task].parts = rules.moved(states[task].parts, of: plan.key, plan.keyCount)
        states[task].hash = rules.stableHash(
            of: states[task].parts, count: plan.keyCount, states[task].rule)
        for place in 0..<table.sameSlotCount where rules.table.isOfCell(table.sameSlots[place]) {
            values[task][place] = rules.identity(inSlot: table.sameSlots[place])
        }
        if isIndexed { enter(task) }
        guard states[task].isOpen, states[task].withheldPlace == 0 else { return .none }
        tell(task, at: now)
        return .updated
    }

    private mutating func enter(_ task: Int) {
        let other = index.find(states[task].hash)
        if other >= 0 {
            guard outranks(task, other) else { return }
            index.remove(states[task].hash)
        }
        index.insert(states[task].hash, task)
    }

    private func outranks(_ task: Int, _ other: Int) -> Bool {
        if states[task].isOpen != states[other].isOpen { return states[task].isOpen }
        return states[task].life.openedAt < states[other].life.openedAt
    }
}

/// Where a task is.
public struct TaskWhereabouts: Sendable {
    public var cell: CellID
    public var position: Position?
    /// The journal position of its latest alert; 0 for none.
    public var alert: UInt64
    public var isOpen: Bool
}

extension SilenceTable {
    /// The same over cells that are numbered anew.
    public func renumbered(_ cells: CellRenumbering) -> SilenceTable {
        var fresh: [SilencePlan] = []
        for number in 0..<count {
            var plan = plans[number]
            plan.area = cells.heir(of: plan.area)
            fresh.append(plan)
        }
        return SilenceTable(fresh, texts: (0..<texts.count).map { texts.text($0) })
    }
}
