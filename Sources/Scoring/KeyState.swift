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

/// A rule's state for one key. Its windows stand in the window store, at the same number.
struct KeyState: BitwiseCopyable {
    var hash: UInt64
    var rule: RuleID
    var phase: RulePhase
    /// The latest alert taken in.
    var sighting: Sighting
    /// When the phase `pending` or `clearing` began.
    var since: Timestamp
    /// The latest event time seen; judgement is never earlier.
    var high: Timestamp
    /// The journal position at which the key last became its rule's newest.
    var movedUp: UInt64
    /// The least recently used key of a rule is the first to be evicted. Numbers + 1, 0 is none.
    var older: UInt32
    var newer: UInt32
    var panes: UInt32
    var distincts: UInt32
    /// Journal positions of the latest alerts taken in, latest first; 0 is none.
    var recent: [6 of UInt64]
    /// Alert, cell and time slots of the key's latest alert, for judgement at a timer.
    var slots: [52 of Slot]
}

/// What a rule has done since the start.
public struct RuleCounters: Sendable, BitwiseCopyable {
    /// Alerts routed to it that passed `match` and `where`.
    public var matched: UInt64
    public var errors: UInt64
    public var raised: UInt64
    public var cleared: UInt64
    public var evicted: UInt64
    public var keys: UInt32
    /// Oldest and newest key, numbers + 1.
    var oldest: UInt32
    var newest: UInt32
}
