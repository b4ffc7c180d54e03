import CEL
import Domain
import Testing

@testable import Scoring

/// One rule for one kind of alert, built by hand.
///
/// Conditions read every slot by its name, windows as `w0`, `w1` …, neighbours as `n0`, `n1` ….
struct HandRule: ~Copyable {
    var source = RuleSource(library: ProgramLibrary(), memory: SlotMemory())
    var plan = RulePlan(id: RuleID(0))

    init(by key: [RuleSlot] = [.alertCell]) {
        plan.keyCount = key.count
        for (index, slot) in key.enumerated() { plan.key[index] = slot.rawValue }
        source.routes = [[RuleID(0)]]
        source.ids = ["hand"]
        source.revisions = [1]
        source.titles = ["By hand"]
        source.limits.keys = 16
        source.limits.panes = 100_000
        source.limits.contributions = 100
    }

    mutating func condition(_ text: String) throws -> Condition {
        let compiled = try source.library.compile(
            text, in: HandRule.environment, memory: &source.memory)
        source.programs.append(compiled.program)
        return Condition(index: source.programs.count - 1)
    }

    mutating func held(
        _ text: String, _ hold: Int64 = 0, values: UInt8 = 0
    ) throws -> HeldCondition {
        HeldCondition(when: try condition(text), hold: .seconds(hold), valueWindows: values)
    }

    mutating func window(
        _ function: WindowFunction, over: Int64, filter: String? = nil, of: String? = nil
    ) throws {
        var window = WindowPlan(function, over: .seconds(over), pane: .seconds(1))
        if let filter { window.filter = try condition(filter) }
        if let of { window.sample = try condition(of) }
        source.windows.append(window)
        plan.windowCount += 1
    }

    mutating func corroborate(
        within: Int64, need: Int, _ witnesses: KeyValuePairs<String, String>
    ) throws {
        let distinct = try condition("alert.source")
        var corroboration = CorroborationPlan(
            within: .seconds(within), need: need, distinct: distinct)
        corroboration.witnessCount = witnesses.count
        for (name, when) in witnesses {
            let slot = source.memory.symbols.slot(name)
            source.witnesses.append(WitnessPlan(when: try condition(when), name: slot))
        }
        source.corroborations.append(corroboration)
        plan.corroboration = 0
    }

    mutating func neighbour(_ neighbour: NeighbourPlan) {
        source.neighbours.append(neighbour)
        plan.neighbourCount += 1
    }

    static let environment: TypedEnvironment = {
        var environment = TypedEnvironment()
        for slot in RuleSlot.allCases {
            environment.declare(slot.name, type(of: slot), slot: Int(slot.rawValue))
        }
        for index in 0..<RulePlan.windowsMax {
            environment.declare("w\(index)", .dyn, slot: RuleSlot.firstWindow + index)
        }
        for index in 0..<RulePlan.neighboursMax {
            environment.declare("n\(index)", .dyn, slot: RuleSlot.firstNeighbour + index)
        }
        return environment
    }()

    private static func type(of slot: RuleSlot) -> CELType {
        switch slot {
        case .alertConfidence, .alertValue, .alertLimit, .evidenceConfidence: .double
        case .alertSeverity, .alertCount, .evidenceCount: .int
        case .alertTime, .now: .timestamp
        case .evidenceMet: .bool
        case .evidenceKinds: .list(.string)
        default: .string
        }
    }
}

/// An alert in few words.
struct Said {
    var at: Int64
    var cell = 0
    var kind = "smoke"
    var source = "s1"
    var value: Double?
    var confidence: Double?
}

/// The matcher alone, fed with alerts and with time.
struct RuleBench: ~Copyable {
    var matcher: RuleMatcher
    var board: ScoreBoard
    private var timers = TimerQueue(owners: 200)
    private(set) var hits = HitList()
    private var cells: [Slot] = []
    private var sequence: UInt64 = 0

    /// Cells `0 ..< neighbours.count`, each beside those named.
    ///
    /// - Parameter change: what is otherwise in modes other than the normal one.
    init(
        _ rule: consuming HandRule, neighbours: [[Int]] = [[], []], modes: Int = 1,
        _ change: (inout RulePlan) -> Void = { _ in }
    ) {
        var source = rule.source
        source.rules = [rule.plan]
        for mode in 1..<max(1, modes) {
            var plan = rule.plan
            change(&plan)
            source.rules.append(plan)
            source.modes.append(ModePlan())
            source.modeNames.append("mode \(mode)")
        }
        var identities: [UInt64] = []
        for cell in neighbours.indices {
            let slot = source.memory.symbols.slot("g\(cell)")
            cells.append(slot)
            identities.append(source.memory.symbols.identity(of: slot))
        }
        board = ScoreBoard(
            cells: neighbours.count, limits: source.limits, warnings: WarningScale(),
            firstTimer: 100)
        matcher = RuleMatcher(
            RuleTable(source),
            Neighbourhood(neighbours.map { $0.map { CellID($0) } }, identities: identities))
    }

    private mutating func set(_ slot: RuleSlot, _ value: Slot) {
        matcher.slots[Int(slot.rawValue)] = value
    }

    private mutating func symbol(_ text: String) -> Slot {
        matcher.table.memory.symbols.slot(text)
    }

    /// Takes an alert at its event time; gives what the rule makes of it.
    mutating func take(_ said: Said) -> Transition? {
        hits.clear()
        sequence += 1
        set(.alertKind, symbol(said.kind))
        set(.alertSource, symbol(said.source))
        set(.alertCell, cells[said.cell])
        set(.alertValue, said.value.map { Slot.double($0) } ?? Slot())
        set(.alertConfidence, said.confidence.map { Slot.double($0) } ?? Slot())
        var sighting = Sighting()
        sighting.kind = KindID(0)
        sighting.sequence = sequence
        sighting.cell = CellID(said.cell)
        sighting.time = .init(nanoseconds: said.at * 1_000_000_000)
        _ = matcher.match(sighting, board: board, timers: &timers, hits: &hits)
        return hits.count == 0 ? nil : hits[0].transition
    }

    mutating func take(at seconds: Int64, _ value: Double? = nil) -> Transition? {
        take(Said(at: seconds, value: value))
    }

    /// Fires all timers due by `seconds`; gives what happened, as `cleared 12`.
    mutating func advance(to seconds: Int64) -> [String] {
        var happened: [String] = []
        let end = Timestamp(nanoseconds: seconds * 1_000_000_000)
        while true {
            let due = timers.earliest()
            let owner = timers.pop(dueBy: end)
            if owner < 0 { return happened }
            hits.clear()
            matcher.fire(key: owner, at: due, board: board, timers: &timers, hits: &hits)
            for index in 0..<hits.count {
                let second = hits[index].time.nanoseconds / 1_000_000_000
                happened.append("\(hits[index].transition) \(second)")
            }
        }
    }

    mutating func switchMode(_ mode: Int, at seconds: Int64) {
        matcher.mode = mode
        let now = Timestamp(nanoseconds: seconds * 1_000_000_000)
        matcher.wake(cells: 0, cells.count, at: now, timers: &timers)
    }

    /// Makes a cell stand at `points` of public safety.
    mutating func score(_ cell: Int, _ points: Double) {
        let plan = ScorePlan(
            rule: RuleID(0), identity: UInt32(cell), category: .publicSafety, points: .none,
            confidence: .none, halfLife: .hours(1), group: 1)
        let time = Timestamp(nanoseconds: 0)
        let milli = MilliPoints(points: points) ?? .zero
        board.add(Evidence(points: milli, time: time), by: plan, in: CellID(cell))
        _ = board.commit(CellID(cell), .publicSafety, at: time, timers: &timers)
    }

    func neighbour(_ index: Int = 0) -> Slot { slotValue(RuleSlot.firstNeighbour + index) }
    func slotValue(_ index: Int) -> Slot { matcher.slots[index] }
    func phase(_ key: Int = 0) -> RulePhase { matcher.keys[key].phase }
    func slot(_ slot: RuleSlot) -> Slot { matcher.slots[Int(slot.rawValue)] }
    func value(_ condition: Condition) -> Slot { matcher.evaluate(condition) }
    func counters() -> RuleCounters { matcher.counters(RuleID(0)) }
}
