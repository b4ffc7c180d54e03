public import CEL
public import Domain
public import Scoring

/// Builds rule tables by hand, for tests of the engine without the loader.
///
/// Conditions may name every slot, `gas.value` for the steps they are given, and the columns of a
/// table of sensors: `sensor.period`, `sensor.gateway`, `sensor.cell`.
public struct TableBuilder: ~Copyable {
    public var source: RuleSource
    public let kinds: [String]

    public init(kinds: [String]) {
        self.kinds = kinds
        source = RuleSource(library: ProgramLibrary(), memory: SlotMemory())
        source.routes = kinds.map { _ in [] }
        source.limits.keys = 1000
        source.limits.panes = 1000
        source.limits.contributions = 1000
    }

    public func kind(_ name: String) -> KindID {
        kinds.firstIndex(of: name).map { KindID($0) } ?? .none
    }

    public mutating func condition(
        _ text: String, steps: [String] = []
    ) throws(Diagnostics) -> Condition {
        let compiled = try source.library.compile(
            text, in: TableBuilder.environment(steps), memory: &source.memory)
        source.programs.append(compiled.program)
        return Condition(index: source.programs.count - 1)
    }

    private static func environment(_ steps: [String]) -> TypedEnvironment {
        var environment = TypedEnvironment()
        for slot in RuleSlot.allCases {
            environment.declare(slot.name, type(of: slot), slot: Int(slot.rawValue))
        }
        for (index, step) in steps.enumerated() {
            for field in RuleSlot.allCases.prefix(RuleSlot.alertFieldCount) {
                let name = step + field.name.dropFirst("alert".count)
                let start = RuleSlot.firstStep + index * RuleSlot.alertFieldCount
                environment.declare(name, type(of: field), slot: start + Int(field.rawValue))
            }
        }
        environment.declare("sensor.period", .duration, slot: RuleSlot.firstColumn)
        environment.declare("sensor.gateway", .string, slot: RuleSlot.firstColumn + 1)
        environment.declare("sensor.cell", .string, slot: RuleSlot.firstColumn + 2)
        return environment
    }

    private static func type(of slot: RuleSlot) -> CELType {
        switch slot {
        case .alertConfidence, .alertValue, .alertLimit: .double
        case .alertSeverity, .alertCount, .absenceMissed, .foldCount, .foldOf: .int
        case .alertTime, .now, .absenceLastSeen: .timestamp
        case .absenceSilent: .duration
        default: .string
        }
    }

    /// Adds a rule for alerts of some kinds.
    public mutating func add(_ id: String, of routed: [String], by key: [RuleSlot]) -> RuleID {
        let rule = RuleID(source.rules.count)
        var plan = RulePlan(id: rule)
        plan.keyCount = key.count
        for (index, slot) in key.enumerated() { plan.key[index] = slot.rawValue }
        source.rules.append(plan)
        source.ids.append(id)
        source.revisions.append(1)
        source.titles.append(id)
        for name in routed { source.routes[kind(name).int].append(rule) }
        return rule
    }

    /// Adds a contribution of 40 points to public safety.
    public mutating func score(_ rule: RuleID) throws(Diagnostics) {
        source.rules[rule.int].firstScore = source.scores.count
        source.rules[rule.int].scoreCount = 1
        source.scores.append(
            ScorePlan(
                rule: rule, identity: UInt32(rule.int), category: .publicSafety,
                points: try condition("40.0"), confidence: .none, halfLife: .minutes(20),
                group: UInt32(rule.int)))
    }

    public consuming func table() -> RuleTable { RuleTable(source) }
}

/// One step of a sequence, in words.
public struct StepText {
    /// The name by which later steps read it; nil for a step that must not come.
    let name: String?
    let kinds: [String]
    let filter: String?

    public static func step(_ name: String, _ kinds: [String], _ filter: String? = nil) -> StepText
    {
        StepText(name: name, kinds: kinds, filter: filter)
    }

    public static func not(_ kinds: [String], _ filter: String? = nil) -> StepText {
        StepText(name: nil, kinds: kinds, filter: filter)
    }
}

extension TableBuilder {
    /// Adds a sequence kept by cell.
    public mutating func sequence(
        _ id: String, within: Interval, _ steps: [StepText], runs: Int = 1,
        restartsOnLatest: Bool = true
    ) throws(Diagnostics) -> RuleID {
        var names: [String] = []
        var plan = SequencePlan(within: within)
        plan.runs = runs
        plan.restartsOnLatest = restartsOnLatest
        plan.firstStep = source.steps.count
        plan.stepCount = steps.count
        for step in steps {
            let filter = try step.filter.map { text throws(Diagnostics) in
                try condition(text, steps: names)
            }
            var stepPlan = StepPlan(
                isNot: step.name == nil, filter: filter ?? .none,
                capture: step.name == nil ? -1 : names.count)
            stepPlan.firstKind = source.stepKinds.count
            stepPlan.kindCount = step.kinds.count
            for name in step.kinds { source.stepKinds.append(kind(name)) }
            if let name = step.name { names.append(name) }
            source.steps.append(stepPlan)
        }
        let routed = kinds.filter { name in steps.contains { $0.kinds.contains(name) } }
        let rule = add(id, of: routed, by: [.alertCell])
        source.rules[rule.int].sequence = source.sequences.count
        source.sequences.append(plan)
        return rule
    }

    /// Adds a watch for silence, kept by source, that expects a sign of life each `sensor.period`.
    public mutating func absence(
        _ id: String, of kinds: [String], missed: Int, arm: ArmingPolicy,
        settle: Interval = .zero, expect: String = "sensor.period"
    ) throws(Diagnostics) -> RuleID {
        let rule = add(id, of: kinds, by: [.alertSource])
        var plan = AbsencePlan(expect: try condition(expect), missed: missed, arm: arm)
        plan.settle = settle
        plan.roster = arm == .roster ? 0 : -1
        source.rules[rule.int].absence = source.absences.count
        source.absences.append(plan)
        return rule
    }

    /// Folds a watch for silence into a rule of its own, by gateway.
    public mutating func fold(
        _ watch: RuleID, into id: String, share: Double, least: Int
    ) -> RuleID {
        let rule = add(id, of: [], by: [.foldKey])
        source.rules[rule.int].isFoldTarget = true
        source.absences[source.rules[watch.int].absence].fold = FoldPlan(
            by: UInt8(RuleSlot.firstColumn + 1), share: share, least: least, into: rule)
        return rule
    }

    /// The table of sensors: id, period, gateway, cell.
    public mutating func sensors(
        _ rows: [(id: String, period: Interval, gateway: String, cell: String)]
    ) {
        var lookup = LookupSource(
            join: RuleSlot.alertSource.rawValue,
            columns: (0..<3).map { UInt8(RuleSlot.firstColumn + $0) }, rows: [])
        lookup.cell = 2
        for row in rows {
            lookup.rows.append(
                (
                    source.memory.symbols.slot(row.id),
                    [
                        .duration(nanoseconds: row.period.nanoseconds),
                        source.memory.symbols.slot(row.gateway),
                        source.memory.symbols.slot(row.cell),
                    ]
                ))
        }
        source.lookups.append(lookup)
        source.factNames =
            Array(repeating: "", count: RuleSlot.firstColumn - RuleSlot.firstAttribute)
            + ["sensor.period", "sensor.gateway", "sensor.cell"]
    }
}
