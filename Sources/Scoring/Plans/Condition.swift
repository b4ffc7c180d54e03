public import Domain

/// A compiled CEL expression of a rule; `.none` where the rule has no such part.
public struct Condition: Sendable, BitwiseCopyable {
    /// Index into `RuleTable.programs`, or -1.
    public var index: Int32
    @inlinable @_noAllocation @_noLocks public init(index: Int) {
        self.index = Int32(truncatingIfNeeded: index)
    }
    @inlinable public static var none: Condition { Condition(index: -1) }
    @inlinable public var isSet: Bool { index >= 0 }
}

/// A condition and how long it must hold.
public struct HeldCondition: Sendable, BitwiseCopyable {
    public var when: Condition
    public var hold: Interval
    /// Bit `i` set: it reads window `i`, which has no natural value without a sample (everything
    /// but count, sum and distinct). When it reads such windows and all of them are empty, there is
    /// no data.
    public var valueWindows: UInt8

    public init(when: Condition, hold: Interval, valueWindows: UInt8 = 0) {
        self.when = when
        self.hold = hold
        self.valueWindows = valueWindows
    }
    public static let none = HeldCondition(when: .none, hold: .zero)
}

/// What a failing condition, or one without data, does to a rule's state.
public enum HoldPolicy: UInt8, Sendable, BitwiseCopyable {
    /// The state and its timers stand still.
    case hold
    /// As if `clear` held.
    case clear
    /// As if `raise` held.
    case raise
}
