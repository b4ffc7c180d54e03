import CEL
import Domain

extension RuleMatcher {
    /// The number of the state for the rule and the key in the slots, made new if need be; -1 when
    /// there is no room even after evicting the rule's own oldest.
    @_noAllocation @_noLocks
    mutating func key(
        _ plan: RulePlan, _ sequence: UInt64, _ timers: inout TimerQueue
    ) -> Int {
        let hash = hash(of: plan)
        let known = index.find(hash)
        if known >= 0 {
            moveUp(known, plan.id, sequence)
            return known
        }
        let key = room(for: plan, &timers)
        guard key >= 0 else { return -1 }
        index.insert(hash, key)
        keys[key].hash = hash
        keyParts[key] = identities(in: plan.key, plan.keyCount)
        keys[key].rule = plan.id
        keys[key].phase = .idle
        keys[key].isFrozen = false
        keys[key].high = Timestamp(nanoseconds: .min)
        keys[key].recent = .init(repeating: 0)
        reset(plan, key)
        link(key, plan.id)
        keys[key].movedUp = sequence
        counters[plan.id.int].keys &+= 1
        return key
    }

    /// Makes a key its rule's newest, unless it has become so a short while ago.
    ///
    /// Moving up touches two other keys, which are seldom in a cache. So the order of eviction is
    /// exact to as many alerts as a quarter of the keys there is room for: whoever is evicted was
    /// not used for longer than that.
    @_noAllocation @_noLocks
    private mutating func moveUp(_ key: Int, _ rule: RuleID, _ sequence: UInt64) {
        guard sequence &- keys[key].movedUp > UInt64(keys.capacity / 4) else { return }
        keys[key].movedUp = sequence
        unlink(key)
        link(key, rule)
    }

    /// The key's parts, hashed with the rule.
    @_noAllocation @_noLocks
    func hash(of plan: RulePlan) -> UInt64 {
        var hash = StableHash(seed: table.identities[plan.id.int])
        var part = 0
        while part < plan.keyCount {
            hash.combine(table.memory.symbols.identity(of: slots[Int(plan.key[part])]))
            part += 1
        }
        return hash.value
    }

    /// A fresh state with room for what the rule keeps, or the rule's least recently used one.
    @_noAllocation @_noLocks
    private mutating func room(for plan: RulePlan, _ timers: inout TimerQueue) -> Int {
        if keysUsed < keys.capacity {
            if let start = store.take(keyLayout(plan).words) {
                let key = keysUsed
                keysUsed += 1
                keys[key].start = UInt32(truncatingIfNeeded: start)
                return key
            }
        }
        let oldest = victim(plan.id)
        guard oldest >= 0 else { return -1 }
        unlink(oldest)
        index.remove(keys[oldest].hash)
        timers.cancel(oldest)
        counters[plan.id.int].keys &-= 1
        counters[plan.id.int].evicted &+= 1
        return oldest
    }

    /// The rule's key to be given up: the oldest that is idle, or where none of the oldest is, the
    /// oldest of all; -1 when it has none.
    @_noAllocation @_noLocks
    private func victim(_ rule: RuleID) -> Int {
        let oldest = Int(counters[rule.int].oldest) - 1
        var key = oldest
        var looked = 0
        while key >= 0 && looked < 64 {
            if keys[key].phase == .idle { return key }
            key = Int(keys[key].newer) - 1
            looked += 1
        }
        return oldest
    }

    /// Empties what a key of the rule keeps.
    @_noAllocation @_noLocks
    private mutating func reset(_ plan: RulePlan, _ key: Int) {
        var window = plan.firstWindow
        while window < plan.firstWindow + plan.windowCount {
            store.reset(table.windows[window], place(window, key))
            window += 1
        }
        if plan.corroboration >= 0 { store.resetSightings(sightings(plan, key)) }
    }

    @_noAllocation @_noLocks
    private func keyLayout(_ plan: RulePlan) -> KeyLayout {
        layout.keys[mode * table.ruleCount + plan.id.int]
    }

    /// Where one of the table's windows stands for a key.
    @_noAllocation @_noLocks
    func place(_ window: Int, _ key: Int) -> WindowPlace {
        layout.windows[window].place(Int(keys[key].start))
    }

    /// Where the sightings of a key's witnesses stand.
    @_noAllocation @_noLocks
    func sightings(_ plan: RulePlan, _ key: Int) -> Int {
        Int(keys[key].start) + keyLayout(plan).sightings
    }

    /// Keeps the alert's position for evidence.
    @_noAllocation @_noLocks
    mutating func remember(_ key: Int, _ sequence: UInt64) {
        var place = 5
        while place > 0 {
            keys[key].recent[place] = keys[key].recent[place - 1]
            place -= 1
        }
        keys[key].recent[0] = sequence
    }

    /// Keeps the alert in the slots for judgement at a timer; an idle key needs none.
    @_noAllocation @_noLocks
    mutating func keepSlots(_ key: Int) {
        var slot = 0
        while slot < RuleSlot.keptCount {
            kept[key].slots[slot] = slots[slot]
            slot += 1
        }
    }

    /// Brings the key's latest alert back into the slots, as of `now`.
    @_noAllocation @_noLocks
    mutating func recall(_ key: Int, _ now: Timestamp) {
        var slot = 0
        while slot < RuleSlot.keptCount {
            slots[slot] = kept[key].slots[slot]
            slot += 1
        }
        slots[Int(RuleSlot.now.rawValue)] = Slot.timestamp(nanoseconds: now.nanoseconds)
    }

    @_noAllocation @_noLocks
    mutating func link(_ key: Int, _ rule: RuleID) {
        let this = UInt32(truncatingIfNeeded: key + 1)
        let newest = counters[rule.int].newest
        keys[key].older = newest
        keys[key].newer = 0
        if newest == 0 {
            counters[rule.int].oldest = this
        } else {
            keys[Int(newest) - 1].newer = this
        }
        counters[rule.int].newest = this
    }

    @_noAllocation @_noLocks
    private mutating func unlink(_ key: Int) {
        let rule = keys[key].rule
        let (older, newer) = (keys[key].older, keys[key].newer)
        if older == 0 {
            counters[rule.int].oldest = newer
        } else {
            keys[Int(older) - 1].newer = newer
        }
        if newer == 0 {
            counters[rule.int].newest = older
        } else {
            keys[Int(newer) - 1].older = older
        }
    }
}
