import CEL
public import Domain

// Folding: when enough of those that belong together are silent, one finding of another rule takes
// the place of theirs.

extension RuleMatcher {
    /// Says the next thing that follows from who is silent and who is not; false when there is
    /// nothing more to say.
    ///
    /// The one hit, if its rule is no shadow, has its facts in the slots.
    @_noAllocation @_noLocks
    public mutating func followUp(
        at now: Timestamp, deadlines: inout TimerQueue, hits: inout HitList
    ) -> Bool {
        moment = now
        while true {
            let group = absences.nextGroup()
            if group < 0 { break }
            if judgeGroup(group, now, &deadlines, &hits) { return true }
        }
        while true {
            let key = absences.nextKey()
            if key < 0 { return false }
            if judgeSilence(key, now, &deadlines, &hits) { return true }
        }
    }

    /// Raises the finding of a key that is silent by itself, and clears that of one whose group
    /// now speaks for it.
    @_noAllocation @_noLocks
    private mutating func judgeSilence(
        _ key: Int, _ now: Timestamp, _ deadlines: inout TimerQueue, _ hits: inout HitList
    ) -> Bool {
        let state = absences.states[key]
        guard state.isSilent else { return false }
        let isFolded = state.group > 0 && absences.groups[Int(state.group) - 1].isFolded
        let isWanted = !isFolded && !state.isSpent
        let isRaised = keys[key].phase != .idle
        if isWanted == isRaised {
            // Silent again before it had cleared.
            if isRaised { keys[key].phase = .active }
            return false
        }
        let plan = plan(keys[key].rule)
        recall(key, now)
        fillAbsence(key, now)
        if isWanted {
            append(&hits, plan, key, raise(key, now), now)
        } else {
            keys[key].phase = .idle
            append(&hits, plan, key, .cleared, now)
        }
        setDeadline(plan, key, &deadlines)
        return true
    }

    /// Folds or unfolds a group when that is due; the findings of its members then have to be
    /// judged anew.
    @_noAllocation @_noLocks
    private mutating func judgeGroup(
        _ number: Int, _ now: Timestamp, _ deadlines: inout TimerQueue, _ hits: inout HitList
    ) -> Bool {
        let group = absences.groups[number]
        let plan = plan(group.rule)
        guard let fold = table.absences[plan.absence].fold else { return false }
        let isEnough = group.silent > 0 && Int(group.silent) >= fold.least
        // Half of eight is four, whatever the last bit of the product says.
        let share = Double(group.silent) + 1e-9 >= fold.share * Double(group.members)
        let isFolded = isEnough && share
        if isFolded == group.isFolded {
            guard isFolded, group.silent > group.told else { return false }
        }
        absences.groups[number].isFolded = isFolded
        absences.groups[number].told = group.silent
        if isFolded != group.isFolded { queueMembers(number) }
        tell(number, into: fold.into, now, &deadlines, &hits)
        return true
    }

    @_noAllocation @_noLocks
    private mutating func queueMembers(_ group: Int) {
        var member = Int(absences.groups[group].firstMember) - 1
        while member >= 0 {
            if absences.states[member].isSilent { absences.queue(key: member) }
            member = Int(absences.states[member].nextMember) - 1
        }
    }

    /// The finding of the rule that speaks for the group.
    @_noAllocation @_noLocks
    private mutating func tell(
        _ number: Int, into rule: RuleID, _ now: Timestamp, _ deadlines: inout TimerQueue,
        _ hits: inout HitList
    ) {
        let group = absences.groups[number]
        let plan = plan(rule)
        let member = spokesman(number)
        if member >= 0 { recall(member, now) }
        set(.foldKey, group.by)
        set(.foldCount, .int(Int64(group.silent)))
        set(.foldOf, .int(Int64(group.members)))
        let key = key(plan, 0, &deadlines)
        guard key >= 0 else {
            counters[rule.int].evicted &+= 1
            return
        }
        let isRaised = isCurrent(key) && keys[key].phase != .idle
        if member >= 0 {
            if !isRaised { kept[key].sighting = kept[member].sighting }
            keys[key].cell = kept[key].sighting.cell
            remember(key, latestAlert(number))
        }
        keys[key].phase = group.isFolded ? .active : .idle
        let transition: Transition =
            group.isFolded ? (isRaised ? .refreshed : .raised) : .cleared
        append(&hits, plan, key, transition, now)
    }

    /// The silent member whose place the finding takes: the one with the least hash, so that it
    /// does not depend on who came first. Any member when none is silent; -1 without any.
    @_noAllocation @_noLocks
    private func spokesman(_ group: Int) -> Int {
        var member = Int(absences.groups[group].firstMember) - 1
        var chosen = -1
        while member >= 0 {
            if chosen < 0 || precedes(member, chosen) { chosen = member }
            member = Int(absences.states[member].nextMember) - 1
        }
        return chosen
    }

    /// The journal position of the latest alert from any of the group.
    @_noAllocation @_noLocks
    private func latestAlert(_ group: Int) -> UInt64 {
        var member = Int(absences.groups[group].firstMember) - 1
        var latest: UInt64 = 0
        while member >= 0 {
            if keys[member].recent[0] > latest { latest = keys[member].recent[0] }
            member = Int(absences.states[member].nextMember) - 1
        }
        return latest
    }

    @_noAllocation @_noLocks
    private func precedes(_ a: Int, _ b: Int) -> Bool {
        let (first, second) = (absences.states[a].isSilent, absences.states[b].isSilent)
        return first == second ? keys[a].hash < keys[b].hash : first
    }
}
