/// A cell's score or warning level in one category moved.
public struct ScoreChange: Sendable, BitwiseCopyable {
    public var cell: CellID
    public var category: Category
    public var score: MilliPoints
    public var previousScore: MilliPoints
    public var warning: WarningLevel
    public var previousWarning: WarningLevel
    /// Event time of the evidence, or the moment the decay crossed a threshold.
    public var time: Timestamp

    @_noAllocation @_noLocks
    public init(
        cell: CellID, category: Category, from: Standing, to: Standing, time: Timestamp
    ) {
        self.cell = cell
        self.category = category
        self.score = to.score
        self.previousScore = from.score
        self.warning = to.warning
        self.previousWarning = from.warning
        self.time = time
    }
}

/// A score and the warning level that goes with it.
public struct Standing: Sendable, BitwiseCopyable, Equatable {
    public var score: MilliPoints
    public var warning: WarningLevel

    @inlinable @_noAllocation @_noLocks public init(_ score: MilliPoints, _ warning: WarningLevel) {
        self.score = score
        self.warning = warning
    }
}
