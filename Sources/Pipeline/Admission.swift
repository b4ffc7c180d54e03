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
    /// How many sources there can be.
    public var sourcesMax = 262_144

    public init() {}
}

/// What is kept of each source.
struct SourceState: BitwiseCopyable {
    var isKnown: Bool
    var isAllowed: Bool
    var mayBackfill: Bool
    var hasSequence: Bool
    var lastSequence: UInt64
    /// Alerts refused since then, before their number was known: they leave a gap and are not lost.
    var refusedSince: UInt64
    /// Alerts that were older than the watermark.
    var late: UInt64
    var tokens: Double
    var refilled: Timestamp
    /// The source's name as conditions see it; absent until they first do.
    var symbol: Slot
}

/// The sources seen so far, what they may do, and which alerts have been seen already.
struct Admission: ~Copyable, Sendable {
    var names: NameTable
    var states: Table<SourceState>
    var seen = SeenAlerts()
    let allowed: TextList
    let backfill: TextList
    let ratePerSource: Double
    let futureSkewMax = Limits.futureSkewMax
    let ageMax = Limits.ageMax

    init(_ policy: AdmissionPolicy) {
        allowed = TextList(policy.allowed)
        backfill = TextList(policy.backfill)
        ratePerSource = policy.ratePerSource
        names = NameTable(capacity: policy.sourcesMax, byteCapacity: policy.sourcesMax * 40)
        states = Table(capacity: policy.sourcesMax)
    }

    /// The number of the alert's source, given one if it is new; `.none` when there is no room.
    @_noAllocation @_noLocks
    mutating func source(of alert: borrowing Alert) -> SourceID {
        welcome(names.intern(alert.texts, alert.source.first, alert.source.end))
    }

    /// The number of a source by its name, given one if it is new; `.none` when there is no room.
    mutating func source(named name: String) -> SourceID {
        let bytes = Array(name.utf8)
        return welcome(names.intern(bytes.span, 0, bytes.count))
    }

    /// What is known of a source from its name alone.
    @_noAllocation @_noLocks
    private mutating func welcome(_ index: Int) -> SourceID {
        guard index >= 0 else { return SourceID(0xFFFF_FFFF) }
        if !states[index].isKnown {
            states[index].isKnown = true
            states[index].isAllowed = allowed.count == 0 || startsWithAny(index, allowed)
            states[index].mayBackfill = startsWithAny(index, backfill)
            states[index].tokens = ratePerSource * 2
            states[index].refilled = Timestamp(nanoseconds: .min)
        }
        return SourceID(index)
    }

    @_noAllocation @_noLocks
    private func startsWithAny(_ source: Int, _ prefixes: borrowing TextList) -> Bool {
        var prefix = 0
        while prefix < prefixes.count {
            if startsWith(source, prefixes, prefix) { return true }
            prefix += 1
        }
        return false
    }

    /// Whether the source's name, with a `/` after it, starts with the prefix.
    @_noAllocation @_noLocks
    private func startsWith(_ source: Int, _ prefixes: borrowing TextList, _ prefix: Int) -> Bool {
        let length = names.texts.length(source)
        var offset = 0
        while offset < prefixes.length(prefix) {
            let byte = offset < length ? names.texts.byte(source, offset) : 0x2F
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
        return lost(number - state.lastSequence, state)
    }

    /// Notes the sender's number and gives how many numbers it skipped. A number below the last
    /// begins a new count: the sender was started again.
    @_noAllocation @_noLocks
    mutating func noteSequence(_ number: UInt64, _ source: SourceID) -> UInt64 {
        let state = states[source.int]
        states[source.int].hasSequence = true
        states[source.int].lastSequence = number
        states[source.int].refusedSince = 0
        guard state.hasSequence, number > state.lastSequence else { return 0 }
        return lost(number - state.lastSequence - 1, state)
    }

    /// Notes that an alert of the topic's source came and was refused.
    @_noAllocation @_noLocks
    mutating func noteRefusal(_ bytes: Span<UInt8>, _ topic: Topic) {
        let source = names.find(bytes, topic.sourceStart, topic.sourceEnd)
        if source >= 0 { states[source].refusedSince &+= 1 }
    }

    /// How many of the numbers that were skipped did not arrive.
    @_noAllocation @_noLocks
    private func lost(_ skipped: UInt64, _ state: SourceState) -> UInt64 {
        skipped > state.refusedSince ? skipped - state.refusedSince : 0
    }
}
