public import Domain

/// What one rule adds to one category of one cell.
struct Contribution: BitwiseCopyable {
    /// Next in the category's list, sorted by group and plan; index + 1, 0 ends it.
    var next: UInt32
    var plan: UInt32
    var group: UInt32
    var rule: RuleID
    var worth: LeakyMaximum
    /// Alerts since the contribution appeared, with their times.
    var alerts: UInt32
    /// Journal position of the latest alert counted.
    var latest: UInt64
    var first: Timestamp
    var last: Timestamp
}

/// The state of one category of one cell.
struct CategoryState: BitwiseCopyable {
    var head: UInt32  // contribution + 1
    var standing: Standing
    /// A child whose score stays below this does not change the standing; -1: any does.
    var bar: Int32
}

/// Evidence on its way into the board.
public struct Evidence: Sendable, BitwiseCopyable {
    public var points: MilliPoints
    public var time: Timestamp
    /// Journal positions of the alerts behind it, 0 is none: each alert is counted once.
    public var alerts: [6 of UInt64]

    @_noAllocation @_noLocks
    public init(
        points: MilliPoints, time: Timestamp, alerts: [6 of UInt64] = .init(repeating: 0)
    ) {
        self.points = points
        self.time = time
        self.alerts = alerts
    }
}

/// The scores of all cells in five categories.
///
/// A rule's contribution is a leaky maximum: it rises at once and falls with its half-life, so
/// repeats of the same evidence don't pump it up. The largest of a group counts; groups combine by
/// noisy-or, `100·(1 − Π(1 − s/100))`. All in whole numbers and in a fixed order: the same bits for
/// any order of arrival.
///
/// A cell with children stands at what its children's standings, as last told, and its own evidence
/// make together; it is judged anew when a child is told.
public struct ScoreBoard: ~Copyable, Sendable {
    var states: Table<CategoryState>
    /// What the feed was last told, by category and place in the tree: a parent reads its
    /// children's.
    var told: Table<Standing>
    var pool: Table<Contribution>
    var free: UInt32 = 0
    var used = 0
    var touched: TouchedCategories
    public let tree: CellTree
    var rollUp: [5 of RollUpPlan]
    var warnings: WarningScale
    /// The number of the first owner in the timer queue that stands for a cell's category.
    var firstTimer: Int
    /// Evidence left out for want of room.
    public internal(set) var evicted: UInt64 = 0

    /// Below a tenth of a point a contribution is gone.
    static var floorMilliPoints: Int32 { 100 }
    /// The feed hears of a score when it has moved by a point.
    static var tellingStep: Int32 { 1000 }

    public init(
        tree: consuming CellTree, limits: RuleLimits, warnings: WarningScale,
        rollUp: [5 of RollUpPlan], firstTimer: Int
    ) {
        states = Table(capacity: tree.count * Category.count)
        told = Table(capacity: tree.count * Category.count)
        touched = TouchedCategories(states: tree.count * Category.count)
        pool = Table(capacity: limits.contributions)
        self.tree = tree
        self.rollUp = rollUp
        self.warnings = warnings
        self.firstTimer = firstTimer
    }

    /// A board of cells that lie beside each other.
    public init(cells: Int, limits: RuleLimits, warnings: WarningScale, firstTimer: Int) {
        self.init(
            tree: CellTree(flat: cells), limits: limits, warnings: warnings,
            rollUp: .init(repeating: RollUpPlan(.max)), firstTimer: firstTimer)
    }

    @_noAllocation @_noLocks
    func index(_ cell: CellID, _ category: Category) -> Int {
        cell.int * 5 + Int(category.rawValue)
    }

    /// Where `told` has a cell's category.
    @_noAllocation @_noLocks
    func toldIndex(_ cell: CellID, _ category: Category) -> Int {
        Int(category.rawValue) * tree.count + tree.place(of: cell)
    }

    /// The standing as last committed.
    @_noAllocation @_noLocks
    public func standing(_ cell: CellID, _ category: Category) -> Standing {
        states[index(cell, category)].standing
    }

    /// The CAP severity that goes with a warning level.
    @_noAllocation @_noLocks
    public func severity(of level: WarningLevel) -> Severity {
        warnings.severity[Int(level.rawValue)]
    }

    /// Takes evidence in; `commitNext` makes it count.
    @_noAllocation @_noLocks
    public mutating func add(
        _ evidence: Evidence, by plan: ScorePlan, in cell: CellID
    ) {
        let state = index(cell, plan.category)
        guard touched.insert(state) else {
            evicted &+= 1
            return
        }
        let entry = contribution(state, plan)
        guard entry >= 0 else {
            evicted &+= 1
            return
        }
        let worth = LeakyMaximum(evidence.points, at: evidence.time, halfLife: plan.halfLife)
        if pool[entry].alerts == 0 {
            pool[entry].worth = worth
            pool[entry].first = evidence.time
            pool[entry].last = evidence.time
        } else {
            pool[entry].worth.take(worth)
            if evidence.time < pool[entry].first { pool[entry].first = evidence.time }
            if evidence.time > pool[entry].last { pool[entry].last = evidence.time }
        }
        countAlerts(entry, evidence.alerts)
    }

    /// Counts the alerts that were not counted yet; evidence that names none is one.
    @_noAllocation @_noLocks
    private mutating func countAlerts(_ entry: Int, _ alerts: [6 of UInt64]) {
        let before = pool[entry].latest
        var fresh: UInt32 = 0
        var place = 0
        while place < 6 {
            if alerts[place] > before {
                fresh += 1
                if alerts[place] > pool[entry].latest { pool[entry].latest = alerts[place] }
            }
            place += 1
        }
        if alerts[0] == 0 || pool[entry].alerts == 0 { fresh = fresh == 0 ? 1 : fresh }
        pool[entry].alerts &+= fresh
    }
}
