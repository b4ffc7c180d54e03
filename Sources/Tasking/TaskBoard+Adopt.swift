public import Domain
public import Scoring

// Tasks under other rules. Not on the hot path: it runs once a reload.

extension TaskBoard {
    /// Goes on under another table. Tasks stay; a task whose rule's state began anew no longer
    /// stands for the keys that raised it, so it closes with the next one that clears, or by hand.
    ///
    /// - Parameter keys: by old number of a key its new one, -1 where it was dropped.
    public mutating func takeOver(
        _ table: consuming TaskTable, _ rules: borrowing RuleMatcher, _ renumbering: Renumbering,
        keys: [Int], firstTimer: Int
    ) {
        var before = table
        swap(&self.table, &before)
        goOn(after: before, rules, renumbering, keys: keys, firstTimer: firstTimer)
    }

    /// Takes over the tasks of another board, but for its table. This one's own are gone.
    public mutating func takeOver(
        _ old: inout TaskBoard, _ rules: borrowing RuleMatcher, _ renumbering: Renumbering,
        keys: [Int], firstTimer: Int
    ) {
        swap(&self, &old)
        swap(&table, &old.table)
        goOn(after: old.table, rules, renumbering, keys: keys, firstTimer: firstTimer)
    }

    private mutating func goOn(
        after before: borrowing TaskTable, _ rules: borrowing RuleMatcher,
        _ renumbering: Renumbering, keys: [Int], firstTimer: Int
    ) {
        let places = sameSlotPlaces(in: before)
        self.firstTimer = firstTimer
        inhibitors = Inhibitors()
        for task in 0..<used {
            let rule = renumbering.rule(states[task].rule)
            let plan = rule == .none ? -1 : rules.table.rules[rule.int].task
            guard plan >= 0 else {
                forget(task)
                continue
            }
            if !renumbering.keepsState[states[task].rule.int] { states[task].raisedKeys = 0 }
            states[task].rule = rule
            states[task].plan = UInt32(truncatingIfNeeded: plan)
            states[task].kind = renumbering.kind(states[task].kind)
            forgetAnswering(task)
            let key = states[task].key == .max ? -1 : keys[Int(states[task].key)]
            states[task].key = key < 0 ? .max : UInt32(truncatingIfNeeded: key)
            let old = values[task]
            for place in 0..<places.count {
                values[task][place] = places[place] < 0 ? 0 : old[places[place]]
            }
        }
        needsReview = true
    }

    /// By place of a slot that the new table's inhibits compare, its place in the old one; -1 where
    /// it was not compared.
    private func sameSlotPlaces(in old: borrowing TaskTable) -> [Int] {
        var places: [Int] = []
        for place in 0..<table.sameSlotCount {
            let slot = table.sameSlots[place]
            var found = -1
            for other in 0..<old.sameSlotCount where old.sameSlots[other] == slot { found = other }
            places.append(found)
        }
        return places
    }
}

extension TaskBoard {
    /// Notes again that a key stands raised, for what it inhibits; its facts are in the slots.
    public mutating func note(
        _ hit: RuleHit, rules: borrowing RuleMatcher, tree: borrowing CellTree
    ) {
        let plan = rules.plan(hit.rule).task
        let key = plan < 0 ? .init(repeating: 0) : table.plans[plan].key
        let count = plan < 0 ? 0 : table.plans[plan].keyCount
        noteSource(hit, task: rules.stableHash(of: key, count, hit.rule), rules, tree)
    }

    /// Takes a task off the board whose rule has no task any more: nobody could say who answers.
    private mutating func forget(_ task: Int) {
        if index.find(states[task].hash) == task { index.remove(states[task].hash) }
        let incident = states[task].incident.low
        if incidents.find(incident) == task { incidents.remove(incident) }
        states[task].plan = 0
        states[task].rule = RuleID(0)
        guard states[task].isOpen else { return }
        unlist(task)
        states[task].isOpen = false
        openCount -= 1
    }
}

extension TaskBoard {
    /// Sees to it that no task bears a revision again that somebody was told under it.
    public mutating func raiseRevisions(to revisions: [TaskID: UInt32]) {
        for task in 0..<used {
            guard let told = revisions[states[task].incident] else { continue }
            states[task].revision = max(states[task].revision, told)
        }
    }
}
