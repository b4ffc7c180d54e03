import CEL
import Domain
import Scoring

// Who withholds whose tasks. Looked at when a task is decided, and again when something that
// withheld has ended.

extension TaskBoard {
    /// What the hit in the slots has in common with others, for inhibits.
    @_noAllocation @_noLocks
    func sameValues(_ rules: borrowing RuleMatcher) -> SameValues {
        var values = SameValues(repeating: 0)
        var place = 0
        while place < table.sameSlotCount {
            values[place] = rules.identity(inSlot: table.sameSlots[place])
            place += 1
        }
        return values
    }

    /// The values that an inhibit compares, as one; nil where one of them is missing.
    @_noAllocation @_noLocks
    private func value(_ inhibit: Int, _ values: SameValues) -> UInt64? {
        var hash = StableHash(seed: UInt64(truncatingIfNeeded: inhibit) &+ 1)
        var part = 0
        while part < table.inhibits[inhibit].sameCount {
            let slot = table.inhibits[inhibit].same[part]
            var place = 0
            while table.sameSlots[place] != slot { place += 1 }
            if values[place] == 0 { return nil }
            hash.combine(values[place])
            part += 1
        }
        return hash.value
    }

    /// Notes what a hit of an inhibit's source means: its key stands raised, or no more.
    @_noAllocation @_noLocks
    mutating func noteSource(
        _ hit: RuleHit, task hash: UInt64, _ rules: borrowing RuleMatcher,
        _ tree: borrowing CellTree
    ) {
        guard hit.key != .max, hit.transition != .pulse else { return }
        let ends = hit.transition.isEnd
        var inhibit = 0
        while inhibit < table.inhibitCount {
            if table.inhibits[inhibit].source == hit.rule {
                let number = UInt16(truncatingIfNeeded: inhibit)
                let value = ends ? nil : value(inhibit, sourceValues(hit, rules, tree))
                if let value {
                    let source = Inhibitor(
                        inhibit: number, rule: hit.rule, key: hit.key, cell: hit.cell, task: hash,
                        value: value, next: 0, previous: 0)
                    if inhibitors.activate(source) { needsReview = true }
                } else {
                    if inhibitors.deactivate(number, key: hit.key) { needsReview = true }
                }
            }
            inhibit += 1
        }
    }

    /// A source whose cell has others below it is their parent: where `cell.parent` is compared,
    /// its own cell stands for it, so that a district's task withholds those of its streets. A
    /// source in a leaf is a sibling, and its parent stands for it.
    @_noAllocation @_noLocks
    private func sourceValues(
        _ hit: RuleHit, _ rules: borrowing RuleMatcher, _ tree: borrowing CellTree
    ) -> SameValues {
        var values = sameValues(rules)
        if tree.isLeaf(hit.cell) { return values }
        var place = 0
        while place < table.sameSlotCount {
            if table.sameSlots[place] == RuleSlot.cellParent.rawValue {
                values[place] = rules.identity(inSlot: RuleSlot.cellCode.rawValue)
            }
            place += 1
        }
        return values
    }

    /// Why a task must not be told of at `now`: a silence, or an inhibit whose source is raised.
    @_noAllocation @_noLocks
    func withholding(
        _ task: Int, at now: Timestamp, _ rules: borrowing RuleMatcher,
        _ board: borrowing ScoreBoard
    ) -> Withholding {
        let state = states[task]
        let category = table.plans[Int(state.plan)].category
        let silence = silences.first(
            state.rule, category, state.kind, (state.cell, now), board.tree)
        if silence >= 0 { return Withholding(.silence, silence) }
        var inhibit = 0
        while inhibit < table.inhibitCount {
            if targets(inhibit, task, category) {
                if let value = value(inhibit, values[task]) {
                    if isInhibited(task, by: value, inhibit, rules, board) {
                        return Withholding(.inhibit, inhibit)
                    }
                }
            }
            inhibit += 1
        }
        return Withholding(.nothing, 0)
    }

    @_noAllocation @_noLocks
    private func targets(_ inhibit: Int, _ task: Int, _ category: Category) -> Bool {
        let plan = table.inhibits[inhibit]
        if plan.target != RuleID(0xFFFF) {
            if plan.target != states[task].rule { return false }
        }
        if let only = plan.targetCategory {
            if only != category { return false }
        }
        guard let below = plan.below else { return true }
        return states[task].priority.rawValue > below.rawValue
    }

    /// Whether a key with this value stands raised, at the warning that is asked for, and is not
    /// what the task itself came from.
    @_noAllocation @_noLocks
    private func isInhibited(
        _ task: Int, by value: UInt64, _ inhibit: Int, _ rules: borrowing RuleMatcher,
        _ board: borrowing ScoreBoard
    ) -> Bool {
        var entry = inhibitors.first(value)
        while entry >= 0 {
            let source = inhibitors.inhibitor(entry)
            let isSame = source.rule == states[task].rule && source.key == states[task].key
            if !isSame && source.task != states[task].hash {
                if rules.isRaised(source.rule, key: source.key) {
                    if stands(source, at: table.inhibits[inhibit].sourceWarning, rules, board) {
                        return true
                    }
                }
            }
            entry = inhibitors.next(entry)
        }
        return false
    }

    /// Whether the source's cell stands at a warning level in the category of the source's task, or
    /// where it has none of its first score.
    @_noAllocation @_noLocks
    private func stands(
        _ source: Inhibitor, at level: WarningLevel, _ rules: borrowing RuleMatcher,
        _ board: borrowing ScoreBoard
    ) -> Bool {
        if level == .none { return true }
        let rule = rules.table.rules[source.rule.int]
        if rule.task >= 0 {
            let category = table.plans[rule.task].category
            return board.standing(source.cell, category).warning.rawValue >= level.rawValue
        }
        if rule.scoreCount == 0 { return false }
        let category = rules.table.scores[rule.firstScore].category
        return board.standing(source.cell, category).warning.rawValue >= level.rawValue
    }
}
