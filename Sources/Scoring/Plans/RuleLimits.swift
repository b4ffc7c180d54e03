public import Domain

/// Bounds on the state that rules may keep, from the catalog.
public struct RuleLimits: Sendable, BitwiseCopyable {
    /// Keys over all rules; the oldest idle is evicted.
    public var keys = 200_000
    /// Window panes over all keys.
    public var panes = 16_000_000
    /// Contributions over all cells.
    public var contributions = 1_000_000
    /// Distinct values kept a key and window.
    public var distinctValues = 64
    /// Static cost of one condition.
    public var cost = 5000
    /// Partial matches a key of a sequence with `overlap`.
    public var partialMatches = 64
    /// Samples kept a key and window, where a function needs them one by one.
    public var eventsKept = 256
    /// Alerts that wait for the watermark.
    public var waiting = 65_536

    public init() {}
}

/// The thresholds between warning levels, in thousandths of a point, with hysteresis.
public struct WarningScale: Sendable, BitwiseCopyable {
    /// Indexed by level 1 (blue) to 4 (red); 0 is unused.
    public var raise: [5 of Int32]
    public var clear: [5 of Int32]
    public var severity: [5 of Severity]

    public init() {
        raise = [0, 20_000, 40_000, 60_000, 80_000]
        clear = [0, 15_000, 33_000, 52_000, 72_000]
        severity = [.unknown, .minor, .moderate, .severe, .extreme]
    }

    /// The level at `score` for a cell that stood at `current`: a level is entered at its raise
    /// threshold and left only below its clear threshold.
    @_noAllocation @_noLocks
    public func level(at score: MilliPoints, from current: WarningLevel) -> WarningLevel {
        var level = 4
        while level > 0 {
            let entered = score.value >= raise[level]
            let kept = level <= Int(current.rawValue) && score.value >= clear[level]
            if entered || kept { break }
            level -= 1
        }
        return WarningScale.levels(level)
    }

    @_noAllocation @_noLocks
    static func levels(_ index: Int) -> WarningLevel {
        switch index {
        case 1: .blue
        case 2: .yellow
        case 3: .orange
        case 4: .red
        default: .none
        }
    }
}
