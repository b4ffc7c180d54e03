public import CEL
public import Domain

/// The compiled rules and the state of each of them for each key: what an alert is matched against.
///
/// A rule's conditions read the alert, its cell, the rule's own windows and evidence, and the
/// scores and neighbours as committed before this alert; rules don't see each other's effect of the
/// same alert.
///
/// **Owner**: the engine.
public struct RuleMatcher: ~Copyable, Sendable {
    public var table: RuleTable
    let layout: StateLayout
    let kinds: WitnessLists
    var index: KeyIndex
    var keys: Table<KeyState>
    /// By key: the identities that its hash is made of. Written once, read when cells change.
    var keyParts: Table<KeyParts>
    var kept: Table<KeptAlert>
    var keysUsed = 0
    var store: StateStore
    var counters: Table<RuleCounters>
    var patterns: Table<PatternState>
    var sequences: SequenceStore
    var absences: AbsenceStore
    /// Ordered rules that the latest alert has to wait for.
    public internal(set) var waiting = OrderedRules()
    var neighbourhood: Neighbourhood
    /// What conditions read, filled for one alert or one timer; places as in `RuleSlot`.
    public var slots: SlotFrame
    /// The mode of the place that is being judged.
    public var mode = 0
    /// The moment that is being judged.
    var moment = Timestamp(nanoseconds: 0)
    /// Bit `i`: window `i` of the rule that is being judged holds a sample.
    var sampled: UInt8 = 0
    /// What tests and backtests see of it; off when running.
    var probes = ProbeLog()

    public init(
        _ table: consuming RuleTable, _ neighbourhood: consuming Neighbourhood = Neighbourhood()
    ) {
        let limits = table.limits
        index = KeyIndex(capacity: limits.keys)
        keys = Table(capacity: limits.keys)
        keyParts = Table(capacity: limits.keys)
        kept = Table(capacity: limits.keys)
        store = StateStore(limits: limits)
        counters = Table(capacity: table.ruleCount)
        patterns = Table(capacity: limits.keys)
        sequences = SequenceStore(capacity: limits.keys * 3)
        absences = AbsenceStore(keys: limits.keys, groups: limits.keys)
        slots = SlotFrame(count: RuleSlot.count)
        layout = StateLayout(table)
        var rules = table
        kinds = WitnessLists(&rules)
        self.table = rules
        self.neighbourhood = neighbourhood
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
    public func evictedSamples() -> UInt64 { store.evicted }

    /// Matches the alert in the slots against the rules for its kind and appends what they have to
    /// say.
    ///
    /// **Cost**: only the rules routed to the kind. Gives how many of them the alert passed.
    @_noAllocation @_noLocks
    public mutating func match(
        _ sighting: Sighting, board: borrowing ScoreBoard, timers: inout TimerQueue,
        hits: inout HitList
    ) -> Int {
        waiting.clear()
        let kind = sighting.kind.int
        guard kind < table.kindCount else { return 0 }
        moment = sighting.time
        var route = Int(table.routeStarts[kind])
        let end = Int(table.routeStarts[kind + 1])
        var passed = 0
        while route < end {
            let rule = table.routes[route]
            counters[rule.int].countEvaluation(at: moment)
            if passes(rule) {
                passed += 1
                counters[rule.int].matched &+= 1
                take(rule, sighting, board, &timers, &hits)
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
        _ rule: RuleID, _ sighting: Sighting, _ board: borrowing ScoreBoard,
        _ timers: inout TimerQueue, _ hits: inout HitList
    ) {
        let plan = plan(rule)
        if plan.isOrdered { return wait(rule) }
        guard plan.keepsState else {
            fillNeighbours(plan, sighting.cell, board)
            append(&hits, plan, -1, .pulse, sighting.cell)
            return
        }
        let key = key(plan, sighting.sequence, &timers)
        guard key >= 0 else {
            counters[rule.int].evicted &+= 1
            return
        }
        if sighting.time > keys[key].high { keys[key].high = sighting.time }
        keys[key].cell = sighting.cell
        moment = keys[key].high
        remember(key, sighting.sequence)
        let times = SampleTimes(sample: sighting.time, now: moment)
        addSamples(plan, key, times)
        addSightings(plan, key, times)
        fillState(plan, key)
        fillNeighbours(plan, sighting.cell, board)
        let transition = step(plan, key, .alert)
        if keys[key].phase != .idle { keepSlots(key) }
        if keys[key].phase != .idle || transition != nil { kept[key].sighting = sighting }
        if let transition { append(&hits, plan, key, transition, sighting.cell) }
        setTimer(plan, key, &timers)
        moment = sighting.time
    }

    /// Judges a key anew because its timer is due: a hold has run out or a sample has left a
    /// window. The slots that belong to no alert are filled already.
    @_noAllocation @_noLocks
    public mutating func fire(
        key: Int, at now: Timestamp, board: borrowing ScoreBoard, timers: inout TimerQueue,
        hits: inout HitList
    ) {
        let plan = plan(keys[key].rule)
        if now > keys[key].high { keys[key].high = now }
        moment = now
        counters[plan.id.int].countEvaluation(at: now)
        recall(key, now)
        fillState(plan, key)
        fillNeighbours(plan, kept[key].sighting.cell, board)
        if let transition = step(plan, key, .timer) {
            append(&hits, plan, key, transition, kept[key].sighting.cell)
        }
        setTimer(plan, key, &timers)
    }

    /// Notes what a rule has to say, as of `moment`.
    @_noAllocation @_noLocks
    mutating func append(
        _ hits: inout HitList, _ plan: RulePlan, _ key: Int, _ transition: Transition,
        _ cell: CellID
    ) {
        if probes.isOn { note(plan, key, transition, (cell, moment)) }
        if plan.isShadow { return }
        var hit = RuleHit(
            rule: plan.id, key: key, transition: transition, cell: cell, time: moment)
        save(plan, &hit)
        hits.append(hit)
    }
}

/// Whether a condition holds: an error is neither yes nor no.
enum Answer: BitwiseCopyable {
    case no, yes, error
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
        case .error(let failure):
            fail(rule, failure)
            return .error
        }
    }

    /// Evaluates an expression of any scalar type over the slots.
    @_noAllocation @_noLocks
    func evaluate(_ expression: Condition) -> Slot {
        let program = table.programs[Int(expression.index)]
        return table.library.evaluate(program, slots, table.memory)
    }

    @_noAllocation @_noLocks
    mutating func fail(_ rule: RuleID, _ failure: EvaluationFailure) {
        counters[rule.int].countError(failure, at: moment)
    }
}
