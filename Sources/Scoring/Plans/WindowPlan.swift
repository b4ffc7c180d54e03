public import Domain

/// What a window computes over its samples.
public enum WindowFunction: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    case count, max, average, distinct, sum, min, rate, first, last, deviation, quantile

    /// Whether an empty window has a value by itself: 0.
    @inlinable public var countsToZero: Bool {
        switch self {
        case .count, .sum, .distinct: true
        default: false
        }
    }
}

/// One trailing window of a rule, half-open: (now - over, now], exact to a pane.
public struct WindowPlan: Sendable, BitwiseCopyable {
    public var function: WindowFunction
    /// Which alerts of the rule enter; all when not set.
    public var filter: Condition
    /// The sample: a number, or for `distinct` any scalar. Not set for `count`.
    public var sample: Condition
    public var over: Interval
    public var pane: Interval
    /// The unit of time of a `rate`: its value is the change from the first sample to the last, by
    /// the time between them, in samples' units per `per`.
    public var per: Interval
    /// Which `quantile`. **Range**: 0 to 1.
    public var quantile: Double
    /// The value without a sample, when `hasEmpty`; else the slot is absent.
    public var empty: Double
    public var hasEmpty: Bool

    public init(
        _ function: WindowFunction, over: Interval, pane: Interval, filter: Condition = .none,
        sample: Condition = .none
    ) {
        self.function = function
        self.filter = filter
        self.sample = sample
        self.over = over
        self.pane = pane
        per = .seconds(1)
        quantile = 0.5
        (empty, hasEmpty) = (0, false)
    }

    /// How many panes the ring holds: those the window spans and the one being filled.
    @inlinable public var paneCount: Int { Int(over.nanoseconds / pane.nanoseconds) + 1 }
}

/// What `neighbours` computes over the cells around the alert's.
public enum NeighbourFunction: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    case max, min, average, sum, count
}

/// A value over the cells within some rings of adjacency of the alert's cell, as last committed.
public struct NeighbourPlan: Sendable, BitwiseCopyable {
    public static let ringsMax = 3

    public enum Source: UInt8, Sendable, BitwiseCopyable { case score, warning, window }

    public var function: NeighbourFunction
    /// 1 to `ringsMax`.
    public var rings: Int
    public var source: Source
    /// Of a score or warning.
    public var category: Category
    /// The number of the rule's window, where the rule is kept by cell.
    public var window: Int
    /// `count` counts the neighbours whose value is at least this.
    public var least: Double
    /// The value without a neighbour that has one, when `hasEmpty`; else the slot is absent.
    public var empty: Double
    public var hasEmpty: Bool

    public init(_ function: NeighbourFunction, rings: Int, source: Source) {
        self.function = function
        self.rings = rings
        self.source = source
        category = .publicSafety
        window = 0
        least = 0
        (empty, hasEmpty) = (0, false)
    }
}
