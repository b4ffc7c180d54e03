public import Cells
public import Domain
import Lanes
import Scoring
public import Tasking

/// An engine aside that lives through alerts of the past under rules that are to be taken over, so
/// that those whose state would begin anew begin with what they would hold by now.
///
/// It tells nobody anything: its scores and tasks are dropped with it.
///
/// **Owner**: whoever prepares the rules; then the lane that takes them over.
public struct Rehearsal: ~Copyable, Sendable {
    var walk: Owned<Walk>
    private var records: RingReader
    private var letter = Letter()
    /// From when on the alerts were there.
    public let since: Timestamp

    private static let ringBytes = 16 * 1024 * 1024

    /// - Parameter sources: those that are registered, whose alerts may leave out their place.
    public init(
        _ compiled: consuming CompiledRules, _ grid: consuming Grid, sources: [SourcePlan] = [],
        since: Timestamp
    ) {
        var admission = AdmissionPolicy()
        // What was accepted once may be of any age now.
        admission.backfill = [""]
        let ring = RecordRing(byteCapacity: Rehearsal.ringBytes)
        records = ring.reader()
        var parts = WalkParts(
            compiled: compiled, grid: grid, admission: admission,
            outlet: Outlet(ring: ring.writer(), instance: "rehearsal", epoch: 1))
        parts.sources = sources
        walk = Owned(Walk(parts))
        self.since = since
    }

    /// Takes an alert as it once came in; earlier ones come first.
    public mutating func take(
        _ body: [UInt8], from source: String, on path: IngestPath, received: Timestamp
    ) {
        letter.compose(
            topic: "alert/v1/json/\(source)/", body: body, path: path, received: received)
        walk.value.take(letter)
        forget()
    }

    /// Lives through what another walk has taken in meanwhile; false when that was too much.
    mutating func catchUp(with tee: LetterTee) -> Bool {
        var letters = Letter()
        tee.replay(into: &letters) { letter in
            walk.value.take(letter)
            forget()
        }
        return !tee.isFull
    }

    private mutating func forget() {
        walk.value.outlet.clearFeed()
        _ = records.drain(atMost: .max) { _ in }
    }
}

extension Walk {
    /// Gives the rules whose state began anew what the rehearsal holds of them, and says from when
    /// on their windows are full.
    mutating func warm(
        _ renumbering: Renumbering, at now: Timestamp, after rehearsal: consuming Rehearsal?,
        _ adoption: inout Adoption
    ) {
        let copied = tee.take()
        let isKept = renumbering.isKept(of: rules.table.ruleCount)
        let reaches = isKept.indices.map { rules.table.reach(of: RuleID($0)) }
        var since = now
        if var aside = consume rehearsal, let copied, aside.catchUp(with: copied) {
            since = aside.since
            adoption.isRehearsed = true
            let isWanted = zip(isKept, reaches).map { isKept, reach in !isKept && reach > .zero }
            takeOver(&aside.walk.value, where: isWanted)
        }
        for (rule, reach) in reaches.enumerated() {
            let until = since + reach
            let isWarming = !isKept[rule] && reach > .zero && until > now
            if isWarming { rules.warm(RuleID(rule), until: until) }
            adoption.warmUntil.append(isWarming ? until : nil)
        }
    }

    private mutating func takeOver(_ aside: inout Walk, where isWanted: [Bool]) {
        let renumbering = Renumbering(
            from: aside.rules.table, to: rules.table, kinds: Walk.renumbered(aside.kinds, kinds))
        var sources: [SourceID] = []
        for source in 0..<aside.admission.names.count {
            sources.append(admission.source(named: aside.admission.names.name(source)))
        }
        var before = KeyTimers(timers: TimerQueue(owners: 1), deadlines: TimerQueue(owners: 1))
        swap(&before.timers, &aside.timers)
        swap(&before.deadlines, &aside.deadlines)
        var here = KeyTimers(timers: TimerQueue(owners: 1), deadlines: TimerQueue(owners: 1))
        swap(&here.timers, &timers)
        swap(&here.deadlines, &deadlines)
        rules.takeOver(
            aside: aside.rules, where: isWanted, renumbering, sources: sources, before, &here)
        swap(&here.timers, &timers)
        swap(&here.deadlines, &deadlines)
    }
}
