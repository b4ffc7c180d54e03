public import Domain

/// How a contribution spreads to the cells around.
public struct SpreadPlan: Sendable, BitwiseCopyable {
    /// 0: it does not.
    public var rings: Int
    /// The share of the points that a neighbour gets. **Range**: 0 to 1.
    public var factor: Double

    public init(rings: Int, factor: Double) {
        self.rings = rings
        self.factor = factor
    }
    public static let none = SpreadPlan(rings: 0, factor: 0)
}

/// What a rule adds to one category of the alert's cell.
public struct ScorePlan: Sendable, BitwiseCopyable {
    public var rule: RuleID
    /// The same for the same contribution of the same rule in every process and after every
    /// reload: a hash of the rule's id, the category and which of several it is.
    public var identity: UInt32
    public var category: Category
    /// Gives a double, 0 to 100.
    public var points: Condition
    /// Gives a double, 0 to 1; the alert's own confidence when not set.
    public var confidence: Condition
    public var halfLife: Interval
    /// Evidence of one group in one cell and category counts once, the largest. A hash of the
    /// group's name.
    public var group: UInt32
    public var spread: SpreadPlan

    public init(
        rule: RuleID, identity: UInt32, category: Category, points: Condition,
        confidence: Condition, halfLife: Interval, group: UInt32
    ) {
        self.rule = rule
        self.identity = identity
        self.category = category
        self.points = points
        self.confidence = confidence
        self.halfLife = halfLife
        self.group = group
        spread = .none
    }

    /// The group of everything that spreads into a cell.
    public static let spreadGroup = UInt32.max
}
