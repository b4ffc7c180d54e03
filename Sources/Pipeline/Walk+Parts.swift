import CEL
public import Cells
public import Domain
public import Scoring
public import Tasking

/// What a walk is built from.
public struct WalkParts: ~Copyable {
    public var kinds: KindTable
    public var grid: Grid
    public var rules: RuleTable
    public var tasks: TaskTable
    public var admission: AdmissionPolicy
    /// The registered sources.
    public var sources: [SourcePlan] = []
    public var outlet: Outlet

    public init(
        compiled: consuming CompiledRules, grid: consuming Grid, admission: AdmissionPolicy,
        outlet: consuming Outlet
    ) {
        kinds = compiled.kinds
        rules = compiled.rules
        tasks = compiled.tasks
        self.grid = grid
        self.admission = admission
        self.outlet = outlet
    }
}

extension Walk {
    public init(_ parts: consuming WalkParts) {
        let owners = TimerOwners(limits: parts.rules.limits, cells: parts.grid.count)
        self.owners = owners
        timers = TimerQueue(owners: owners.count)
        watermark = Watermark(parts.rules.time, sources: parts.admission.sourcesMax)
        buffer = ReorderBuffer(limit: max(1, parts.rules.limits.waiting))
        deadlines = TimerQueue(owners: parts.rules.limits.keys)
        board = ScoreBoard(
            tree: Walk.tree(parts.grid), limits: parts.rules.limits,
            warnings: parts.rules.warnings, rollUp: parts.rules.rollUp,
            firstTimer: owners.firstScore)
        surroundings = Surroundings(parts.grid)
        touched = CellList(parts.grid)
        modes = Table(capacity: max(1, parts.grid.count))
        modeWatch = ModeWatch(parts.rules)
        var rules = parts.rules
        symbols = WalkSymbols(
            parts.kinds, parts.grid, modes: rules.modeNames, areas: rules.areas,
            &rules.memory.symbols)
        Walk.reserveNames(sources: parts.admission.sourcesMax, in: &rules)
        assignedLevels = Table(copying: Walk.assignedLevels(parts.tasks, parts.grid))
        ground = TaskGround(parts.tasks, parts.grid)
        let neighbourhood = symbols.neighbourhood(parts.grid, rules.memory.symbols)
        rosterCells = Walk.rosterCells(rules, parts.grid)
        self.rules = RuleMatcher(rules, neighbourhood)
        tasks = TaskBoard(parts.tasks, firstTimer: owners.firstTask)
        kinds = parts.kinds
        grid = parts.grid
        admission = Admission(parts.admission, kinds)
        outlet = parts.outlet
        admission.register(parts.sources, kinds)
    }

    /// Every source that can be admitted can also be named in a condition, and so can as many
    /// strings of senders' own.
    static func reserveNames(sources: Int, in rules: inout RuleTable) {
        rules.memory.symbols.reserve(
            strings: sources + factStringsMax,
            bytes: sources * 40 + factStringsMax * Limits.attributeTextBytesMax)
    }

    /// The grid as scores roll up in it.
    private static func tree(_ grid: borrowing Grid) -> CellTree {
        var parents: [Int?] = []
        var populations: [Int] = []
        for cell in 0..<grid.count {
            let parent = grid.parent(of: CellID(cell))
            parents.append(parent == .none ? nil : parent.int)
            populations.append(grid.population(of: CellID(cell)))
        }
        return CellTree(parents: parents, populations: populations)
    }

    /// For each task plan, the depth in the tree of the level that answers for it; -1 stands for
    /// the cell itself.
    static func assignedLevels(
        _ tasks: borrowing TaskTable, _ grid: borrowing Grid
    ) -> [Int32] {
        var levels: [Int32] = []
        for plan in 0..<tasks.planCount {
            let name = tasks.texts.text(tasks.plans[plan].level)
            levels.append(Int32(grid.levelNames.firstIndex(of: name) ?? -1))
        }
        return levels
    }
}
