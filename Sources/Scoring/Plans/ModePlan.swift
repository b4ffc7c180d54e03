public import Domain

/// A mode of the city, or of a part of it: other parameters, holds, half-lives, deadlines.
///
/// Number 0 is the normal mode. Every rule has one plan for each mode.
public struct ModePlan: Sendable, BitwiseCopyable {
    /// Enters by itself when this holds; judged over the `city.` slots.
    public var enter = HeldCondition.none
    public var leave = HeldCondition.none
    /// Deadlines of tasks are this part of what rules say.
    public var slaFactor = 1.0
    /// How long ordered rules wait for stragglers, where it differs.
    public var lateness: Interval?

    public init() {}
}

/// What positions are taken for.
public struct PositionPlan: Sendable, BitwiseCopyable {
    /// What becomes of a position that is not exact enough to tell the cell.
    public enum Policy: UInt8, Sendable, BitwiseCopyable {
        /// It is taken as it is.
        case cell
        /// Its evidence is shared over the cells that it may lie in.
        case share
        /// It goes to the common parent of those.
        case parent
    }

    public var uncertain = Policy.cell
    /// Positions as exact as this are taken as they are. **Units**: metres.
    public var exactMetres = 50.0

    public init() {}
}

/// Time as rules judge it.
public struct TimePlan: Sendable, BitwiseCopyable {
    /// How long ordered rules wait for stragglers; what comes later changes nothing.
    public var lateness = Interval.seconds(5)
    /// A clock further ahead than this is not believed.
    public var future = Interval.seconds(30)
    /// A source that has been quiet for so long stops holding the watermark back.
    public var idleSource = Interval.seconds(60)

    public init() {}
}

/// How the scores of cells make their parent's.
public enum RollUpMethod: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    /// The worst child's.
    case max
    /// The mean of the `count` worst.
    case topMean
    /// The mean, weighted by population.
    case weightedMean
}

public struct RollUpPlan: Sendable, BitwiseCopyable {
    public var method: RollUpMethod
    public var count: Int

    public init(_ method: RollUpMethod, count: Int = 3) {
        self.method = method
        self.count = count
    }
}
