import CEL
import Cells
import Domain
import Lanes
import Pipeline
import RuleBook
import Scoring

/// A whole walk on a virtual clock: messages go in as bytes, what comes out is kept.
///
/// **Owner**: one run. It reads no clock: time comes with what is taken in.
struct Bench: ~Copyable {
    /// What one message, and the timers before it, can cause.
    private static let ringBytes = 16 * 1024 * 1024

    var walk: Owned<Walk>
    private var records: RingReader
    private var letter = Letter()
    let catalog: Catalog
    let rules: [RuleFact]
    let cells: CellNames
    /// What was decided since the start.
    private(set) var ledger: Ledger

    /// - Parameters:
    ///   - policy: who may send what.
    ///   - sources: those that are registered, whose alerts may leave out their place.
    ///   - keeping: what to keep beside the latest revision of each task.
    init(
        _ rules: consuming RuleSet, _ grid: consuming Grid, policy: AdmissionPolicy,
        sources: [SourcePlan] = [], keeping: Ledger.Kept = []
    ) {
        catalog = rules.catalog
        self.rules = rules.rules
        let ids = rules.rules.map(\.id)
        let ring = RecordRing(byteCapacity: Bench.ringBytes)
        records = ring.reader()
        cells = CellNames(grid)
        let compiled = rules.compiled()
        let outlet = Outlet(ring: ring.writer(), instance: "test", epoch: 1)
        var parts = WalkParts(compiled: compiled, grid: grid, admission: policy, outlet: outlet)
        parts.sources = sources
        let walk = Walk(parts)
        var urgencies: [String] = []
        for rule in ids.indices {
            urgencies.append(walk.urgency(of: RuleID(rule)).map { "\($0.word)" } ?? "")
        }
        self.walk = Owned(walk)
        ledger = Ledger(rules: ids, urgencies: urgencies, keeping: keeping)
    }

    /// Takes a message in at its time of receipt; gives why it was refused, if it was.
    ///
    /// **Fails**: when what the walk says of a task can't be read, which is a fault.
    @discardableResult
    mutating func take(
        topic: String, _ body: [UInt8], received: Timestamp
    ) throws -> Refusal? {
        letter.compose(topic: topic, body: body, path: .push, received: received)
        let before = rejections()
        walk.value.take(letter)
        walk.value.outlet.clearFeed()
        try collect()
        return rejections() > before ? walk.value.lastRefusal : nil
    }

    /// Lives through all timers up to `time`.
    mutating func advance(to time: Timestamp) throws {
        walk.value.advance(to: time)
        walk.value.outlet.clearFeed()
        try collect()
    }

    /// Brings everything that happened up to `time` to an end, as if nothing of it could still
    /// come.
    mutating func settle(at time: Timestamp) throws {
        walk.value.settle(at: time)
        walk.value.outlet.clearFeed()
        try collect()
    }

    /// Alerts that came later than rules can wait for.
    var lateAlerts: UInt64 { walk.value.counters.late }

    private func rejections() -> UInt64 {
        let counters = walk.value.counters
        return (0..<Reject.count).reduce(0) { $0 + counters.rejected[$1] }
    }

    /// Takes what the walk has put on the journal's ring since the last call.
    private mutating func collect() throws {
        var taken: [[UInt8]] = []
        repeat {
            taken.removeAll()
            _ = records.drain(atMost: 1024) { bytes in
                taken.append(bytes.indices.map { bytes[$0] })
            }
            for record in taken { try ledger.note(record) }
        } while !taken.isEmpty
    }
}

extension Bench {
    func standing(_ cell: CellID, _ category: Category, at time: Timestamp) -> Standing {
        walk.value.standing(cell, category, at: time)
    }

    func factors(_ cell: CellID, _ category: Category, at time: Timestamp) -> [ScoreFactor] {
        walk.value.factors(cell, category, at: time)
    }

    func counters(_ rule: Int) -> RuleCounters { walk.value.ruleCounters(RuleID(rule)) }

    func rule(_ id: String) -> Int? { rules.firstIndex { $0.id == id } }

    /// Where a rule stands for a key; cells of the key may be named by their codes.
    mutating func view(_ rule: Int, key: [String], at time: Timestamp) -> KeyView {
        let slots = rules[rule].keySlots.map { RuleSlot(rawValue: $0) }
        let cell = zip(slots, key).lazy
            .filter { slot, _ in slot == .alertCell || slot == .cellCode }
            .compactMap { self.cells.find($0.1) }.first
        let paths = paths(key, of: slots)
        return walk.value.view(of: RuleID(rule), key: paths, in: cell, at: time)
    }

    /// Where a rule stands for a key that a transition tells of.
    mutating func view(_ change: NotedTransition, at time: Timestamp) -> KeyView {
        if change.key == .max { return KeyView(values: walk.value.latestValues()) }
        walk.value.clearSlots()
        return walk.value.view(
            of: change.rule, number: Int(change.key), in: change.cell, at: time)
    }

    /// Where a rule stands for the key of the alert that was taken last.
    mutating func viewOfLatest(_ rule: Int, at time: Timestamp) -> KeyView {
        walk.value.viewOfLatest(RuleID(rule), at: time)
    }

    /// What conditions read of the alert that was taken last.
    func latestValues() -> SlotValues { walk.value.latestValues() }

    /// When the next timer is due.
    var nextTimer: Timestamp { walk.value.nextTimer }

    /// The incident of a rule's task for the values of its `dedupe.key`.
    mutating func incident(_ rule: Int, key: [String]) -> String? {
        let paths = paths(key, of: walk.value.taskKey(of: RuleID(rule)))
        return walk.value.incident(of: RuleID(rule), key: paths)?.text
    }

    func taskKey(_ rule: Int) -> [RuleSlot] { walk.value.taskKey(of: RuleID(rule)) }

    /// People name cells by their codes, the engine by their paths.
    private func paths(_ key: [String], of slots: [RuleSlot?]) -> [String] {
        zip(key, slots).map { value, slot in
            switch slot {
            case .alertCell, .cellCode, .cellParent: cells.path(value)
            default: value
            }
        }
    }

    /// Starts noting transitions, and what parts of conditions come to.
    mutating func watch(_ probes: [(condition: Condition, part: Condition)]) {
        walk.value.watch(probes)
    }

    mutating func takeTransitions() -> [NotedTransition] { walk.value.takeTransitions() }

    func seen(_ condition: Condition, _ part: Condition) -> (isTrue: Bool, isFalse: Bool) {
        walk.value.seen(condition, part)
    }

    /// The names by which people may mean where a transition was.
    func places(of change: NotedTransition) -> Set<String> {
        var places = cells.names(change.cell)
        if let source = walk.value.sourceName(change.source) { places.insert(source) }
        return places
    }
}
