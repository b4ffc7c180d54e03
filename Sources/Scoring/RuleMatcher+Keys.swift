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
        keys[key].rule = plan.id
        keys[key].phase = .idle
        keys[key].high = Timestamp(nanoseconds: .min)
        keys[key].recent = .init(repeating: 0)
        resetWindows(plan, key)
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

    /// A fresh state with room for its windows, or the rule's least recently used one.
    @_noAllocation @_noLocks
    private mutating func room(for plan: RulePlan, _ timers: inout TimerQueue) -> Int {
        if keysUsed < keys.capacity {
            let (paneCount, distinctCount) = needs(plan)
            if let start = store.take(paneCount, distinctCount) {
                let key = keysUsed
                keysUsed += 1
                keys[key].panes = UInt32(truncatingIfNeeded: start.panes)
                keys[key].distincts = UInt32(truncatingIfNeeded: start.distincts)
                return key
            }
        }
        let oldest = Int(counters[plan.id.int].oldest) - 1
        guard oldest >= 0 else { return -1 }
        unlink(oldest)
        index.remove(keys[oldest].hash)
        timers.cancel(oldest)
        counters[plan.id.int].keys &-= 1
        counters[plan.id.int].evicted &+= 1
        return oldest
    }

    /// How many panes and how many distinct sets a key of the rule takes.
    @_noAllocation @_noLocks
    private func needs(_ plan: RulePlan) -> (panes: Int, distincts: Int) {
        var panes = 0
        var distincts = 0
        var window = 0
        while window < plan.windowCount {
            let windowPlan = table.windows[plan.firstWindow + window]
            if windowPlan.function == .distinct {
                distincts += 1
            } else {
                panes += windowPlan.paneCount
            }
            window += 1
        }
        return (panes, distincts)
    }

    @_noAllocation @_noLocks
    private mutating func resetWindows(_ plan: RulePlan, _ key: Int) {
        var place = WindowPlace(keys[key])
        var window = 0
        while window < plan.windowCount {
            let windowPlan = table.windows[plan.firstWindow + window]
            store.reset(windowPlan, total: key * 8 + window, start: place.start(windowPlan))
            place.pass(windowPlan, store.distinctsMax)
            window += 1
        }
    }

    /// Puts the alert's samples into the windows whose filter it passes.
    @_noAllocation @_noLocks
    mutating func addSamples(_ plan: RulePlan, _ key: Int, _ times: SampleTimes) {
        var place = WindowPlace(keys[key])
        var window = 0
        while window < plan.windowCount {
            let windowPlan = table.windows[plan.firstWindow + window]
            let enters =
                !windowPlan.filter.isSet || judge(windowPlan.filter, plan.id) == .yes
            if enters {
                add(windowPlan, plan.id, (key * 8 + window, place.start(windowPlan)), times)
            }
            place.pass(windowPlan, store.distinctsMax)
            window += 1
        }
    }

    @_noAllocation @_noLocks
    private mutating func add(
        _ window: WindowPlan, _ rule: RuleID, _ place: (total: Int, start: Int),
        _ times: SampleTimes
    ) {
        guard window.sample.isSet else {
            store.add(1, window, total: place.total, start: place.start, times: times)
            return
        }
        let value = evaluate(window.sample)
        if window.function == .distinct {
            guard value.isPresent else { return countError(rule) }
            store.addDistinct(
                table.memory.symbols.identity(of: value), window, total: place.total,
                start: place.start, times: times)
        } else {
            let number = value.number
            guard number.isFinite else { return countError(rule) }
            store.add(number, window, total: place.total, start: place.start, times: times)
        }
    }

    @_noAllocation @_noLocks
    private mutating func countError(_ rule: RuleID) { counters[rule.int].errors &+= 1 }

    /// Fills the window slots with the windows' values at `now`.
    @_noAllocation @_noLocks
    mutating func fillWindows(_ plan: RulePlan, _ key: Int, _ now: Timestamp) {
        var place = WindowPlace(keys[key])
        var window = 0
        while window < plan.windowCount {
            let windowPlan = table.windows[plan.firstWindow + window]
            let start = place.start(windowPlan)
            slots[RuleSlot.firstWindow + window] = value(windowPlan, key * 8 + window, start, now)
            place.pass(windowPlan, store.distinctsMax)
            window += 1
        }
    }

    @_noAllocation @_noLocks
    private mutating func value(
        _ window: WindowPlan, _ total: Int, _ start: Int, _ now: Timestamp
    ) -> Slot {
        if window.function == .distinct {
            let count = store.countDistinct(window, total: total, start: start, now: now)
            return Slot.int(Int64(truncatingIfNeeded: count))
        }
        let floor = WindowStore.floor(now.nanoseconds, window)
        store.advance(window, total: total, start: start, floor: floor)
        let sum = store.totals[total]
        switch window.function {
        case .count: return Slot.int(Int64(truncatingIfNeeded: sum.count))
        default:
            if sum.count == 0 { return window.hasEmpty ? Slot.double(window.empty) : Slot() }
            return Slot.double(
                window.function == .max ? sum.value : sum.value / Double(sum.count))
        }
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

    /// Keeps the alert's slots for judgement at a timer; an idle key has none.
    @_noAllocation @_noLocks
    mutating func keepSlots(_ key: Int) {
        var slot = 0
        while slot < 52 {
            keys[key].slots[slot] = slots[slot]
            slot += 1
        }
    }

    /// Brings the key's latest alert back into the slots, as of `now`.
    @_noAllocation @_noLocks
    mutating func recall(_ key: Int, _ now: Timestamp) {
        var slot = 0
        while slot < 52 {
            slots[slot] = keys[key].slots[slot]
            slot += 1
        }
        slots[Int(RuleSlot.now.rawValue)] = Slot.timestamp(nanoseconds: now.nanoseconds)
    }

    @_noAllocation @_noLocks
    private mutating func link(_ key: Int, _ rule: RuleID) {
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

/// Walks over the places of a key's windows in the store.
struct WindowPlace: BitwiseCopyable {
    private var pane: Int
    private var distinct: Int

    @_noAllocation @_noLocks
    init(_ key: KeyState) {
        pane = Int(key.panes)
        distinct = Int(key.distincts)
    }

    @_noAllocation @_noLocks
    func start(_ plan: WindowPlan) -> Int { plan.function == .distinct ? distinct : pane }

    @_noAllocation @_noLocks
    mutating func pass(_ plan: WindowPlan, _ distinctsMax: Int) {
        if plan.function == .distinct { distinct += distinctsMax } else { pane += plan.paneCount }
    }
}
