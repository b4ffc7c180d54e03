import CEL
import Domain
import Wire

/// Who may send, and how much.
public struct AdmissionPolicy: Sendable {
    /// Sources that begin with one of these are let in; empty lets in everyone.
    public var allowed: [String] = []
    /// Sources that begin with one of these may send alerts of any age.
    public var backfill: [String] = []
    /// Alerts per second and source, with twice that in a burst; 0 is without bound.
    public var ratePerSource = 0.0
    /// Whether only registered sources are let in.
    public var refusesUnregistered = false
    /// How many sources there can be.
    public var sourcesMax = 262_144

    public init() {}
}

/// What is kept of each source.
struct SourceState: BitwiseCopyable {
    /// Whether it was ever let in.
    var isHeard: Bool
    var isAllowed: Bool
    var mayBackfill: Bool
    var hasSequence: Bool
    /// Throttled alerts that may still be sent again, under the number they had.
    var retries: UInt8
    var lastSequence: UInt64
    /// Alerts refused since then, before their number was known: they leave a gap and are not lost.
    var refusedSince: UInt64
    var accepted: UInt64
    /// Alerts that were older than the watermark.
    var late: UInt64
    var lost: UInt64
    /// When the latest accepted alert was received.
    var lastReceived: Timestamp
    var tokens: Double
    var refilled: Timestamp
    /// The source's name as conditions see it; absent until they first do.
    var symbol: Slot
}

/// The sources known so far, what they may do, and which alerts have been seen already.
struct Admission: ~Copyable, Sendable {
    /// Registered sources from the start, others from their first alert; never removed.
    var names: NameTable
    var states: Table<SourceState>
    var seats: Table<SourceSeat>
    var kindSets: KindSets
    /// The sources that were let in, in the order in which they first were.
    var heard: Table<UInt32>
    var heardCount = 0
    var registeredCount = 0
    var seen = SeenAlerts()
    /// The mark of the alert that was admitted last.
    var latestMark: UInt64 = 0
    let allowed: TextList
    let backfill: TextList
    let refusesUnregistered: Bool
    let ratePerSource: Double
    let futureSkewMax = Limits.futureSkewMax
    let ageMax = Limits.ageMax

    init(_ policy: AdmissionPolicy, _ kinds: borrowing KindTable) {
        allowed = TextList(policy.allowed)
        backfill = TextList(policy.backfill)
        refusesUnregistered = policy.refusesUnregistered
        ratePerSource = policy.ratePerSource
        names = NameTable(
            capacity: policy.sourcesMax, byteCapacity: policy.sourcesMax * Limits.sourceBytesMax)
        states = Table(capacity: policy.sourcesMax)
        seats = Table(capacity: policy.sourcesMax)
        heard = Table(capacity: policy.sourcesMax)
        kindSets = KindSets([[]], kinds)
    }

    /// The number of the alert's source, given one if it is new.
    ///
    /// **Fails**: `unknownSource` for one that is not let in, which takes no place; `overloaded`
    /// when there is no place for another.
    @_noAllocation @_noLocks
    mutating func source(of alert: borrowing Alert) throws(Refusal) -> SourceID {
        let (start, end) = (alert.source.first, alert.source.end)
        var index = names.find(alert.texts, start, end)
        if index < 0 {
            let isLetIn = !refusesUnregistered && Admission.allows(alert, allowed)
            if !isLetIn { throw Refusal(.unknownSource, .source, at: 0) }
            index = names.intern(alert.texts, start, end)
            if index < 0 { throw Refusal(.overloaded, .source, at: 0) }
            states[index].isAllowed = true
        }
        if !states[index].isAllowed { throw Refusal(.unknownSource, .source, at: 0) }
        if !states[index].isHeard { hear(index, alert) }
        return SourceID(index)
    }

    @_noAllocation @_noLocks
    private mutating func hear(_ source: Int, _ alert: borrowing Alert) {
        states[source].isHeard = true
        states[source].mayBackfill = Admission.startsWithAny(alert, backfill)
        states[source].tokens = ratePerSource * 2
        states[source].refilled = Timestamp(nanoseconds: .min)
        heard[heardCount] = UInt32(truncatingIfNeeded: source)
        heardCount += 1
    }

    /// Whether the list lets the alert's source in; an empty one lets in everybody.
    @_noAllocation @_noLocks
    private static func allows(_ alert: borrowing Alert, _ list: borrowing TextList) -> Bool {
        list.count == 0 || startsWithAny(alert, list)
    }

    @_noAllocation @_noLocks
    private static func startsWithAny(
        _ alert: borrowing Alert, _ prefixes: borrowing TextList
    ) -> Bool {
        var prefix = 0
        while prefix < prefixes.count {
            if startsWith(alert, prefixes, prefix) { return true }
            prefix += 1
        }
        return false
    }

    /// Whether the name of the alert's source, with a `/` after it, starts with the prefix.
    @_noAllocation @_noLocks
    private static func startsWith(
        _ alert: borrowing Alert, _ prefixes: borrowing TextList, _ prefix: Int
    ) -> Bool {
        let (start, length) = (alert.source.first, alert.source.count)
        var offset = 0
        while offset < prefixes.length(prefix) {
            let byte = offset < length ? alert.texts[start + offset] : 0x2F
            if offset > length || byte != prefixes.byte(prefix, offset) { return false }
            offset += 1
        }
        return true
    }

    /// Takes one token from the source's bucket; false when it is empty.
    @_noAllocation @_noLocks
    mutating func spendToken(_ source: SourceID, at received: Timestamp) -> Bool {
        guard ratePerSource > 0 else { return true }
        let state = states[source.int]
        let elapsed = Double((received - state.refilled).nanoseconds) / 1e9
        let refilled = state.tokens + elapsed * ratePerSource
        let tokens = refilled < ratePerSource * 2 ? refilled : ratePerSource * 2
        states[source.int].refilled = received
        states[source.int].tokens = tokens >= 1 ? tokens - 1 : tokens
        return tokens >= 1
    }

    /// Notes the last number that a heartbeat tells of and gives how many before it never arrived.
    @_noAllocation @_noLocks
    mutating func noteTail(_ number: UInt64, _ source: SourceID) -> UInt64 {
        let state = states[source.int]
        guard state.hasSequence, number > state.lastSequence else { return 0 }
        states[source.int].lastSequence = number
        states[source.int].refusedSince = 0
        return lost(number - state.lastSequence, source, state)
    }

    /// Notes the sender's number and gives how many numbers it skipped. A number below the last
    /// begins a new count, for the sender was started again; unless it had an alert throttled,
    /// which it may be sending once more.
    @_noAllocation @_noLocks
    mutating func noteSequence(_ number: UInt64, _ source: SourceID) -> UInt64 {
        let state = states[source.int]
        if state.hasSequence && number < state.lastSequence && state.retries > 0 {
            states[source.int].retries -= 1
            return 0
        }
        states[source.int].hasSequence = true
        states[source.int].lastSequence = number
        states[source.int].refusedSince = 0
        guard state.hasSequence, number > state.lastSequence else { return 0 }
        return lost(number - state.lastSequence - 1, source, state)
    }

    /// Notes that an alert was throttled, and may come again.
    @_noAllocation @_noLocks
    mutating func noteThrottled(_ source: SourceID) {
        if states[source.int].retries < 64 { states[source.int].retries += 1 }
    }

    /// Notes that an alert of the topic's source came and was refused.
    @_noAllocation @_noLocks
    mutating func noteRefusal(_ bytes: Span<UInt8>, _ topic: Topic) {
        let source = names.find(bytes, topic.sourceStart, topic.sourceEnd)
        if source >= 0 { states[source].refusedSince &+= 1 }
    }

    /// How many of the numbers that were skipped did not arrive.
    @_noAllocation @_noLocks
    private mutating func lost(
        _ skipped: UInt64, _ source: SourceID, _ state: SourceState
    ) -> UInt64 {
        let lost = skipped > state.refusedSince ? skipped - state.refusedSince : 0
        states[source.int].lost &+= lost
        return lost
    }
}
