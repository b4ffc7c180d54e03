import CEL
import Domain

/// What a rule with a sequence or an absence keeps of a key besides `KeyState`, at the same number.
struct PatternState: BitwiseCopyable {
    /// Whose state it is: another than the key's when the key's place was given away meanwhile.
    var hash: UInt64
    /// When the state was last raised or refreshed.
    var raisedAt: Timestamp
    /// The key's first place for partial matches, + 1; 0 when it has none yet.
    var firstRun: UInt32
    /// The partial match behind a raised state, + 1; 0 is none.
    var matched: UInt32
    /// How many partial matches it has begun.
    var begun: UInt32
}

/// A partial match of a sequence.
struct SequenceRun: BitwiseCopyable {
    /// Steps that have come, those that must not come included; 0: the place is free.
    var passed: UInt8
    /// It is complete, and only its captured steps are still looked at.
    var isSpent: Bool
    /// Which of its key's it is: the lowest is the oldest.
    var number: UInt32
    var first: Timestamp
    var last: Timestamp
    /// The alert's fields of each captured step.
    var captured: [65 of Slot]
}

/// The partial matches of all sequences' keys; a key's places lie one after the other.
struct SequenceStore: ~Copyable, Sendable {
    var runs: Table<SequenceRun>
    private var used = 0

    init(capacity: Int) { runs = Table(capacity: capacity) }

    /// The first of `count` places; -1 when there is no room.
    @_noAllocation @_noLocks
    mutating func take(_ count: Int) -> Int {
        guard used + count <= runs.capacity else { return -1 }
        used += count
        return used - count
    }
}

extension SequencePlan {
    /// Places a key has: beside the live partial matches, one that an alert has just completed
    /// while it begins another, and one behind a raised state.
    @inlinable var places: Int { runs + 2 }
}
