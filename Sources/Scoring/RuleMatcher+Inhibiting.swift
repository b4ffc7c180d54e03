import CEL
public import Domain

extension RuleMatcher {
    /// Whether a rule stands raised for the key with this number.
    @_noAllocation @_noLocks
    public func isRaised(_ rule: RuleID, key: UInt32) -> Bool {
        guard Int(key) < keysUsed else { return false }
        guard keys[Int(key)].rule == rule else { return false }
        return keys[Int(key)].phase == .active || keys[Int(key)].phase == .clearing
    }

    /// The identity of what stands in a slot; 0 when nothing does.
    @_noAllocation @_noLocks
    public func identity(inSlot slot: UInt8) -> UInt64 {
        let value = slots[Int(slot)]
        return value.isPresent ? table.memory.symbols.identity(of: value) : 0
    }
}
