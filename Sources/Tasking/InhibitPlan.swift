public import Domain

/// While A is active, B's tasks are withheld where both have the same values; scores stay.
public struct InhibitPlan: Sendable, BitwiseCopyable {
    public static let sameMax = 4

    /// Index into `TaskTable.texts`: its id, for people.
    public var name = 0
    /// The rule that must be active.
    public var source: RuleID
    /// Its cell must stand at this level at least in the category of its task.
    public var sourceWarning = WarningLevel.none
    /// Whose tasks are withheld; `.none`: any rule's with a task in `targetCategory`.
    public var target = RuleID.none
    public var targetCategory: Category?
    /// Only tasks less urgent than this; nil: all.
    public var below: Priority?
    /// Slots whose values must be there, and equal, on both sides; `RuleSlot` raw values.
    public var same: [4 of UInt8] = .init(repeating: 0)
    public var sameCount = 0

    public init(source: RuleID) { self.source = source }
}

/// Tasks that are withheld for a time because somebody said so; scoring goes on unless told not to.
public struct SilencePlan: Sendable, BitwiseCopyable {
    /// Index into `SilenceTable.texts`: its id.
    public var name = 0
    /// `.none`: any rule.
    public var rule = RuleID.none
    /// Any category when nil.
    public var category: Category?
    /// The cell and everything below it; `.none`: anywhere.
    public var area = CellID.none
    /// Any kind when `.none`.
    public var kind = KindID.none
    public var from: Timestamp
    public var until: Timestamp
    public var keepsScores = true

    public init(from: Timestamp, until: Timestamp) {
        self.from = from
        self.until = until
    }
}
