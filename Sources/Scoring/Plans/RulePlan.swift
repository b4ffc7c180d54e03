public import Domain

/// One rule, compiled, as it runs in one mode: what the matcher walks.
///
/// What moves its state, for each key, is one of four: a `sequence`, an `absence`, findings folded
/// into it, or `raise` over windows, neighbours and corroboration. A rule with none of them is a
/// pulse: every alert that passes `filter` is evidence by itself. So is each match of a sequence
/// that neither clears nor expires.
public struct RulePlan: Sendable, BitwiseCopyable {
    public static let keyPartsMax = 4
    public static let windowsMax = 8
    public static let neighboursMax = 4
    public static let scoresMax = 4

    public var id: RuleID
    /// Evaluated and counted, but adds no score and opens no task.
    public var isShadow = false
    /// No more among the rules: it takes no alert, its state ends, its tasks are closed by hand.
    public var isRetired = false
    public var filter = Condition.none
    /// Slots whose values make the key.
    public var key: [4 of UInt8] = .init(repeating: 0)
    public var keyCount = 0
    /// Range in `RuleTable.windows`.
    public var firstWindow = 0
    public var windowCount = 0
    /// Range in `RuleTable.neighbours`.
    public var firstNeighbour = 0
    public var neighbourCount = 0
    /// Index in `RuleTable.corroborations`, or -1.
    public var corroboration = -1
    /// Index in `RuleTable.sequences`, or -1.
    public var sequence = -1
    /// Index in `RuleTable.absences`, or -1.
    public var absence = -1
    /// Findings of other rules are folded into this one.
    public var isFoldTarget = false
    public var raise = HeldCondition.none
    public var clear = HeldCondition.none
    /// The longest an active state lives without a raise; zero: for ever.
    public var expire = Interval.zero
    public var onError = HoldPolicy.hold
    public var onNoData = HoldPolicy.hold
    /// Range in `RuleTable.scores`.
    public var firstScore = 0
    public var scoreCount = 0
    /// Index of the rule's task plan, or -1.
    public var task = -1
    /// The rule's hash: its canonical form, 64 bits.
    public var hash: UInt64 = 0
    /// A hash of what its state is made of: `by`, windows, corroborate, sequence, absence. Where it
    /// is the same after a reload, the state stays.
    public var stateHash: UInt64 = 0

    public init(id: RuleID) { self.id = id }

    /// Whether it keeps something for each key; else every alert is evidence by itself.
    @inlinable public var keepsState: Bool {
        raise.when.isSet || windowCount > 0 || corroboration >= 0
    }

    /// Judged in the order of event time: its alerts wait for the watermark.
    @inlinable public var isOrdered: Bool { sequence >= 0 || absence >= 0 }
}
