import CEL
import Domain

// Sequences: steps that come one after the other in the order of event time.
//
// A run is a partial match. Each alert may take each run of its key one step further; one that
// takes none further may begin another. A match without `clear` and `expire` is a pulse, else it
// raises the key's state.

/// What an alert did to the runs of its key.
private enum StepEffect: BitwiseCopyable {
    case none, advanced, matched
}

extension RuleMatcher {
    /// Takes an alert into the runs of its key.
    @_noAllocation @_noLocks
    mutating func takeSequence(
        _ plan: RulePlan, _ sighting: Sighting, _ deadlines: inout TimerQueue,
        _ hits: inout HitList
    ) {
        let sequence = table.sequences[plan.sequence]
        var key = index.find(hash(of: plan))
        var effect = StepEffect.none
        if key >= 0 {
            sweep(sequence, key, sighting.time)
            effect = takeOn(plan, sequence, key, sighting, &hits)
        }
        clearSteps()
        if effect == .none || sequence.runs > 1 {
            if isFirst(plan, sequence, sighting) {
                key = begin(plan, sequence, sighting, &deadlines, &hits)
                if key >= 0 && sequence.stepCount == 1 { effect = .matched }
            }
        }
        guard key >= 0 else { return }
        if effect != .matched { ageByAlert(plan, key, sighting, &hits) }
        setDeadline(plan, key, &deadlines)
    }

    /// What an alert that is no match does to a raised state.
    @_noAllocation @_noLocks
    private mutating func ageByAlert(
        _ plan: RulePlan, _ key: Int, _ sighting: Sighting, _ hits: inout HitList
    ) {
        guard keys[key].phase != .idle else { return }
        loadMatch(plan, key)
        if let transition = age(plan, key, sighting.time) {
            append(&hits, plan, key, transition, sighting.time)
        }
        if keys[key].phase != .idle { keepSlots(key) }
    }

    /// Frees the places of runs that are complete or too old.
    @_noAllocation @_noLocks
    private mutating func sweep(_ sequence: SequencePlan, _ key: Int, _ now: Timestamp) {
        if !isCurrent(key) { forgetRuns(sequence, key) }
        guard patterns[key].firstRun > 0 else { return }
        let first = Int(patterns[key].firstRun) - 1
        var run = first
        while run < first + sequence.places {
            let isOver = now > sequences.runs[run].first + sequence.within
            if sequences.runs[run].isSpent {
                if Int(patterns[key].matched) != run + 1 { free(run) }
            } else if isOver {
                free(run)
            }
            run += 1
        }
    }

    @_noAllocation @_noLocks
    private mutating func free(_ run: Int) {
        sequences.runs[run].passed = 0
        sequences.runs[run].isSpent = false
    }

    @_noAllocation @_noLocks
    private mutating func forgetRuns(_ sequence: SequencePlan, _ key: Int) {
        guard patterns[key].firstRun > 0 else { return }
        let first = Int(patterns[key].firstRun) - 1
        var run = first
        while run < first + sequence.places {
            free(run)
            run += 1
        }
    }

    /// Takes the key's runs further; gives the most that came of it for any of them.
    @_noAllocation @_noLocks
    private mutating func takeOn(
        _ plan: RulePlan, _ sequence: SequencePlan, _ key: Int, _ sighting: Sighting,
        _ hits: inout HitList
    ) -> StepEffect {
        guard patterns[key].firstRun > 0 else { return .none }
        let first = Int(patterns[key].firstRun) - 1
        var effect = StepEffect.none
        var run = first
        while run < first + sequence.places {
            let isLive = sequences.runs[run].passed > 0 && !sequences.runs[run].isSpent
            if isLive && step(plan, sequence, run, sighting) {
                if effect == .none { note(key, sighting) }
                if Int(sequences.runs[run].passed) == sequence.stepCount {
                    effect = .matched
                    match(plan, key, run, sighting.time, &hits)
                } else {
                    if effect == .none { effect = .advanced }
                    keepSlots(key)
                }
            }
            run += 1
        }
        return effect
    }

    /// Whether the alert is the run's next step, which is then captured. It ends the run where it
    /// is one that must not come.
    @_noAllocation @_noLocks
    private mutating func step(
        _ plan: RulePlan, _ sequence: SequencePlan, _ run: Int, _ sighting: Sighting
    ) -> Bool {
        var place = Int(sequences.runs[run].passed)
        var isLoaded = false
        while place < sequence.stepCount {
            let step = table.steps[sequence.firstStep + place]
            if concerns(step, sighting.kind) {
                if !isLoaded { loadSteps(run) }
                isLoaded = true
                if !step.filter.isSet || judge(step.filter, plan.id) == .yes {
                    if !step.isNot {
                        capture(step, run, sighting.time)
                        sequences.runs[run].passed = UInt8(truncatingIfNeeded: place + 1)
                        return true
                    }
                    if sequences.runs[run].last < sighting.time {
                        free(run)
                        return false
                    }
                }
            }
            if !step.isNot { return false }
            place += 1
        }
        return false
    }

    @_noAllocation @_noLocks
    private func concerns(_ step: StepPlan, _ kind: KindID) -> Bool {
        if step.kindCount == 0 { return true }
        var place = step.firstKind
        while place < step.firstKind + step.kindCount {
            if table.stepKinds[place].index == kind.index { return true }
            place += 1
        }
        return false
    }

    @_noAllocation @_noLocks
    private mutating func isFirst(
        _ plan: RulePlan, _ sequence: SequencePlan, _ sighting: Sighting
    ) -> Bool {
        let step = table.steps[sequence.firstStep]
        guard !step.isNot, concerns(step, sighting.kind) else { return false }
        return !step.filter.isSet || judge(step.filter, plan.id) == .yes
    }

    /// Begins a run with the alert in the slots; gives its key, or -1 when there is no room.
    @_noAllocation @_noLocks
    private mutating func begin(
        _ plan: RulePlan, _ sequence: SequencePlan, _ sighting: Sighting,
        _ deadlines: inout TimerQueue, _ hits: inout HitList
    ) -> Int {
        let key = key(plan, sighting.sequence, &deadlines)
        guard key >= 0 else {
            counters[plan.id.int].evicted &+= 1
            return -1
        }
        if !isCurrent(key) { forgetRuns(sequence, key) }
        let run = place(plan, sequence, key)
        guard run >= 0 else { return key }
        // What a run that is over was made of is no evidence for the next.
        if sequence.runs == 1 && keys[key].phase == .idle {
            keys[key].recent = .init(repeating: 0)
        }
        note(key, sighting)
        patterns[key].begun &+= 1
        sequences.runs[run] = SequenceRun(
            passed: 1, isSpent: false, number: patterns[key].begun, first: sighting.time,
            last: sighting.time, captured: .init(repeating: Slot()))
        capture(table.steps[sequence.firstStep], run, sighting.time)
        keepSlots(key)
        if sequence.stepCount == 1 { match(plan, key, run, sighting.time, &hits) }
        return key
    }

    /// A place for another run of the key; -1 when the one that waits is to stay.
    @_noAllocation @_noLocks
    private mutating func place(_ plan: RulePlan, _ sequence: SequencePlan, _ key: Int) -> Int {
        if patterns[key].firstRun == 0 {
            let first = sequences.take(sequence.places)
            if first < 0 {
                counters[plan.id.int].evicted &+= 1
                return -1
            }
            patterns[key].firstRun = UInt32(truncatingIfNeeded: first + 1)
        }
        let first = Int(patterns[key].firstRun) - 1
        var (empty, oldest, live) = (-1, -1, 0)
        var run = first
        while run < first + sequence.places {
            if sequences.runs[run].passed == 0 {
                if empty < 0 { empty = run }
            } else if !sequences.runs[run].isSpent {
                live += 1
                if oldest < 0 || sequences.runs[run].number < sequences.runs[oldest].number {
                    oldest = run
                }
            }
            run += 1
        }
        if live < sequence.runs { return empty }
        if sequence.runs == 1 { return sequence.restartsOnLatest ? oldest : -1 }
        counters[plan.id.int].evicted &+= 1
        return oldest
    }

    /// Takes note of an alert that is part of a run.
    @_noAllocation @_noLocks
    private mutating func note(_ key: Int, _ sighting: Sighting) {
        kept[key].sighting = sighting
        keys[key].cell = sighting.cell
        if sighting.time > keys[key].high { keys[key].high = sighting.time }
        remember(key, sighting.sequence)
    }

    @_noAllocation @_noLocks
    private mutating func capture(_ step: StepPlan, _ run: Int, _ time: Timestamp) {
        sequences.runs[run].last = time
        guard step.capture >= 0, step.capture < RuleSlot.stepsMax else { return }
        let start = step.capture * RuleSlot.alertFieldCount
        var field = 0
        while field < RuleSlot.alertFieldCount {
            sequences.runs[run].captured[start + field] = slots[field]
            field += 1
        }
    }

    /// All steps of a run have come, or the time for those that must not is over.
    @_noAllocation @_noLocks
    private mutating func match(
        _ plan: RulePlan, _ key: Int, _ run: Int, _ now: Timestamp, _ hits: inout HitList
    ) {
        sequences.runs[run].isSpent = true
        guard plan.clear.when.isSet || plan.expire.nanoseconds > 0 else {
            append(&hits, plan, key, .pulse, now, run: run)
            return
        }
        patterns[key].matched = UInt32(truncatingIfNeeded: run + 1)
        keepSlots(key)
        append(&hits, plan, key, raise(key, now), now, run: run)
    }

    /// Whether nothing but steps that must not come is left of the run.
    @_noAllocation @_noLocks
    private func awaitsEnd(_ sequence: SequencePlan, _ run: Int) -> Bool {
        if sequences.runs[run].passed == 0 || sequences.runs[run].isSpent { return false }
        var place = Int(sequences.runs[run].passed)
        while place < sequence.stepCount {
            if !table.steps[sequence.firstStep + place].isNot { return false }
            place += 1
        }
        return true
    }

    /// When the first of the key's runs is complete because something did not come.
    @_noAllocation @_noLocks
    func nextCompletion(_ plan: RulePlan, _ key: Int) -> Timestamp {
        let sequence = table.sequences[plan.sequence]
        var due = Timestamp(nanoseconds: .max)
        guard patterns[key].firstRun > 0 else { return due }
        let first = Int(patterns[key].firstRun) - 1
        var run = first
        while run < first + sequence.places {
            if awaitsEnd(sequence, run) {
                let end = sequences.runs[run].first + sequence.within
                if end < due { due = end }
            }
            run += 1
        }
        return due
    }

    /// Completes the runs for which it is too late for what must not come; gives whether any was.
    @_noAllocation @_noLocks
    mutating func completeRuns(
        _ plan: RulePlan, _ key: Int, _ now: Timestamp, _ hits: inout HitList
    ) -> Bool {
        let sequence = table.sequences[plan.sequence]
        guard patterns[key].firstRun > 0 else { return false }
        var isAny = false
        let first = Int(patterns[key].firstRun) - 1
        var run = first
        while run < first + sequence.places {
            if awaitsEnd(sequence, run) {
                if now >= sequences.runs[run].first + sequence.within {
                    match(plan, key, run, now, &hits)
                    isAny = true
                }
            }
            run += 1
        }
        return isAny
    }

    /// The run that began last, also one that is complete; -1 when there is none.
    func latestRun(_ plan: RulePlan, _ key: Int) -> Int {
        guard patterns[key].firstRun > 0 else { return -1 }
        let first = Int(patterns[key].firstRun) - 1
        let places = first..<(first + table.sequences[plan.sequence].places)
        return places.filter { sequences.runs[$0].passed > 0 }
            .max { sequences.runs[$0].number < sequences.runs[$1].number } ?? -1
    }

    /// Brings the captured steps of a run into the slots.
    @_noAllocation @_noLocks
    mutating func loadSteps(_ run: Int) {
        var slot = 0
        while slot < 65 {
            slots[RuleSlot.firstStep + slot] = sequences.runs[run].captured[slot]
            slot += 1
        }
    }

    /// Brings the captured steps behind the key's raised state into the slots.
    @_noAllocation @_noLocks
    mutating func loadMatch(_ plan: RulePlan, _ key: Int) {
        if plan.sequence < 0 { return }
        let matched = Int(patterns[key].matched)
        if matched > 0 { loadSteps(matched - 1) } else { clearSteps() }
    }

    @_noAllocation @_noLocks
    private mutating func clearSteps() {
        var slot = 0
        while slot < 65 {
            slots[RuleSlot.firstStep + slot] = Slot()
            slot += 1
        }
    }
}
