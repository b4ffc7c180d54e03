import CEL
public import Domain

/// What a key is made of: the identities of its values, in the order of the rule's slots.
public typealias KeyParts = [4 of UInt64]

extension RuleMatcher {
    /// The identities of what stands in some of the slots.
    @_noAllocation @_noLocks
    public func identities(in key: [4 of UInt8], _ count: Int) -> KeyParts {
        var parts = KeyParts(repeating: 0)
        var part = 0
        while part < count {
            parts[part] = table.memory.symbols.identity(of: slots[Int(key[part])])
            part += 1
        }
        return parts
    }

    /// The parts as they are where the facts of another cell stand in the slots: what says
    /// something of the cell is replaced.
    @_noAllocation @_noLocks
    public func moved(_ parts: KeyParts, of key: [4 of UInt8], _ count: Int) -> KeyParts {
        var moved = parts
        let fresh = identities(in: key, count)
        var part = 0
        while part < count {
            if table.isOfCell(key[part]) { moved[part] = fresh[part] }
            part += 1
        }
        return moved
    }

    /// The hash of a rule and such parts, as `stableHash(of:_:_:)` gives it for the slots.
    @_noAllocation @_noLocks
    public func stableHash(of parts: KeyParts, count: Int, _ rule: RuleID) -> UInt64 {
        var hash = StableHash(seed: table.identities[rule.int])
        var part = 0
        while part < count {
            hash.combine(parts[part])
            part += 1
        }
        return hash.value
    }
}

extension RuleTable {
    /// Whether a slot says something of the cell alone.
    @_noAllocation @_noLocks
    public func isOfCell(_ slot: UInt8) -> Bool {
        if slot == RuleSlot.alertCell.rawValue { return true }
        if Int(slot) >= firstArea && Int(slot) < firstArea + areas.count { return true }
        return slot >= RuleSlot.cellCode.rawValue && slot <= RuleSlot.cellAccess.rawValue
    }
}
