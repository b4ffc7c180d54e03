public import CEL
public import Domain

/// Where a rule stands for one key, and what its conditions read there: for explanations and tests.
public struct KeyView: Sendable {
    public var phase: RulePhase
    /// When the phase `pending` or `clearing` began.
    public var since: Timestamp?
    /// Whether the rule has ever seen the key.
    public var isKnown: Bool
    /// The latest alert that the key took in; an idle key keeps none.
    public var sighting: Sighting?
    /// Journal positions of its latest alerts, latest first.
    public var alerts: [UInt64]
    /// The slots as of the moment asked about.
    public var values: SlotValues

    /// A key that the rule has never seen.
    public init(values: SlotValues) {
        phase = .idle
        isKnown = false
        alerts = []
        self.values = values
    }
}

extension RuleMatcher {
    /// The number of the state kept for the key in the slots; -1 when there is none.
    public func find(_ rule: RuleID) -> Int { index.find(hash(of: plan(rule))) }

    /// Fills the slots as a timer at `now` would, for the rule's key in them.
    ///
    /// **Cost**: not for the path of an alert. The state stays as it is.
    public mutating func recall(
        _ rule: RuleID, key: Int, at now: Timestamp, board: borrowing ScoreBoard
    ) {
        if keys[key].phase != .idle { recall(key, now) }
        refill(rule, key: key, at: now, board: board)
    }

    /// The same over an alert that stands in the slots.
    public mutating func refill(
        _ rule: RuleID, key: Int, at now: Timestamp, board: borrowing ScoreBoard
    ) {
        let plan = plan(rule)
        moment = now
        fillState(plan, key, .looking)
        fillNeighbours(plan, keys[key].cell, board)
        fillPattern(plan, key, now)
    }

    /// Where a key stands, and since when if it waits.
    public func phase(key: Int) -> (phase: RulePhase, since: Timestamp) {
        (keys[key].phase, kept[key].since)
    }

    /// The cell of the latest alert that a key took in.
    public func cell(key: Int) -> CellID { keys[key].cell }
}
