import CEL
public import Domain

// Absences: a key that owes a sign of life and has not given one.
//
// A deadline only notes that a key is silent. Whether that is a finding of its own or part of a
// larger one is known when all deadlines of the same instant have been noted: `followUp` then says
// one thing at a time, until there is nothing left to say.

extension RuleMatcher {
    /// Listening begins, or begins again after a gap: what was missed meanwhile says nothing, and
    /// nothing is raised before each rule's `settle` is over.
    @_noAllocation @_noLocks
    public mutating func listen(since moment: Timestamp) {
        if moment > absences.listeningSince { absences.listeningSince = moment }
    }

    /// Begins the watch over a key of a roster, whose facts are in the slots and who is not watched
    /// yet, before it has ever sent anything.
    @_noAllocation @_noLocks
    public mutating func expectKey(
        of rule: RuleID, _ sighting: Sighting, deadlines: inout TimerQueue
    ) {
        let plan = plan(rule)
        let known = index.find(hash(of: plan))
        if known >= 0 && absences.states[known].expect.nanoseconds > 0 { return }
        let key = key(plan, 0, &deadlines)
        guard key >= 0 else {
            counters[rule.int].evicted &+= 1
            return
        }
        arm(plan, key, sighting)
        setDeadline(plan, key, &deadlines)
    }

    /// Ends the watch over a key whose row has gone from its roster; true when that ends a finding,
    /// whose facts are then in the slots.
    public mutating func dismiss(
        _ key: Int, at now: Timestamp, deadlines: inout TimerQueue, hits: inout HitList
    ) -> Bool {
        let plan = plan(keys[key].rule)
        guard plan.absence >= 0, index.find(keys[key].hash) == key else { return false }
        guard absences.states[key].expect.nanoseconds > 0 else { return false }
        let absence = table.absences[plan.absence]
        recall(key, now)
        guard absence.arm == .roster, !isListed(absence) else { return false }
        absences.set(key, silent: false)
        absences.leave(key)
        absences.states[key].expect = .zero
        absences.states[key].isSpent = false
        deadlines.cancel(key)
        if keys[key].phase == .idle { return false }
        keys[key].phase = .idle
        fillAbsence(key, now)
        append(&hits, plan, key, .cleared, now)
        return true
    }

    /// Whether the rule watches what the slots tell of: a roster's rows and nobody else.
    @_noAllocation @_noLocks
    private func isListed(_ absence: AbsencePlan) -> Bool {
        if absence.arm != .roster || absence.roster < 0 { return true }
        return table.owesReports(absence.roster, slots)
    }

    /// Takes an alert as a sign of life.
    @_noAllocation @_noLocks
    mutating func takeAbsence(
        _ plan: RulePlan, _ sighting: Sighting, _ deadlines: inout TimerQueue,
        _ hits: inout HitList
    ) {
        let key = key(plan, sighting.sequence, &deadlines)
        guard key >= 0 else {
            counters[plan.id.int].evicted &+= 1
            return
        }
        arm(plan, key, sighting)
        remember(key, sighting.sequence)
        if keys[key].phase != .idle {
            if plan.clear.when.isSet {
                if let transition = age(plan, key, sighting.time) {
                    append(&hits, plan, key, transition, sighting.time)
                }
            } else {
                keys[key].phase = .idle
                append(&hits, plan, key, .cleared, sighting.time)
            }
        }
        setDeadline(plan, key, &deadlines)
    }

    /// Sets the watch of a key by the facts in the slots.
    @_noAllocation @_noLocks
    private mutating func arm(_ plan: RulePlan, _ key: Int, _ sighting: Sighting) {
        let absence = table.absences[plan.absence]
        if !isCurrent(key) {
            absences.leave(key)
            absences.states[key].isSilent = false
        }
        absences.set(key, silent: false)
        absences.states[key].isSpent = false
        absences.states[key].lastSeen = sighting.time
        kept[key].sighting = sighting
        keys[key].cell = sighting.cell
        if sighting.time > keys[key].high { keys[key].high = sighting.time }
        keepSlots(key)
        let expected = evaluate(absence.expect)
        let isKnown = expected.tag == .duration && expected.asInt > 0
        if !isKnown { fail(plan.id, expected.failure) }
        let isListed = isListed(absence)
        absences.states[key].expect = Interval(
            nanoseconds: isKnown && isListed ? expected.asInt : 0)
        if isListed { joinGroup(plan, absence, key) } else { absences.leave(key) }
    }

    @_noAllocation @_noLocks
    private mutating func joinGroup(_ plan: RulePlan, _ absence: AbsencePlan, _ key: Int) {
        guard let fold = absence.fold else { return }
        let by = slots[Int(fold.by)]
        guard by.isPresent else { return absences.leave(key) }
        var hash = StableHash(seed: table.identities[plan.id.int])
        hash.combine(table.memory.symbols.identity(of: by))
        if !absences.join(key, hash.value, plan.id, by) { counters[plan.id.int].evicted &+= 1 }
    }

    /// When a key that says nothing more is silent.
    @_noAllocation @_noLocks
    func silenceDue(_ plan: RulePlan, _ key: Int) -> Timestamp {
        let absence = table.absences[plan.absence]
        let state = absences.states[key]
        if state.isSilent || state.expect.nanoseconds == 0 { return Timestamp(nanoseconds: .max) }
        let (patience, overflow) = state.expect.nanoseconds.multipliedReportingOverflow(
            by: Int64(absence.missed))
        let missed = state.lastSeen + Interval(nanoseconds: overflow ? .max : patience)
        let settled = absences.listeningSince + absence.settle
        return missed > settled ? missed : settled
    }

    /// Notes that a key is silent, if it is time for that.
    @_noAllocation @_noLocks
    mutating func noteSilence(_ plan: RulePlan, _ key: Int, _ now: Timestamp) {
        if silenceDue(plan, key) <= now { absences.set(key, silent: true) }
    }

    /// Fills in what a silence can be told by.
    @_noAllocation @_noLocks
    mutating func fillAbsence(_ key: Int, _ now: Timestamp) {
        let state = absences.states[key]
        let silent = (now - state.lastSeen).nanoseconds
        let missed = state.expect.nanoseconds > 0 ? silent / state.expect.nanoseconds : 0
        set(.absenceLastSeen, .timestamp(nanoseconds: state.lastSeen.nanoseconds))
        set(.absenceSilent, .duration(nanoseconds: silent))
        set(.absenceMissed, .int(missed))
    }

    @_noAllocation @_noLocks
    mutating func set(_ slot: RuleSlot, _ value: Slot) { slots[Int(slot.rawValue)] = value }
}
