import CEL
import Domain

/// Where a rule stands for one key.
public enum RulePhase: UInt8, Sendable, BitwiseCopyable {
    case idle, pending, active, clearing

    public var word: StaticString {
        switch self {
        case .idle: "idle"
        case .pending: "pending"
        case .active: "active"
        case .clearing: "clearing"
        }
    }
}

/// A rule's state for one key: what every alert for the key touches.
struct KeyState: BitwiseCopyable {
    var hash: UInt64
    /// The latest event time seen; judgement is never earlier.
    var high: Timestamp
    /// The journal position at which the key last became its rule's newest.
    var movedUp: UInt64
    /// The least recently used key of a rule is the first to be evicted. Numbers + 1, 0 is none.
    var older: UInt32
    var newer: UInt32
    /// Its first word in the state store.
    var start: UInt32
    /// Where its latest alert was.
    var cell: CellID
    var rule: RuleID
    var phase: RulePhase
    /// The hold stands still: its condition fails or has no data.
    var isFrozen: Bool
    /// Journal positions of the latest alerts taken in, latest first; 0 is none.
    var recent: [6 of UInt64]
}

/// What only a key that is not idle has, to be judged again without an alert. It stands at the
/// key's number; no page of it is touched for the keys that stay idle.
struct KeptAlert: BitwiseCopyable {
    /// When the phase `pending` or `clearing` began, as if it had never stood still.
    var since: Timestamp
    /// How long it had held when it came to stand still.
    var held: Interval
    /// The latest raise or refresh.
    var refreshed: Timestamp
    /// The latest alert taken in.
    var sighting: Sighting
    /// Its slots: what it said, its cell's facts, its attributes and columns.
    var slots: [54 of Slot]
}
