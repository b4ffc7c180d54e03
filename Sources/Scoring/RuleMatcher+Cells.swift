import CEL
public import Domain

// Keys whose cells are others than before, because the grid is. Not on the hot path: it runs once
// for each key when a grid is replaced.
//
// First all keys whose cell has another path are lifted out of the index, then they are put back
// one by one: two cells may have exchanged their paths.

extension RuleMatcher {
    /// Whether a key is in use.
    public func isInUse(_ key: Int) -> Bool { index.find(keys[key].hash) == key }

    /// Where an alert was that a key keeps: one that is not idle, or waits in order.
    public func keptSighting(_ key: Int) -> Sighting? { keepsAlert(key) ? kept[key].sighting : nil }

    private func keepsAlert(_ key: Int) -> Bool {
        let plan = table.rules[keys[key].rule.int]
        return keys[key].phase != .idle || plan.isOrdered || plan.isFoldTarget
    }

    /// Takes a key out of the index; `settle` puts it back.
    public mutating func lift(_ key: Int) { index.remove(keys[key].hash) }

    /// Says which number the cell of a key has now.
    public mutating func renumber(_ key: Int, to cell: CellID) {
        keys[key].cell = cell
        if keepsAlert(key) { kept[key].sighting.cell = cell }
    }

    /// Puts a lifted key back as one of the cell whose facts stand in the slots.
    ///
    /// Where that cell has such a key already, the one that stands raised stays, else the one that
    /// took in the later alert; gives false then.
    public mutating func settle(
        _ key: Int, in cell: CellID, timers: inout TimerQueue, deadlines: inout TimerQueue
    ) -> Bool {
        let rule = table.rules[keys[key].rule.int]
        keyParts[key] = moved(keyParts[key], of: rule.key, rule.keyCount)
        let hash = stableHash(of: keyParts[key], count: rule.keyCount, rule.id)
        if patterns[key].hash == keys[key].hash { patterns[key].hash = hash }
        keys[key].hash = hash
        renumber(key, to: cell)
        if keepsAlert(key) { takeCellFacts(key) }
        let other = index.find(hash)
        guard other >= 0 else {
            index.insert(hash, key)
            return true
        }
        if outranks(key, other) {
            index.remove(hash)
            index.insert(hash, key)
            giveUp(other, &timers, &deadlines)
        } else {
            giveUp(key, &timers, &deadlines)
        }
        return false
    }

    private mutating func takeCellFacts(_ key: Int) {
        for slot in 0..<RuleSlot.keptCount where table.isOfCell(UInt8(slot)) {
            kept[key].slots[slot] = slots[slot]
        }
    }

    private func outranks(_ key: Int, _ other: Int) -> Bool {
        let (mine, theirs) = (keys[key].phase != .idle, keys[other].phase != .idle)
        return mine == theirs ? keys[key].high > keys[other].high : mine
    }

    /// Leaves a key to be evicted: nothing finds it any more.
    private mutating func giveUp(
        _ key: Int, _ timers: inout TimerQueue, _ deadlines: inout TimerQueue
    ) {
        keys[key].phase = .idle
        keys[key].hash = 0
        patterns[key].hash = 1
        timers.cancel(key)
        deadlines.cancel(key)
        if absences.states[key].group > 0 { absences.leave(key) }
    }
}

extension ReorderBuffer {
    /// How many alerts wait; they have the places below this.
    public var waitingCount: Int { count }

    /// What is known of an alert that waits.
    public func sighting(waiting index: Int) -> Sighting { alerts[Int(heap[index])].sighting }

    /// Makes an alert that waits one of the cell whose facts stand in the rules' slots.
    public mutating func settle(
        waiting index: Int, in cell: CellID, _ rules: borrowing RuleMatcher
    ) {
        let place = Int(heap[index])
        alerts[place].sighting.cell = cell
        for slot in 0..<RuleSlot.keptCount where rules.table.isOfCell(UInt8(slot)) {
            alerts[place].slots[slot] = rules.slots[slot]
        }
    }
}
