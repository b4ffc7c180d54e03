public import Domain

/// A contribution as an explanation quotes it.
public struct QuotedContribution: Sendable, BitwiseCopyable {
    public var rule: RuleID
    public var points: MilliPoints
    public var alerts: UInt32
    public var first: Timestamp
    public var last: Timestamp
}

extension ScoreBoard {
    /// The contribution after `link` in the list of a cell's category, with the next link; links
    /// start at `firstLink` and end at 0.
    @_noAllocation @_noLocks
    public func quote(_ link: UInt32, at now: Timestamp) -> QuotedContribution {
        let entry = Int(link) - 1
        return QuotedContribution(
            rule: pool[entry].rule, points: pool[entry].points(at: now),
            alerts: pool[entry].alerts, first: pool[entry].first, last: pool[entry].last)
    }

    @_noAllocation @_noLocks
    public func firstLink(_ cell: CellID, _ category: Category) -> UInt32 {
        states[index(cell, category)].head
    }

    @_noAllocation @_noLocks
    public func nextLink(_ link: UInt32) -> UInt32 { pool[Int(link) - 1].next }
}
