import CEL
public import Domain

// Rules judged in the order of event time: what sequences and absences have in common.
//
// Their deadlines stand in a queue of event time of their own, one a key; `deadlines` is that queue
// throughout.

extension RuleMatcher {
    /// Notes that the alert in the slots has to wait for the watermark for this rule.
    @_noAllocation @_noLocks
    mutating func wait(_ rule: RuleID) {
        if !waiting.append(rule) { counters[rule.int].evicted &+= 1 }
    }

    /// Judges an alert, whose turn has come and whose facts are in the slots, by the rules that it
    /// waited for.
    @_noAllocation @_noLocks
    public mutating func judge(
        _ sighting: Sighting, by rules: OrderedRules, deadlines: inout TimerQueue,
        hits: inout HitList
    ) {
        moment = sighting.time
        var index = 0
        while index < rules.count {
            let plan = plan(rules.rule(index))
            if plan.sequence >= 0 { takeSequence(plan, sighting, &deadlines, &hits) }
            if plan.absence >= 0 { takeAbsence(plan, sighting, &deadlines, &hits) }
            index += 1
        }
    }

    /// Judges a key whose deadline has come. Silence waits for `followUp`, since it matters who
    /// else is silent.
    @_noAllocation @_noLocks
    public mutating func meetDeadline(
        _ key: Int, at now: Timestamp, deadlines: inout TimerQueue, hits: inout HitList
    ) {
        let plan = plan(keys[key].rule)
        moment = now
        counters[plan.id.int].countEvaluation(at: now)
        recall(key, now)
        var isMatch = false
        if plan.sequence >= 0 { isMatch = completeRuns(plan, key, now, &hits) }
        if plan.absence >= 0 { noteSilence(plan, key, now) }
        loadMatch(plan, key)
        if !isMatch {
            if let transition = age(plan, key, now) { append(&hits, plan, key, transition, now) }
        }
        setDeadline(plan, key, &deadlines)
    }

    /// Brings what a hit's rule has found back into the slots.
    @_noAllocation @_noLocks
    mutating func restorePattern(_ hit: RuleHit) {
        let plan = plan(hit.rule)
        if plan.sequence >= 0 && hit.run > 0 { loadSteps(Int(hit.run) - 1) }
        if plan.absence >= 0 { fillAbsence(Int(hit.key), hit.time) }
    }

    /// Brings what the rule has found for a key so far into the slots, for explanations and tests.
    mutating func fillPattern(_ plan: RulePlan, _ key: Int, _ now: Timestamp) {
        if plan.sequence >= 0 {
            let run = latestRun(plan, key)
            if run >= 0 { loadSteps(run) }
        }
        if plan.absence >= 0 { fillAbsence(key, now) }
    }

    @_noAllocation @_noLocks
    mutating func append(
        _ hits: inout HitList, _ plan: RulePlan, _ key: Int, _ transition: Transition,
        _ time: Timestamp, run: Int = -1
    ) {
        switch transition {
        case .raised, .pulse: counters[plan.id.int].raised &+= 1
        case .cleared: counters[plan.id.int].cleared &+= 1
        case .expired: counters[plan.id.int].expired &+= 1
        case .refreshed: break
        }
        if probes.isOn { note(plan, key, transition, (kept[key].sighting.cell, time)) }
        if plan.isShadow { return }
        var hit = RuleHit(
            rule: plan.id, key: key, transition: transition, cell: kept[key].sighting.cell,
            time: time)
        let behind = run < 0 ? patterns[key].matched : UInt32(truncatingIfNeeded: run + 1)
        hit.run = behind
        hits.append(hit)
    }
}

// States, for absences and for sequences that clear or expire.
extension RuleMatcher {
    /// Raises the key's state, or refreshes it.
    @_noAllocation @_noLocks
    mutating func raise(_ key: Int, _ now: Timestamp) -> Transition {
        let phase = keys[key].phase
        keys[key].phase = .active
        patterns[key].raisedAt = now
        return phase == .idle ? .raised : .refreshed
    }

    /// What time alone, or an alert that is no evidence, does to a raised state: it expires, or it
    /// clears when `clear` has held.
    @_noAllocation @_noLocks
    mutating func age(_ plan: RulePlan, _ key: Int, _ now: Timestamp) -> Transition? {
        guard keys[key].phase != .idle else { return nil }
        if plan.expire.nanoseconds > 0 && now >= patterns[key].raisedAt + plan.expire {
            keys[key].phase = .idle
            if plan.absence >= 0 { absences.states[key].isSpent = true }
            return .expired
        }
        guard plan.clear.when.isSet else { return nil }
        // Only an alert ends a silence; until one comes, the latest has nothing to say.
        if plan.absence >= 0 && absences.states[key].isSilent { return nil }
        return clear(plan, key, now, clears(plan))
    }

    /// Whether the clear condition holds; nil when that can't be told and the state stands still.
    @_noAllocation @_noLocks
    private mutating func clears(_ plan: RulePlan) -> Bool? {
        switch judge(plan.clear.when, plan.id) {
        case .yes: return true
        case .no: return false
        case .error: return plan.onError == .hold ? nil : plan.onError == .clear
        }
    }

    @_noAllocation @_noLocks
    private mutating func clear(
        _ plan: RulePlan, _ key: Int, _ now: Timestamp, _ holds: Bool?
    ) -> Transition? {
        guard let holds else { return nil }
        guard holds else {
            keys[key].phase = .active
            return nil
        }
        if keys[key].phase == .active {
            keys[key].phase = .clearing
            kept[key].since = now
        }
        guard now >= kept[key].since + plan.clear.hold else { return nil }
        keys[key].phase = .idle
        return .cleared
    }

    /// The next moment at which time alone changes something for the key.
    @_noAllocation @_noLocks
    mutating func setDeadline(_ plan: RulePlan, _ key: Int, _ deadlines: inout TimerQueue) {
        var due = Timestamp(nanoseconds: .max)
        if plan.sequence >= 0 { due = nextCompletion(plan, key) }
        if plan.absence >= 0 { due = silenceDue(plan, key) }
        if keys[key].phase == .clearing {
            let cleared = kept[key].since + plan.clear.hold
            if cleared < due { due = cleared }
        }
        if keys[key].phase != .idle && plan.expire.nanoseconds > 0 {
            let expired = patterns[key].raisedAt + plan.expire
            if expired < due { due = expired }
        }
        if due.nanoseconds == .max { deadlines.cancel(key) } else { deadlines.set(key, due: due) }
    }

    /// Whether the state is of the key that stands at this number now; notes that it is.
    @_noAllocation @_noLocks
    mutating func isCurrent(_ key: Int) -> Bool {
        if patterns[key].hash == keys[key].hash { return true }
        patterns[key].hash = keys[key].hash
        patterns[key].matched = 0
        return false
    }
}
