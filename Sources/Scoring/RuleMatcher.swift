public import CEL
public import Domain

/// The compiled rules and the state of each of them for each key: what an alert is matched against.
///
/// A rule's conditions read the alert, its cell, the rule's own windows and the scores as committed
/// before this alert; rules don't see each other's effect of the same alert.
///
/// **Owner**: the engine.
public struct RuleMatcher: ~Copyable, Sendable {
    public var table: RuleTable
    var index: KeyIndex
    var keys: Table<KeyState>
    var keysUsed = 0
    var store: WindowStore
    var counters: Table<RuleCounters>
    var patterns: Table<PatternState>
    var sequences: SequenceStore
    var absences: AbsenceStore
    /// Ordered rules that the latest alert has to wait for.
    public internal(set) var waiting = OrderedRules()
    /// What conditions read, filled for one alert or one timer; places as in `RuleSlot`.
    public var slots: SlotFrame
    /// The mode of the place that is being judged.
    public var mode = 0
    /// What tests and backtests see of it; off when running.
    var probes = ProbeLog()

    public init(_ table: consuming RuleTable) {
        let limits = table.limits
        index = KeyIndex(capacity: limits.keys)
        keys = Table(capacity: limits.keys)
        store = WindowStore(limits: limits)
        counters = Table(capacity: table.ruleCount)
        patterns = Table(capacity: limits.keys)
        sequences = SequenceStore(capacity: limits.keys * 3)
        absences = AbsenceStore(keys: limits.keys, groups: limits.keys)
        slots = SlotFrame(count: RuleSlot.count)
        self.table = table
    }

    /// A rule as it runs in the mode.
    @_noAllocation @_noLocks
    public func plan(_ rule: RuleID) -> RulePlan {
        table.rules[mode * table.ruleCount + rule.int]
    }

    /// What a rule has done since the start.
    @_noAllocation @_noLocks
    public func counters(_ rule: RuleID) -> RuleCounters { counters[rule.int] }

    /// State given up because a bound was reached.
    @_noAllocation @_noLocks
    public func evictedDistinctValues() -> UInt64 { store.evicted }

    /// Matches the alert in the slots against the rules for its kind and appends what they have to
    /// say.
    ///
    /// **Cost**: only the rules routed to the kind. Gives how many of them the alert passed.
    @_noAllocation @_noLocks
    public mutating func match(
        _ sighting: Sighting, timers: inout TimerQueue, hits: inout HitList
    ) -> Int {
        waiting.clear()
        let kind = sighting.kind.int
        guard kind < table.kindCount else { return 0 }
        var route = Int(table.routeStarts[kind])
        let end = Int(table.routeStarts[kind + 1])
        var passed = 0
        while route < end {
            let rule = table.routes[route]
            if passes(rule) {
                passed += 1
                counters[rule.int].matched &+= 1
                take(rule, sighting, &timers, &hits)
            }
            route += 1
        }
        return passed
    }

    /// Whether the rule's `where` holds; an error counts and is a no.
    @_noAllocation @_noLocks
    private mutating func passes(_ rule: RuleID) -> Bool {
        let filter = plan(rule).filter
        return !filter.isSet || judge(filter, rule) == .yes
    }

    /// Takes an alert that passed `where` into the rule's state.
    @_noAllocation @_noLocks
    private mutating func take(
        _ rule: RuleID, _ sighting: Sighting, _ timers: inout TimerQueue, _ hits: inout HitList
    ) {
        let plan = plan(rule)
        if plan.isOrdered { return wait(rule) }
        guard plan.raise.when.isSet || plan.windowCount > 0 else {
            append(&hits, plan, -1, .pulse, (sighting.cell, sighting.time))
            return
        }
        let key = key(plan, sighting.sequence, &timers)
        guard key >= 0 else {
            counters[rule.int].evicted &+= 1
            return
        }
        keys[key].sighting = sighting
        if sighting.time > keys[key].high { keys[key].high = sighting.time }
        let now = keys[key].high
        remember(key, sighting.sequence)
        addSamples(plan, key, SampleTimes(sample: sighting.time, now: now))
        fillWindows(plan, key, now)
        if let transition = step(plan, key, now, .alert) {
            append(&hits, plan, key, transition, (sighting.cell, now))
        }
        if keys[key].phase != .idle { keepSlots(key) }
        setTimer(plan, key, now, &timers)
    }

    /// Judges a key anew because its timer is due: a hold has run out or a sample has left a
    /// window.
    @_noAllocation @_noLocks
    public mutating func fire(
        key: Int, at now: Timestamp, timers: inout TimerQueue, hits: inout HitList
    ) {
        let plan = plan(keys[key].rule)
        if now > keys[key].high { keys[key].high = now }
        recall(key, now)
        fillWindows(plan, key, now)
        if let transition = step(plan, key, now, .timer) {
            append(&hits, plan, key, transition, (keys[key].sighting.cell, now))
        }
        setTimer(plan, key, now, &timers)
    }

    @_noAllocation @_noLocks
    private mutating func append(
        _ hits: inout HitList, _ plan: RulePlan, _ key: Int, _ transition: Transition,
        _ place: (cell: CellID, time: Timestamp)
    ) {
        if probes.isOn { note(plan, key, transition, place) }
        if plan.isShadow { return }
        var hit = RuleHit(
            rule: plan.id, key: UInt32(truncatingIfNeeded: key), transition: transition,
            cell: place.cell, time: place.time, windows: .init(repeating: Slot()))
        var window = 0
        while window < plan.windowCount {
            hit.windows[window] = slots[RuleSlot.firstWindow + window]
            window += 1
        }
        hits.append(hit)
    }
}

/// Whether a condition holds: an error is neither yes nor no.
enum Answer: BitwiseCopyable {
    case no, yes, error
}

/// What made a rule be judged.
enum Occasion: BitwiseCopyable {
    case alert, timer
}

extension RuleMatcher {
    /// Evaluates a condition over the slots; errors are counted for the rule.
    @_noAllocation @_noLocks
    mutating func judge(_ condition: Condition, _ rule: RuleID) -> Answer {
        if probes.isOn { probe(condition) }
        let program = table.programs[Int(condition.index)]
        switch table.library.evaluateBool(program, slots, table.memory) {
        case .isFalse: return .no
        case .isTrue: return .yes
        case .error:
            counters[rule.int].errors &+= 1
            return .error
        }
    }

    /// Evaluates an expression of any scalar type over the slots.
    @_noAllocation @_noLocks
    func evaluate(_ expression: Condition) -> Slot {
        let program = table.programs[Int(expression.index)]
        return table.library.evaluate(program, slots, table.memory)
    }

    /// Moves the rule's state machine for one key.
    @_noAllocation @_noLocks
    mutating func step(
        _ plan: RulePlan, _ key: Int, _ now: Timestamp, _ occasion: Occasion
    ) -> Transition? {
        if !plan.raise.when.isSet { return occasion == .alert ? .pulse : nil }
        switch keys[key].phase {
        case .idle:
            guard judge(plan.raise.when, plan.id) == .yes else { return nil }
            return begin(plan, key, now)
        case .pending:
            let answer = judge(plan.raise.when, plan.id)
            if answer == .no {
                keys[key].phase = .idle
                return nil
            }
            guard now >= keys[key].since + plan.raise.hold else { return nil }
            return raise(plan, key)
        case .active, .clearing:
            return stay(plan, key, now, occasion)
        }
    }

    /// From idle: pending, or raised at once when nothing must hold.
    @_noAllocation @_noLocks
    private mutating func begin(_ plan: RulePlan, _ key: Int, _ now: Timestamp) -> Transition? {
        if plan.raise.hold.nanoseconds == 0 { return raise(plan, key) }
        keys[key].phase = .pending
        keys[key].since = now
        return nil
    }

    @_noAllocation @_noLocks
    private mutating func raise(_ plan: RulePlan, _ key: Int) -> Transition {
        keys[key].phase = .active
        counters[plan.id.int].raised &+= 1
        return .raised
    }

    /// Active or clearing: refreshed by an alert that meets `raise`, cleared when `clear` has held.
    @_noAllocation @_noLocks
    private mutating func stay(
        _ plan: RulePlan, _ key: Int, _ now: Timestamp, _ occasion: Occasion
    ) -> Transition? {
        let raising = judge(plan.raise.when, plan.id)
        if raising == .yes && occasion == .alert {
            keys[key].phase = .active
            return .refreshed
        }
        let clearing = isClear(plan, raising)
        if clearing == .error { return nil }
        if clearing == .no {
            keys[key].phase = .active
            return nil
        }
        if keys[key].phase == .active {
            keys[key].phase = .clearing
            keys[key].since = now
        }
        guard now >= keys[key].since + plan.clear.hold else { return nil }
        keys[key].phase = .idle
        counters[plan.id.int].cleared &+= 1
        return .cleared
    }

    /// The clear condition, or where a rule has none, that the raise condition no longer holds.
    @_noAllocation @_noLocks
    private mutating func isClear(_ plan: RulePlan, _ raising: Answer) -> Answer {
        if plan.clear.when.isSet { return judge(plan.clear.when, plan.id) }
        switch raising {
        case .yes: return .no
        case .no: return .yes
        case .error: return .error
        }
    }

    /// A key that is not idle is judged again when its hold runs out or a sample leaves a window.
    @_noAllocation @_noLocks
    func setTimer(
        _ plan: RulePlan, _ key: Int, _ now: Timestamp, _ timers: inout TimerQueue
    ) {
        var due = Timestamp(nanoseconds: .max)
        let phase = keys[key].phase
        if phase == .pending { due = keys[key].since + plan.raise.hold }
        if phase == .clearing { due = keys[key].since + plan.clear.hold }
        if phase != .idle {
            var window = 0
            while window < plan.windowCount {
                let leaves = Timestamp(nanoseconds: store.totals[key * 8 + window].leaves)
                if leaves > now && leaves < due { due = leaves }
                window += 1
            }
        }
        if due.nanoseconds == .max {
            timers.cancel(key)
        } else {
            timers.set(key, due: due)
        }
    }
}
