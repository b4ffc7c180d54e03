public import CEL
public import Domain

/// What the rule loader hands over: plain arrays, in file order.
public struct RuleSource: ~Copyable {
    /// For each mode, in order, the plans of all rules.
    public var rules: [RulePlan] = []
    public var modes: [ModePlan] = [ModePlan()]
    public var modeNames = ["normal"]
    public var windows: [WindowPlan] = []
    public var neighbours: [NeighbourPlan] = []
    public var corroborations: [CorroborationPlan] = []
    public var witnesses: [WitnessPlan] = []
    public var sequences: [SequencePlan] = []
    public var steps: [StepPlan] = []
    public var stepKinds: [KindID] = []
    public var absences: [AbsencePlan] = []
    public var scores: [ScorePlan] = []
    /// Names of the attributes that some rule reads, in the order of their slots.
    public var attributes: [String] = []
    /// Names of the hierarchies whose areas some rule reads, in the order of their slots.
    public var areas: [String] = []
    public var firstArea = 0
    /// What stands in each slot from `RuleSlot.firstAttribute` on, by its full name; may be
    /// shorter.
    public var factNames: [String] = []
    public var lookups: [LookupSource] = []
    public var programs: [TypedProgram] = []
    public var library: ProgramLibrary
    public var memory: SlotMemory
    /// For each kind, in the kind table's order, the rules that its alerts are routed to.
    public var routes: [[RuleID]] = []
    public var ids: [String] = []
    public var revisions: [Int] = []
    public var titles: [String] = []
    /// Why each rule is as it is, for people; may be shorter than the rules.
    public var whys: [String] = []
    public var limits = RuleLimits()
    public var warnings = WarningScale()
    public var time = TimePlan()
    public var positions = PositionPlan()
    /// By category.
    public var rollUp: [5 of RollUpPlan] = .init(repeating: RollUpPlan(.topMean))

    public init(library: consuming ProgramLibrary, memory: consuming SlotMemory) {
        self.library = library
        self.memory = memory
    }
}

/// All active rules, compiled and immutable: what the matcher walks.
///
/// **Owner**: the engine. A reload builds another and swaps it in between two alerts.
public struct RuleTable: ~Copyable, Sendable {
    /// One plan for each rule and mode: mode · `ruleCount` + rule.
    public let rules: Table<RulePlan>
    public let ruleCount: Int
    public let modes: Table<ModePlan>
    public let modeCount: Int
    public let modeNames: TextList
    public let windows: Table<WindowPlan>
    public let neighbours: Table<NeighbourPlan>
    public let corroborations: Table<CorroborationPlan>
    public let witnesses: Table<WitnessPlan>
    public let sequences: Table<SequencePlan>
    public let steps: Table<StepPlan>
    public let stepKinds: Table<KindID>
    public let absences: Table<AbsencePlan>
    /// Names of the attributes that some rule reads, in the order of their slots.
    public let attributes: TextList
    /// Names of the hierarchies whose areas some rule reads, in the order of their slots.
    public let areas: TextList
    /// The slot of the first.
    public let firstArea: Int
    /// What stands in each slot from `RuleSlot.firstAttribute` on, by its full name; empty for
    /// nothing. They are numbered by what all rules read, so other rules may number them anew.
    let factNames: TextList
    public let lookups: Table<LookupPlan>
    public let lookupCount: Int
    /// Rows of all look-ups: the key, then the values of the columns.
    public let rows: Table<Slot>
    /// The place in `rows` of a row, by look-up and key.
    let rowIndex: KeyIndex
    public let scores: Table<ScorePlan>
    public let scoreCount: Int
    public let programs: Table<TypedProgram>
    public let library: ProgramLibrary
    /// Every string a condition can meet: literals, kinds, cells, words, and sources as they
    /// appear.
    public var memory: SlotMemory
    /// Rules by kind: `routes[routeStarts[kind] ..< routeStarts[kind + 1]]`.
    public let routes: Table<RuleID>
    public let routeStarts: Table<UInt32>
    public let kindCount: Int
    /// A hash of each rule's id: ids are for ever, so tasks derived from them are the same after an
    /// edit.
    public let identities: Table<UInt64>
    /// `id@revision` of each rule.
    public let labels: TextList
    /// The first 8 hexadecimal digits of each rule's hash.
    public let versions: TextList
    /// What a human reads as the rule's name.
    public let titles: TextList
    /// Why it is as it is, for people; empty where its author says nothing.
    public let whys: TextList
    public let limits: RuleLimits
    public let warnings: WarningScale
    public let time: TimePlan
    public let positions: PositionPlan
    public let rollUp: [5 of RollUpPlan]

    public init(_ source: consuming RuleSource) {
        rules = Table(copying: source.rules)
        modeCount = source.modes.count
        ruleCount = source.rules.count / source.modes.count
        modes = Table(copying: source.modes)
        modeNames = TextList(source.modeNames)
        neighbours = Table(copying: source.neighbours)
        corroborations = Table(copying: source.corroborations)
        witnesses = Table(copying: source.witnesses)
        sequences = Table(copying: source.sequences)
        steps = Table(copying: source.steps)
        stepKinds = Table(copying: source.stepKinds)
        absences = Table(copying: source.absences)
        attributes = TextList(source.attributes)
        areas = TextList(source.areas)
        firstArea = source.firstArea
        factNames = TextList(source.factNames)
        let layout = LookupLayout(source.lookups, source.memory.symbols)
        lookups = Table(copying: layout.plans)
        lookupCount = layout.plans.count
        rows = Table(copying: layout.rows)
        rowIndex = layout.index()
        windows = Table(copying: source.windows)
        scores = Table(copying: source.scores)
        scoreCount = source.scores.count
        programs = Table(copying: source.programs)
        routes = Table(copying: source.routes.flatMap { $0 })
        var starts: [UInt32] = [0]
        for route in source.routes { starts.append(starts[starts.count - 1] + UInt32(route.count)) }
        routeStarts = Table(copying: starts)
        kindCount = source.routes.count
        identities = Table(copying: source.ids.map(RuleTable.identity))
        labels = TextList(zip(source.ids, source.revisions).map { "\($0)@\($1)" })
        versions = TextList(source.rules.prefix(ruleCount).map { RuleTable.version($0.hash) })
        titles = TextList(source.titles)
        whys = TextList((0..<ruleCount).map { $0 < source.whys.count ? source.whys[$0] : "" })
        limits = source.limits
        positions = source.positions
        warnings = source.warnings
        time = source.time
        rollUp = source.rollUp
        library = source.library
        memory = source.memory
    }

    static func identity(_ id: String) -> UInt64 {
        var hash = StableHash()
        let utf8 = Array(id.utf8)
        hash.combine(utf8.span, 0, utf8.count)
        return hash.value
    }

    /// The first 8 hexadecimal digits of a rule's hash: the `version` of a factor.
    public static func version(_ hash: UInt64) -> String {
        String(hash.hexadecimal.prefix(8))
    }
}
