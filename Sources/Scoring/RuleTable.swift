public import CEL
public import Domain

/// A compiled CEL expression of a rule; `.none` where the rule has no such part.
public struct Condition: Sendable, BitwiseCopyable {
    /// Index into `RuleTable.programs`, or -1.
    public var index: Int32
    @inlinable @_noAllocation @_noLocks public init(index: Int) {
        self.index = Int32(truncatingIfNeeded: index)
    }
    @inlinable public static var none: Condition { Condition(index: -1) }
    @inlinable public var isSet: Bool { index >= 0 }
}

/// What a window computes over its samples.
public enum WindowFunction: UInt8, Sendable, BitwiseCopyable {
    case count, max, average, distinct
}

/// One trailing window of a rule, half-open: (now - over, now], exact to a pane.
public struct WindowPlan: Sendable, BitwiseCopyable {
    public var function: WindowFunction
    /// Which alerts of the rule enter; all when not set.
    public var filter: Condition
    /// The sample: a number, or for `distinct` any scalar. Not set for `count`.
    public var sample: Condition
    public var over: Interval
    public var pane: Interval
    /// The value without a sample, when `hasEmpty`; else the slot is absent.
    public var empty: Double
    public var hasEmpty: Bool

    public init(
        _ function: WindowFunction, over: Interval, pane: Interval, filter: Condition = .none,
        sample: Condition = .none
    ) {
        self.function = function
        self.filter = filter
        self.sample = sample
        self.over = over
        self.pane = pane
        (empty, hasEmpty) = (0, false)
    }

    /// How many panes the ring holds: those the window spans and the one being filled.
    @inlinable public var paneCount: Int { Int(over.nanoseconds / pane.nanoseconds) + 1 }
}

/// What a rule adds to one category of the alert's cell.
public struct ScorePlan: Sendable, BitwiseCopyable {
    public var rule: RuleID
    public var category: Category
    /// Gives a double, 0 to 100.
    public var points: Condition
    /// Gives a double, 0 to 1; the alert's own confidence when not set.
    public var confidence: Condition
    public var halfLife: Interval
    /// Evidence of one group in one cell and category counts once, the largest.
    public var group: UInt16

    public init(
        rule: RuleID, category: Category, points: Condition, confidence: Condition,
        halfLife: Interval, group: UInt16
    ) {
        self.rule = rule
        self.category = category
        self.points = points
        self.confidence = confidence
        self.halfLife = halfLife
        self.group = group
    }
}

/// A condition and how long it must hold.
public struct HeldCondition: Sendable, BitwiseCopyable {
    public var when: Condition
    public var hold: Interval

    public init(when: Condition, hold: Interval) {
        self.when = when
        self.hold = hold
    }
    public static let none = HeldCondition(when: .none, hold: .zero)
}

/// One rule, compiled: what the matcher walks.
///
/// A rule with `raise` is a state machine for each key (idle, pending, active, clearing). A rule
/// without is a pulse: every alert that passes `filter` is evidence by itself.
public struct RulePlan: Sendable, BitwiseCopyable {
    public static let keyPartsMax = 4
    public static let windowsMax = 8
    public static let scoresMax = 4

    public var id: RuleID
    /// Evaluated and counted, but adds no score and opens no task.
    public var isShadow = false
    public var filter = Condition.none
    /// Slots whose values make the key.
    public var key: [4 of UInt8] = .init(repeating: 0)
    public var keyCount = 0
    /// Range in `RuleTable.windows`.
    public var firstWindow = 0
    public var windowCount = 0
    public var raise = HeldCondition.none
    public var clear = HeldCondition.none
    /// Range in `RuleTable.scores`.
    public var firstScore = 0
    public var scoreCount = 0
    /// Index of the rule's task plan, or -1.
    public var task = -1
    /// The rule's hash: its canonical form, 64 bits.
    public var hash: UInt64 = 0

    public init(id: RuleID) { self.id = id }
}

/// What the rule loader hands over: plain arrays, in file order.
public struct RuleSource: ~Copyable {
    public var rules: [RulePlan] = []
    public var windows: [WindowPlan] = []
    public var scores: [ScorePlan] = []
    public var programs: [TypedProgram] = []
    public var library: ProgramLibrary
    public var memory: SlotMemory
    /// For each kind, in the kind table's order, the rules that its alerts are routed to.
    public var routes: [[RuleID]] = []
    public var ids: [String] = []
    public var revisions: [Int] = []
    public var titles: [String] = []
    public var limits = RuleLimits()
    public var warnings = WarningScale()

    public init(library: consuming ProgramLibrary, memory: consuming SlotMemory) {
        self.library = library
        self.memory = memory
    }
}

/// All active rules, compiled and immutable: what the matcher walks.
///
/// **Owner**: the engine. A reload builds another and swaps it in between two alerts.
public struct RuleTable: ~Copyable, Sendable {
    public let rules: Table<RulePlan>
    public let ruleCount: Int
    public let windows: Table<WindowPlan>
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
    public let limits: RuleLimits
    public let warnings: WarningScale

    public init(_ source: consuming RuleSource) {
        rules = Table(copying: source.rules)
        ruleCount = source.rules.count
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
        versions = TextList(source.rules.map { RuleTable.version($0.hash) })
        titles = TextList(source.titles)
        limits = source.limits
        warnings = source.warnings
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
        let digits = String(hash, radix: 16)
        return String((String(repeating: "0", count: 16 - digits.count) + digits).prefix(8))
    }
}

/// Bounds on the state that rules may keep, from the catalog.
public struct RuleLimits: Sendable, BitwiseCopyable {
    /// Keys over all rules; the oldest idle is evicted.
    public var keys = 200_000
    /// Window panes over all keys.
    public var panes = 16_000_000
    /// Contributions over all cells.
    public var contributions = 1_000_000
    /// Distinct values kept a key and window.
    public var distinctValues = 64

    public init() {}
}

/// The thresholds between warning levels, in thousandths of a point, with hysteresis.
public struct WarningScale: Sendable, BitwiseCopyable {
    /// Indexed by level 1 (blue) to 4 (red); 0 is unused.
    public var raise: [5 of Int32]
    public var clear: [5 of Int32]
    public var severity: [5 of Severity]

    public init() {
        raise = [0, 20_000, 40_000, 60_000, 80_000]
        clear = [0, 15_000, 33_000, 52_000, 72_000]
        severity = [.unknown, .minor, .moderate, .severe, .extreme]
    }

    /// The level at `score` for a cell that stood at `current`: a level is entered at its raise
    /// threshold and left only below its clear threshold.
    @_noAllocation @_noLocks
    public func level(at score: MilliPoints, from current: WarningLevel) -> WarningLevel {
        var level = 4
        while level > 0 {
            let entered = score.value >= raise[level]
            let kept = level <= Int(current.rawValue) && score.value >= clear[level]
            if entered || kept { break }
            level -= 1
        }
        return WarningScale.levels(level)
    }

    @_noAllocation @_noLocks
    static func levels(_ index: Int) -> WarningLevel {
        switch index {
        case 1: .blue
        case 2: .yellow
        case 3: .orange
        case 4: .red
        default: .none
        }
    }
}
