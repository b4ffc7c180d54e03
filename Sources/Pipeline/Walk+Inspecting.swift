public import CEL
public import Domain
public import Scoring
import Tasking

// Looking into a walk: for tests of rules and for explanations. Not on the hot path.

/// What a cell's score in a category is made of.
public struct ScoreFactor: Sendable {
    public var rule: RuleID
    /// Decayed to the moment asked about.
    public var points: Double
    /// Whether it was lent by a neighbour.
    public var isSpread: Bool
    public var alerts: Int
    public var first: Timestamp
    public var last: Timestamp
}

extension Walk {
    /// Where a rule stands at `now` for the key of these values, and what its conditions read.
    public mutating func view(
        of rule: RuleID, key values: [String], in cell: CellID?, at now: Timestamp
    ) -> KeyView {
        clearSlots()
        rules.mode = cell.map { mode(of: $0) } ?? 0
        let plan = rules.plan(rule)
        setKey((0..<plan.keyCount).map { plan.key[$0] }, values)
        let key = rules.find(rule)
        return view(of: rule, number: key, in: cell, at: now)
    }

    /// The same by the number of the key's state, as transitions tell it; below 0 there is none.
    public mutating func view(
        of rule: RuleID, number key: Int, in cell: CellID?, at now: Timestamp
    ) -> KeyView {
        var view = KeyView(values: SlotValues(rules.slots, rules.table.memory))
        if key >= 0 { fill(&view, key) }
        if let place = cell ?? (key >= 0 ? rules.cell(key: key) : nil) {
            rules.mode = mode(of: place)
            fillFacts(of: place, at: now)
        }
        if key >= 0 { rules.recall(rule, key: key, at: now, board: board) }
        view.values = SlotValues(rules.slots, rules.table.memory)
        return view
    }

    /// Where a rule stands for the key of the alert that was taken last.
    public mutating func viewOfLatest(_ rule: RuleID, at now: Timestamp) -> KeyView {
        let key = rules.find(rule)
        var view = KeyView(values: SlotValues(rules.slots, rules.table.memory))
        if key < 0 { return view }
        fill(&view, key)
        rules.refill(rule, key: key, at: now, board: board)
        view.values = SlotValues(rules.slots, rules.table.memory)
        return view
    }

    /// What conditions read of the alert that was taken last.
    public func latestValues() -> SlotValues { SlotValues(rules.slots, rules.table.memory) }

    private func fill(_ view: inout KeyView, _ key: Int) {
        let (phase, since) = rules.phase(key: key)
        view.isKnown = true
        view.phase = phase
        view.since = phase == .pending || phase == .clearing ? since : nil
        if phase != .idle { view.sighting = rules.sighting(key) }
        let recent = rules.recentAlerts(key)
        view.alerts = recent.indices.map { recent[$0] }.filter { $0 != 0 }
    }

    public func modeName(_ mode: Int) -> String { rules.table.modeNames.text(mode) }

    /// Forgets what the slots hold.
    public mutating func clearSlots() {
        for slot in 0..<RuleSlot.count { rules.slots[slot] = Slot() }
    }

    /// What the cell's score is made of at `now`, in the order of the board.
    public func factors(
        _ cell: CellID, _ category: Category, at now: Timestamp
    ) -> [ScoreFactor] {
        var factors: [ScoreFactor] = []
        var link = board.firstLink(cell, category)
        while link != 0 {
            let quoted = board.quote(link, at: now)
            factors.append(
                ScoreFactor(
                    rule: quoted.rule, points: quoted.points.points, isSpread: quoted.isSpread,
                    alerts: Int(quoted.alerts), first: quoted.first, last: quoted.last))
            link = board.nextLink(link)
        }
        return factors
    }

    /// The incident that the rule's task has for a
    /// `dedupe.key` of these values; nil for none.
    public mutating func incident(of rule: RuleID, key values: [String]) -> TaskID? {
        let plan = rules.plan(rule)
        guard plan.task >= 0 else { return nil }
        let task = tasks.table.plans[plan.task]
        clearSlots()
        setKey((0..<task.keyCount).map { task.key[$0] }, values)
        return tasks.incident(rules.stableHash(of: task.key, task.keyCount, rule))
    }

    /// How urgent the rule says its task is; nil where it has none.
    public func urgency(of rule: RuleID) -> Urgency? {
        let plan = rules.plan(rule)
        return plan.task >= 0 ? tasks.table.plans[plan.task].urgency : nil
    }

    /// Which slots make the key of the rule's task.
    public func taskKey(of rule: RuleID) -> [RuleSlot] {
        let plan = rules.plan(rule)
        guard plan.task >= 0 else { return [] }
        let task = tasks.table.plans[plan.task]
        return (0..<task.keyCount).compactMap { RuleSlot(rawValue: task.key[$0]) }
    }

    /// Puts texts into slots; one that no alert has named yet is made known.
    private mutating func setKey(_ slots: [UInt8], _ values: [String]) {
        for (slot, value) in zip(slots, values) {
            let utf8 = Array(value.utf8)
            let symbol = rules.table.memory.symbols.find(utf8.span, 0, utf8.count)
            rules.slots[Int(slot)] = symbol.map { Slot.string($0) } ?? Slot()
        }
    }

    /// The facts of a cell and its scores as last committed.
    private mutating func fillFacts(of cell: CellID, at now: Timestamp) {
        sighting.cell = cell
        sighting.time = now
        fillCell()
        fillContext(cell: cell, at: now)
    }
}

extension Walk {
    /// Starts noting transitions of rules, and what parts of their conditions come to.
    public mutating func watch(_ probes: [(condition: Condition, part: Condition)] = []) {
        rules.watch(probes)
    }

    /// The transitions since the last call; none unless they are watched.
    public mutating func takeTransitions() -> [NotedTransition] { rules.takeTransitions() }

    /// Whether a part of a condition was seen true and seen false.
    public func seen(
        _ condition: Condition, _ part: Condition
    ) -> (isTrue: Bool, isFalse: Bool) { rules.seen(condition, part) }

    /// A source's name.
    public func sourceName(_ source: SourceID) -> String? {
        source.int < admission.names.count ? admission.names.name(source.int) : nil
    }
}
