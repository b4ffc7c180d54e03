public import CEL
public import Domain

/// What an alert or a timer did to a rule's state for one key.
public enum Transition: UInt8, Sendable, BitwiseCopyable {
    /// A rule without state saw its evidence.
    case pulse
    /// The raise condition has held long enough.
    case raised
    /// Already raised, and another alert meets the raise condition.
    case refreshed
    /// The clear condition has held long enough.
    case cleared
    /// It has lived as long as it may without being raised anew.
    case expired

    /// Whether the state is over: it scores nothing, and what it opened may close.
    @inlinable public var isEnd: Bool {
        switch self {
        case .cleared, .expired: true
        case .pulse, .raised, .refreshed: false
        }
    }
}

/// One rule that has something to say, with what its expressions need to be evaluated again.
public struct RuleHit: Sendable, BitwiseCopyable {
    public var rule: RuleID
    /// Number of the key's state; `.max` for a rule without state.
    public var key: UInt32
    public var transition: Transition
    public var cell: CellID
    /// Event time of the alert, or the timer's own due time.
    public var time: Timestamp
    /// The values of the rule's windows at `time`.
    public var windows: [8 of Slot] = .init(repeating: Slot())
    /// The values of its neighbours.
    public var neighbours: [4 of Slot] = .init(repeating: Slot())
    /// What its witnesses amounted to: `evidence.met`, `count`, `confidence`, `kinds`.
    public var evidence: [4 of Slot] = .init(repeating: Slot())
    /// The partial match of a sequence that it completes, + 1; 0 is none.
    var run: UInt32 = 0

    @_noAllocation @_noLocks
    init(
        rule: RuleID, key: Int, transition: Transition, cell: CellID, time: Timestamp
    ) {
        self.rule = rule
        self.key = UInt32(truncatingIfNeeded: key)
        self.transition = transition
        self.cell = cell
        self.time = time
    }
}

/// The hits of one alert or timer, at most `capacity`; more are counted and dropped.
public struct HitList: ~Copyable, Sendable {
    public static let capacity = 256
    private var hits: Table<RuleHit>
    public private(set) var count = 0
    public private(set) var dropped: UInt64 = 0

    public init() { hits = Table(capacity: HitList.capacity) }

    @_noAllocation @_noLocks
    public mutating func clear() { count = 0 }

    @_noAllocation @_noLocks
    public mutating func append(_ hit: RuleHit) {
        guard count < 256 else {
            dropped &+= 1
            return
        }
        hits[count] = hit
        count += 1
    }

    @inlinable public subscript(index: Int) -> RuleHit { hit(index) }

    @_noAllocation @_noLocks @usableFromInline
    func hit(_ index: Int) -> RuleHit {
        precondition(index < count)
        return hits[index]
    }
}
