import CEL
public import Domain
public import Scoring

// Looking at a walk from outside: for tests of rules and for explanations. Not on the hot path.

extension Walk {
    /// The score of a cell's category as it has decayed by `now`, with the level it stands at.
    public func standing(_ cell: CellID, _ category: Category, at now: Timestamp) -> Standing {
        Standing(
            board.score(cell, category, at: now), board.standing(cell, category).warning)
    }

    /// What a rule has done since the start.
    public func ruleCounters(_ rule: RuleID) -> RuleCounters { rules.counters(rule) }

    /// Where a rule stands for the key of these values, in the order of its `by`; idle for a key
    /// that it has never seen.
    public mutating func phase(of rule: RuleID, key values: [String]) -> RulePhase {
        let plan = rules.plan(rule)
        for (part, value) in values.enumerated() where part < plan.keyCount {
            let utf8 = Array(value.utf8)
            let symbol = rules.table.memory.symbols.find(utf8.span, 0, utf8.count)
            rules.slots[Int(plan.key[part])] = symbol.map { Slot.string($0) } ?? Slot()
        }
        return rules.phase(of: plan)
    }
}
