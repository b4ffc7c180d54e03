public import Domain

// The states of a rule for one key: idle, pending, active, clearing.
//
// A hold is event time from the judgement that found its condition true. Where a condition fails or
// has no data, the rule's policy says what that means; `hold`, the usual one, lets the state and
// the time already held stand still.

/// What made a rule be judged.
enum Occasion: BitwiseCopyable {
    case alert, timer
}

/// What a condition says, with what the rule's policies make of errors and missing data.
enum Ruling: BitwiseCopyable {
    case no, yes
    /// Everything stands still.
    case frozen
    /// As if the rule's `clear` held.
    case clears
    /// As if the rule's `raise` held.
    case raises
}

extension RuleMatcher {
    /// Moves the rule's state machine for one key, at `moment`.
    @_noAllocation @_noLocks
    mutating func step(_ plan: RulePlan, _ key: Int, _ occasion: Occasion) -> Transition? {
        switch keys[key].phase {
        case .idle:
            if !plan.raise.when.isSet { return occasion == .alert ? .pulse : nil }
            switch ruling(plan.raise, plan) {
            case .yes, .raises: return begin(plan, key)
            case .no, .frozen, .clears: return nil
            }
        case .pending: return wait(plan, key)
        case .active, .clearing: return stay(plan, key, occasion)
        }
    }

    @_noAllocation @_noLocks
    private mutating func ruling(_ held: HeldCondition, _ plan: RulePlan) -> Ruling {
        if held.valueWindows != 0 && held.valueWindows & sampled == 0 {
            counters[plan.id.int].noData &+= 1
            return RuleMatcher.ruling(plan.onNoData)
        }
        switch judge(held.when, plan.id) {
        case .no: return .no
        case .yes: return .yes
        case .error: return RuleMatcher.ruling(plan.onError)
        }
    }

    @_noAllocation @_noLocks
    private static func ruling(_ policy: HoldPolicy) -> Ruling {
        switch policy {
        case .hold: .frozen
        case .clear: .clears
        case .raise: .raises
        }
    }

    /// From idle: pending, or raised at once when nothing must hold.
    @_noAllocation @_noLocks
    private mutating func begin(_ plan: RulePlan, _ key: Int) -> Transition? {
        if plan.raise.hold.nanoseconds == 0 { return raise(plan, key) }
        keys[key].phase = .pending
        startHold(key)
        return nil
    }

    /// Pending: raised when `raise` has held.
    @_noAllocation @_noLocks
    private mutating func wait(_ plan: RulePlan, _ key: Int) -> Transition? {
        switch ruling(plan.raise, plan) {
        case .no, .clears:
            keys[key].phase = .idle
            return nil
        case .frozen:
            freeze(key)
            return nil
        case .yes, .raises:
            thaw(key)
            guard moment >= kept[key].since + plan.raise.hold else { return nil }
            return raise(plan, key)
        }
    }

    /// Makes a key active, from any phase.
    @_noAllocation @_noLocks
    mutating func raise(_ plan: RulePlan, _ key: Int) -> Transition {
        keys[key].phase = .active
        kept[key].refreshed = moment
        counters[plan.id.int].raised &+= 1
        return .raised
    }

    /// Active or clearing: refreshed by an alert that meets `raise`, cleared when `clear` has held,
    /// expired when it is raised no more.
    @_noAllocation @_noLocks
    private mutating func stay(
        _ plan: RulePlan, _ key: Int, _ occasion: Occasion
    ) -> Transition? {
        let raising = plan.raise.when.isSet ? ruling(plan.raise, plan) : .frozen
        if occasion == .alert && (raising == .yes || raising == .raises) {
            keys[key].phase = .active
            kept[key].refreshed = moment
            return .refreshed
        }
        if moment >= expiry(plan, key) { return end(plan, key, .expired) }
        switch clearing(plan, raising) {
        case .no, .raises:
            keys[key].phase = .active
            return nil
        case .frozen:
            if keys[key].phase == .clearing { freeze(key) }
            return nil
        case .yes, .clears: return clear(plan, key)
        }
    }

    /// What the clear condition says, or where a rule has none, that the raise condition no longer
    /// holds.
    @_noAllocation @_noLocks
    private mutating func clearing(_ plan: RulePlan, _ raising: Ruling) -> Ruling {
        if raising == .clears { return .clears }
        if plan.clear.when.isSet { return ruling(plan.clear, plan) }
        switch raising {
        case .yes, .raises: return .no
        case .no, .clears: return .yes
        case .frozen: return .frozen
        }
    }

    @_noAllocation @_noLocks
    private mutating func clear(_ plan: RulePlan, _ key: Int) -> Transition? {
        if keys[key].phase == .active {
            keys[key].phase = .clearing
            startHold(key)
        }
        thaw(key)
        guard moment >= kept[key].since + plan.clear.hold else { return nil }
        return end(plan, key, .cleared)
    }

    /// Makes a key idle.
    @_noAllocation @_noLocks
    mutating func end(_ plan: RulePlan, _ key: Int, _ transition: Transition) -> Transition {
        keys[key].phase = .idle
        if transition == .expired {
            counters[plan.id.int].expired &+= 1
        } else {
            counters[plan.id.int].cleared &+= 1
        }
        return transition
    }

    /// When an active state ends by itself; `.forever` where it may stay.
    @_noAllocation @_noLocks
    private func expiry(_ plan: RulePlan, _ key: Int) -> Timestamp {
        if plan.expire.nanoseconds == 0 { return Timestamp(nanoseconds: .max) }
        return kept[key].refreshed + plan.expire
    }

    @_noAllocation @_noLocks
    private mutating func startHold(_ key: Int) {
        keys[key].isFrozen = false
        kept[key].since = moment
    }

    /// Keeps the time already held, so that it does not grow.
    @_noAllocation @_noLocks
    private mutating func freeze(_ key: Int) {
        if keys[key].isFrozen { return }
        keys[key].isFrozen = true
        kept[key].held = moment - kept[key].since
    }

    /// Lets the time held grow again from where it stood still.
    @_noAllocation @_noLocks
    private mutating func thaw(_ key: Int) {
        if !keys[key].isFrozen { return }
        keys[key].isFrozen = false
        kept[key].since = moment - kept[key].held
    }

    /// Has all keys in cells `first ..< end` that are not idle judged at `now`: their holds may be
    /// others than when their timers were set. Ordered rules keep their own deadlines.
    ///
    /// **Cost**: a look at every key; for a switch of mode.
    @_noAllocation @_noLocks
    public func wake(cells first: Int, _ end: Int, at now: Timestamp, timers: inout TimerQueue) {
        var key = 0
        while key < keysUsed {
            let cell = keys[key].cell.int
            if keys[key].phase != .idle && cell >= first && cell < end {
                let plan = plan(keys[key].rule)
                if plan.keepsState && !plan.isOrdered { timers.set(key, due: now) }
            }
            key += 1
        }
    }

    /// A key that is not idle is judged again when its hold runs out, it expires, or a sample or a
    /// sighting leaves.
    @_noAllocation @_noLocks
    func setTimer(_ plan: RulePlan, _ key: Int, _ timers: inout TimerQueue) {
        var due = Timestamp(nanoseconds: .max)
        switch keys[key].phase {
        case .idle: return timers.cancel(key)
        case .pending: if !keys[key].isFrozen { due = kept[key].since + plan.raise.hold }
        case .clearing: if !keys[key].isFrozen { due = kept[key].since + plan.clear.hold }
        case .active: break
        }
        if keys[key].phase != .pending {
            let expiry = expiry(plan, key)
            if expiry < due { due = expiry }
        }
        let leaves = nextLeave(plan, key)
        if leaves < due { due = leaves }
        if due.nanoseconds == .max { return timers.cancel(key) }
        timers.set(key, due: due)
    }
}
