public import CEL
public import Domain

extension RuleMatcher {
    /// Brings the windows of a hit back into the slots, so that the rule's expressions can be evaluated.
    @_noAllocation @_noLocks
    public mutating func restore(_ hit: RuleHit) {
        var window = 0
        while window < 8 {
            slots[RuleSlot.firstWindow + window] = hit.windows[window]
            window += 1
        }
    }

    /// A number that a rule's expression gives over the slots; nil, counted, when it fails or is not finite.
    @_noAllocation @_noLocks
    public mutating func number(_ condition: Condition, for rule: RuleID) -> Double? {
        let value = table.library.evaluate(table.programs[Int(condition.index)], slots).number
        if value.isFinite { return value }
        counters[rule.int].errors &+= 1
        return nil
    }

    /// Journal positions of the latest alerts that a key took in, latest first; 0 is none.
    @_noAllocation @_noLocks
    public func recentAlerts(_ key: Int) -> [6 of UInt64] { keys[key].recent }
}
