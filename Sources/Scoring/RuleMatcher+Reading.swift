import CEL
public import Domain

extension RuleMatcher {
    /// Keeps the rule's own values with a hit.
    @_noAllocation @_noLocks
    func save(_ plan: RulePlan, _ hit: inout RuleHit) {
        var index = 0
        while index < plan.windowCount {
            hit.windows[index] = slots[RuleSlot.firstWindow + index]
            index += 1
        }
        index = 0
        while index < plan.neighbourCount {
            hit.neighbours[index] = slots[RuleSlot.firstNeighbour + index]
            index += 1
        }
        index = 0
        while index < 4 && plan.corroboration >= 0 {
            hit.evidence[index] = slots[Int(RuleSlot.evidenceMet.rawValue) + index]
            index += 1
        }
    }

    /// Brings the rule's own values back into the slots, so that its expressions can be evaluated.
    @_noAllocation @_noLocks
    public mutating func restore(_ hit: RuleHit) {
        moment = hit.time
        var index = 0
        while index < RulePlan.windowsMax {
            slots[RuleSlot.firstWindow + index] = hit.windows[index]
            index += 1
        }
        index = 0
        while index < RulePlan.neighboursMax {
            slots[RuleSlot.firstNeighbour + index] = hit.neighbours[index]
            slots[Int(RuleSlot.evidenceMet.rawValue) + index] = hit.evidence[index]
            index += 1
        }
        restorePattern(hit)
    }

    /// A number that a rule's expression gives over the slots; nil, counted, when it fails or is
    /// not finite.
    @_noAllocation @_noLocks
    public mutating func number(_ condition: Condition, for rule: RuleID) -> Double? {
        if probes.isOn { probe(condition) }
        let value = evaluate(condition)
        let number = value.number
        if number.isFinite { return number }
        fail(rule, value.tag == .double ? .outOfRange : value.failure)
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

    /// The latest alert that a key took in while it was not idle.
    @_noAllocation @_noLocks
    public func sighting(_ key: Int) -> Sighting { kept[key].sighting }

    /// Journal positions of the latest alerts that a key took in, latest first; 0 is none.
    @_noAllocation @_noLocks
    public func recentAlerts(_ key: Int) -> [6 of UInt64] { keys[key].recent }

    /// The phase of the rule for the key in the slots.
    public func phase(of plan: RulePlan) -> RulePhase {
        let key = index.find(hash(of: plan))
        return key < 0 ? .idle : keys[key].phase
    }
}
