public import CEL
public import Domain

/// Where a rule stands for one key, and what its conditions read there: for explanations and tests.
public struct KeyView: Sendable {
    public var phase: RulePhase
    /// When the phase `pending` or `clearing` began.
    public var since: Timestamp?
    /// Whether the rule has ever seen the key.
    public var isKnown: Bool
    /// The latest alert that the key took in.
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
    /// **Cost** not for the path of an alert. The state stays as it is, but for panes that have
    /// left their windows by `now`.
    public mutating func recall(_ rule: RuleID, key: Int, at now: Timestamp) {
        let plan = plan(rule)
        if keys[key].phase != .idle { recall(key, now) }
        fillWindows(plan, key, now)
        fillPattern(plan, key, now)
    }

    /// The same over an alert that stands in the slots.
    public mutating func refill(_ rule: RuleID, key: Int, at now: Timestamp) {
        fillWindows(plan(rule), key, now)
        fillPattern(plan(rule), key, now)
    }

    /// Where a key stands, and since when if it waits.
    public func phase(key: Int) -> (phase: RulePhase, since: Timestamp) {
        (keys[key].phase, keys[key].since)
    }
}
