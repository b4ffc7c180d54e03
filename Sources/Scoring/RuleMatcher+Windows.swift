import CEL
import Domain

// What a rule's conditions read besides the alert: the windows and the witnesses of its key.

extension RuleMatcher {
    /// Puts the alert's samples into the windows whose filter it passes.
    @_noAllocation @_noLocks
    mutating func addSamples(_ plan: RulePlan, _ key: Int, _ times: SampleTimes) {
        var window = plan.firstWindow
        while window < plan.firstWindow + plan.windowCount {
            let filter = table.windows[window].filter
            if !filter.isSet || judge(filter, plan.id) == .yes {
                add(table.windows[window], plan.id, place(window, key), times)
            }
            window += 1
        }
    }

    @_noAllocation @_noLocks
    private mutating func add(
        _ window: WindowPlan, _ rule: RuleID, _ place: WindowPlace, _ times: SampleTimes
    ) {
        guard window.sample.isSet else { return store.add(1, window, place, times) }
        let value = evaluate(window.sample)
        guard value.isPresent else { return fail(rule, value.failure) }
        if window.function == .distinct {
            let identity = table.memory.symbols.identity(of: value)
            return store.addDistinct(identity, window, place, times)
        }
        let number = value.number
        guard number.magnitude < RuleMatcher.limit(window.function) else {
            return fail(rule, number.isNaN ? .noSuchOverload : .outOfRange)
        }
        if window.function == .quantile {
            store.addSample(number, window, place, times)
        } else {
            store.add(number, window, place, times)
        }
    }

    /// What a sample must stay below.
    @_noAllocation @_noLocks
    private static func limit(_ function: WindowFunction) -> Double {
        switch function {
        case .sum, .average, .deviation: StateStore.sampleLimit
        default: Double.infinity
        }
    }

    /// Fills the slots of the rule's windows and witnesses as of `moment`.
    @_noAllocation @_noLocks
    mutating func fillState(
        _ plan: RulePlan, _ key: Int, _ purpose: StateStore.Purpose = .emptying
    ) {
        sampled = 0
        var window = 0
        while window < plan.windowCount {
            let number = plan.firstWindow + window
            let reading = read(number, key, purpose)
            slots[RuleSlot.firstWindow + window] = reading.value
            if reading.isSampled { sampled |= 1 &<< UInt8(window) }
            window += 1
        }
        if plan.corroboration >= 0 { fillEvidence(plan, key) }
    }

    @_noAllocation @_noLocks
    private mutating func read(
        _ window: Int, _ key: Int, _ purpose: StateStore.Purpose
    ) -> Reading {
        if purpose == .looking {
            return store.view(table.windows[window], place(window, key), moment)
        }
        return store.read(table.windows[window], place(window, key), moment)
    }

    /// When the next sample or sighting leaves; `.forever` when none does.
    @_noAllocation @_noLocks
    func nextLeave(_ plan: RulePlan, _ key: Int) -> Timestamp {
        var next = Int64.max
        var window = plan.firstWindow
        while window < plan.firstWindow + plan.windowCount {
            let leaves = store.leaves(place(window, key))
            if leaves > moment.nanoseconds && leaves < next { next = leaves }
            window += 1
        }
        if plan.corroboration >= 0 {
            let leaves = store.time(sightings(plan, key))
            if leaves > moment.nanoseconds && leaves < next { next = leaves }
        }
        return Timestamp(nanoseconds: next)
    }
}
