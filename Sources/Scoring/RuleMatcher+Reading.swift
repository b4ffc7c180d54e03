import CEL
public import Domain

extension RuleMatcher {
    /// Brings the windows of a hit back into the slots, so that the rule's expressions can be
    /// evaluated.
    @_noAllocation @_noLocks
    public mutating func restore(_ hit: RuleHit) {
        var window = 0
        while window < 8 {
            slots[RuleSlot.firstWindow + window] = hit.windows[window]
            window += 1
        }
        restorePattern(hit)
    }

    /// A number that a rule's expression gives over the slots; nil, counted, when it fails or is
    /// not finite.
    @_noAllocation @_noLocks
    public mutating func number(_ condition: Condition, for rule: RuleID) -> Double? {
        let value = evaluate(condition).number
        if value.isFinite { return value }
        counters[rule.int].errors &+= 1
        return nil
    }

    /// How sure the evidence of a hit is: what its rule's score says, else the alert's own
    /// confidence; NaN when neither does.
    @_noAllocation @_noLocks
    public mutating func confidence(_ hit: RuleHit) -> Double {
        let rule = plan(hit.rule)
        if rule.scoreCount > 0 {
            let condition = table.scores[rule.firstScore].confidence
            if condition.isSet { return number(condition, for: hit.rule) ?? Double.nan }
        }
        return slots[Int(RuleSlot.alertConfidence.rawValue)].number
    }

    /// The latest alert that a key took in.
    @_noAllocation @_noLocks
    public func sighting(_ key: Int) -> Sighting { keys[key].sighting }

    /// Journal positions of the latest alerts that a key took in, latest first; 0 is none.
    @_noAllocation @_noLocks
    public func recentAlerts(_ key: Int) -> [6 of UInt64] { keys[key].recent }

    /// The phase of the rule for the key in the slots.
    public func phase(of plan: RulePlan) -> RulePhase {
        let key = index.find(hash(of: plan))
        return key < 0 ? .idle : keys[key].phase
    }
}
