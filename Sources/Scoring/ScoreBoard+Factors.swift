public import Domain

/// A contribution as an explanation quotes it.
public struct QuotedContribution: Sendable, BitwiseCopyable {
    public var rule: RuleID
    public var points: MilliPoints
    public var alerts: UInt32
    public var first: Timestamp
    public var last: Timestamp
    /// It came from a cell nearby.
    public var isSpread: Bool
}

extension ScoreBoard {
    /// The contribution after `link` in the list of a cell's category, with the next link; links
    /// start at `firstLink` and end at 0.
    @_noAllocation @_noLocks
    public func quote(_ link: UInt32, at now: Timestamp) -> QuotedContribution {
        let entry = Int(link) - 1
        return QuotedContribution(
            rule: pool[entry].rule, points: pool[entry].worth.points(at: now),
            alerts: pool[entry].alerts, first: pool[entry].first, last: pool[entry].last,
            isSpread: pool[entry].group == UInt32.max)
    }

    @_noAllocation @_noLocks
    public func firstLink(_ cell: CellID, _ category: Category) -> UInt32 {
        states[index(cell, category)].head
    }

    @_noAllocation @_noLocks
    public func nextLink(_ link: UInt32) -> UInt32 { pool[Int(link) - 1].next }
}

extension ScorePlan {
    /// What this plan lends to a cell `ring` steps away: the same, weaker, in the group of all that
    /// spreads. nil where it does not reach so far.
    @_noAllocation @_noLocks
    public func spread(_ evidence: Evidence, to ring: Int) -> (plan: ScorePlan, Evidence)? {
        guard ring <= spread.rings else { return nil }
        var share = evidence.points.points
        var step = 0
        while step < ring {
            share *= spread.factor
            step += 1
        }
        guard let points = MilliPoints(points: share) else { return nil }
        guard points.value > 0 else { return nil }
        var plan = self
        plan.group = ScorePlan.spreadGroup
        var lent = evidence
        lent.points = points
        return (plan, lent)
    }
}
