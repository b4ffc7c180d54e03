import CEL
public import Domain

// Taking over the state of another matcher, whose rules were replaced by this one's. Not on the hot
// path: it runs once a reload, between two alerts, and may allocate.
//
// A key's words are the same in both: keys, distinct values and witnesses are known by hashes of
// their names. What holds symbols (kept alerts, captured steps, fold keys) is translated.

extension RuleMatcher {
    /// Takes over the keys of all rules whose state means the same, with their timers, and the
    /// counters of all rules that are still there.
    public mutating func takeOver(
        _ old: borrowing RuleMatcher, _ renumbering: Renumbering, _ before: borrowing KeyTimers,
        _ now: inout KeyTimers
    ) -> Adoption {
        var adoption = Adoption()
        adoption.keys = [Int](repeating: -1, count: old.keysUsed)
        for rule in 0..<old.table.ruleCount {
            let fresh = renumbering.rules[rule]
            if fresh >= 0 { counters[fresh] = old.counters[rule].withoutKeys() }
            var link = old.counters[rule].oldest
            while link != 0 {
                let key = Int(link) - 1
                link = old.keys[key].newer
                let isKept =
                    renumbering.keepsState[rule]
                    && takeOver(key, of: old, as: RuleID(fresh), renumbering, before, &now)
                if isKept {
                    takeOverGroup(of: key, keysUsed - 1, RuleID(fresh), old, renumbering)
                    adoption.keysKept += 1
                    adoption.keys[key] = keysUsed - 1
                } else {
                    adoption.keysDropped += 1
                }
            }
        }
        absences.listeningSince = old.absences.listeningSince
        store.evicted = old.store.evicted
        return adoption
    }

    /// Takes over the keys of some rules from an engine that lived through the past aside, under
    /// the same rules.
    ///
    /// What is judged alert by alert begins idle: what it would have told by now was never told.
    /// The alerts it took in have other positions there, so they are no evidence here.
    ///
    /// - Parameters:
    ///   - isWanted: by number of a rule here.
    ///   - sources: the number here of each source there.
    public mutating func takeOver(
        aside: borrowing RuleMatcher, where isWanted: [Bool], _ renumbering: Renumbering,
        sources: [SourceID], _ before: borrowing KeyTimers, _ now: inout KeyTimers
    ) {
        for rule in 0..<aside.table.ruleCount {
            let fresh = renumbering.rules[rule]
            guard fresh >= 0, isWanted[fresh] else { continue }
            var link = aside.counters[rule].oldest
            while link != 0 {
                let key = Int(link) - 1
                link = aside.keys[key].newer
                guard takeOver(key, of: aside, as: RuleID(fresh), renumbering, before, &now) else {
                    return
                }
                let number = keysUsed - 1
                keys[number].recent = .init(repeating: 0)
                keys[number].movedUp = 0
                let source = kept[number].sighting.source
                if source != .none { kept[number].sighting.source = sources[source.int] }
                guard !table.rules[fresh].isOrdered else { continue }
                keys[number].phase = .idle
                keys[number].isFrozen = false
                now.timers.cancel(number)
            }
        }
    }

    /// Says from when on a rule's windows hold all that they reach back to.
    @_noAllocation @_noLocks
    public mutating func warm(_ rule: RuleID, until time: Timestamp) {
        counters[rule.int].warmUntil = time
    }

    /// Gives one key a place of its own here; false when there is no room.
    private mutating func takeOver(
        _ key: Int, of old: borrowing RuleMatcher, as rule: RuleID, _ renumbering: Renumbering,
        _ before: borrowing KeyTimers, _ now: inout KeyTimers
    ) -> Bool {
        let words = layout.keys[rule.int].words
        guard keysUsed < keys.capacity, let start = store.take(words) else { return false }
        let number = keysUsed
        keysUsed += 1
        keys[number] = old.keys[key]
        keys[number].rule = rule
        keys[number].start = UInt32(truncatingIfNeeded: start)
        keyParts[number] = old.keyParts[key]
        index.insert(keys[number].hash, number)
        link(number, rule)
        counters[rule.int].keys &+= 1
        copyWords(words, from: old, Int(old.keys[key].start), to: start)
        takeOverKept(key, number, old, renumbering)
        takeOverPattern(key, number, rule, old, renumbering)
        let due = before.timers.due(key)
        if due != .forever { now.timers.set(number, due: due) }
        let deadline = before.deadlines.due(key)
        if deadline != .forever { now.deadlines.set(number, due: deadline) }
        return true
    }

    /// Words that were never touched stay so: no page is taken for them.
    private mutating func copyWords(
        _ count: Int, from old: borrowing RuleMatcher, _ source: Int, to target: Int
    ) {
        for offset in 0..<count {
            let word = old.store.words[source + offset]
            if word != 0 { store.words[target + offset] = word }
        }
    }

    /// Idle keys keep no alert, but for those of ordered rules.
    private mutating func takeOverKept(
        _ key: Int, _ number: Int, _ old: borrowing RuleMatcher, _ renumbering: Renumbering
    ) {
        let plan = table.rules[keys[number].rule.int]
        guard keys[number].phase != .idle || plan.isOrdered || plan.isFoldTarget else { return }
        kept[number] = old.kept[key]
        kept[number].sighting.kind = renumbering.kind(old.kept[key].sighting.kind)
        for (slot, place) in renumbering.slots.enumerated() {
            kept[number].slots[slot] =
                place < 0
                ? Slot() : translated(old.kept[key].slots[place], from: old, renumbering)
        }
    }

    /// A slot as it reads here: strings have other symbols, all else is the same.
    mutating func translated(
        _ slot: Slot, from old: borrowing RuleMatcher, _ renumbering: Renumbering
    ) -> Slot {
        guard slot.isString else { return slot }
        let text = old.table.memory.symbols.text(of: slot.asSymbol)
        return table.memory.symbols.slot(renumbering.paths[text] ?? text)
    }

    private mutating func takeOverPattern(
        _ key: Int, _ number: Int, _ rule: RuleID, _ old: borrowing RuleMatcher,
        _ renumbering: Renumbering
    ) {
        guard old.patterns[key].hash == old.keys[key].hash else { return }
        patterns[number] = old.patterns[key]
        let plan = table.rules[rule.int]
        if plan.absence >= 0 { takeOverAbsence(key, number, old) }
        guard plan.sequence >= 0, old.patterns[key].firstRun > 0 else { return }
        let places = table.sequences[plan.sequence].places
        let first = sequences.take(places)
        guard first >= 0 else {
            patterns[number].firstRun = 0
            patterns[number].matched = 0
            return
        }
        let oldFirst = Int(old.patterns[key].firstRun) - 1
        patterns[number].firstRun = UInt32(truncatingIfNeeded: first + 1)
        if old.patterns[key].matched > 0 {
            let matched = Int(old.patterns[key].matched) - 1 - oldFirst + first
            patterns[number].matched = UInt32(truncatingIfNeeded: matched + 1)
        }
        for run in 0..<places {
            sequences.runs[first + run] = old.sequences.runs[oldFirst + run]
            for slot in 0..<(RuleSlot.stepsMax * RuleSlot.alertFieldCount) {
                sequences.runs[first + run].captured[slot] = translated(
                    old.sequences.runs[oldFirst + run].captured[slot], from: old, renumbering)
            }
        }
    }

    private mutating func takeOverAbsence(
        _ key: Int, _ number: Int, _ old: borrowing RuleMatcher
    ) {
        absences.states[number] = old.absences.states[key]
        absences.states[number].group = 0
        absences.states[number].nextMember = 0
        absences.states[number].previousMember = 0
        absences.states[number].nextQueued = 0
        absences.states[number].isQueued = false
    }

    /// Makes a key a member of the group it was in; the group goes on as it stood.
    private mutating func takeOverGroup(
        of key: Int, _ number: Int, _ rule: RuleID, _ old: borrowing RuleMatcher,
        _ renumbering: Renumbering
    ) {
        guard table.rules[rule.int].absence >= 0, old.absences.states[key].group > 0 else { return }
        let oldGroup = Int(old.absences.states[key].group) - 1
        let by = translated(old.absences.groups[oldGroup].by, from: old, renumbering)
        var hash = StableHash(seed: table.identities[rule.int])
        hash.combine(table.memory.symbols.identity(of: by))
        let isSilent = absences.states[number].isSilent
        // Joining counts a member that is not silent; what it is, is said after.
        absences.states[number].isSilent = false
        guard absences.join(number, hash.value, rule, by) else { return }
        absences.set(number, silent: isSilent)
        let group = Int(absences.states[number].group) - 1
        absences.groups[group].isFolded = old.absences.groups[oldGroup].isFolded
        absences.groups[group].told = old.absences.groups[oldGroup].told
    }
}

// What stands raised, for those who have to note it again.
extension RuleMatcher {
    /// Keys have the numbers below this.
    public var keyCount: Int { keysUsed }

    /// Whether a key that is in use stands raised.
    public func isRaised(_ key: Int) -> Bool {
        guard index.find(keys[key].hash) == key else { return false }
        return keys[key].phase == .active || keys[key].phase == .clearing
    }

    /// A hit as if the key had just been raised, its alert's facts in the slots.
    public mutating func hit(ofRaised key: Int) -> RuleHit {
        recall(key, keys[key].high)
        return RuleHit(
            rule: keys[key].rule, key: key, transition: .raised, cell: keys[key].cell,
            time: keys[key].high)
    }
}

extension ReorderBuffer {
    /// Translates what waits: ordered rules whose state was kept judge it, the others don't.
    public mutating func takeOver(
        _ old: borrowing RuleMatcher, _ renumbering: Renumbering, into rules: inout RuleMatcher
    ) {
        for index in 0..<count {
            let place = Int(heap[index])
            alerts[place].sighting.kind = renumbering.kind(alerts[place].sighting.kind)
            alerts[place].rules = alerts[place].rules.renumbered(renumbering)
            let before = alerts[place].slots
            for (slot, source) in renumbering.slots.enumerated() {
                alerts[place].slots[slot] =
                    source < 0 ? Slot() : rules.translated(before[source], from: old, renumbering)
            }
        }
    }
}

extension OrderedRules {
    /// Those that are still there and go on.
    func renumbered(_ renumbering: Renumbering) -> OrderedRules {
        var fresh = OrderedRules()
        for index in 0..<count where renumbering.keepsState[rule(index).int] {
            _ = fresh.append(renumbering.rule(rule(index)))
        }
        return fresh
    }
}

extension RuleCounters {
    /// The same for a rule that has no keys yet.
    func withoutKeys() -> RuleCounters {
        var counters = self
        counters.keys = 0
        (counters.oldest, counters.newest) = (0, 0)
        return counters
    }
}
