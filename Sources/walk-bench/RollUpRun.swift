import CEL
import Domain
import Glibc
import Scoring

/// What it costs to bring one cell's new score up to the city, and what a live cell takes of
/// memory, in a tree as large as a real city's.
struct RollUpRun {
    private(set) var figures: RollUpFigures

    /// Districts, streets, communities, grids and micro-grids of Chengdu, and of a small town.
    private static let large = [23, 261, 2999, 14_020, 126_449]
    private static let small = [3, 9, 27, 54, 216]
    private static let rounds = 15
    private static let updatesPerRound = 20_000

    init() throws(BenchProblem) {
        var town = RollUpBench(levels: Self.small)
        let before = Self.residentBytes()
        var city = RollUpBench(levels: Self.large)
        city.fill()
        let bytes = Double(Self.residentBytes() - before)
        town.fill()
        var costs: [Double] = []
        var ratios: [Double] = []
        for round in 0..<Self.rounds {
            let isTownFirst = round % 2 == 0
            let first =
                isTownFirst ? town.time(Self.updatesPerRound) : city.time(Self.updatesPerRound)
            let second =
                isTownFirst ? city.time(Self.updatesPerRound) : town.time(Self.updatesPerRound)
            costs.append(isTownFirst ? second : first)
            ratios.append(isTownFirst ? second / first : first / second)
        }
        figures = RollUpFigures(
            cells: city.cells, nanoseconds: middle(costs), ratioToSmall: middle(ratios),
            committed: Double(city.committed) / Double(city.updates),
            bytesPerCell: bytes / Double(city.cells))
        guard city.committed > city.updates else {
            throw BenchProblem(message: "no score was rolled up")
        }
    }

    /// Memory that the process holds, of its own.
    private static func residentBytes() -> Int {
        guard let file = unsafe fopen("/proc/self/statm", "r") else { return 0 }
        defer { unsafe fclose(file) }
        var line = [CChar](repeating: 0, count: 128)
        guard unsafe fgets(&line, 128, file) != nil else { return 0 }
        let words = String(
            decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self
        )
        .split(separator: " ")
        return words.count > 1 ? (Int(words[1]) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE))) : 0
    }
}

/// Figures of one run.
struct RollUpFigures: Encodable {
    var cells: Int
    /// One piece of evidence, with every cell above it judged anew.
    var nanoseconds: Double
    var ratioToSmall: Double
    /// Cells judged for each piece of evidence.
    var committed: Double
    /// Scores, contributions and timers, all five categories live.
    var bytesPerCell: Double
}

/// A board over an even tree, and evidence that moves every score on its way up.
private struct RollUpBench: ~Copyable {
    let cells: Int
    private var leaves: [CellID] = []
    private var board: ScoreBoard
    private var timers: TimerQueue
    private var now = Timestamp(nanoseconds: 1_780_000_000_000_000_000)
    private var dice: UInt64 = 1
    private(set) var committed = 0
    private(set) var updates = 0

    init(levels: [Int]) {
        var counts = [1] + levels
        counts.reverse()
        // Cells stand in the order of the tree: each with all below it after it.
        var (parents, leaves) = ([Int?](), [CellID]())
        func place(_ level: Int, _ index: Int, _ parent: Int?) {
            let own = parents.count
            parents.append(parent)
            guard level > 0 else { return leaves.append(CellID(own)) }
            let (here, below) = (counts[level], counts[level - 1])
            for child in (index * below / here)..<((index + 1) * below / here) {
                place(level - 1, child, own)
            }
        }
        place(counts.count - 1, 0, nil)
        cells = parents.count
        self.leaves = leaves
        var limits = RuleLimits()
        limits.contributions = cells * Category.count
        let tree = CellTree(parents: parents, populations: parents.map { _ in 100 })
        board = ScoreBoard(
            tree: tree, limits: limits, warnings: WarningScale(),
            rollUp: .init(repeating: RollUpPlan(.topMean)), firstTimer: 0)
        timers = TimerQueue(owners: cells * Category.count)
    }

    /// Gives every leaf evidence in every category, and so every cell above a score.
    mutating func fill() {
        for cell in leaves {
            for category in Category.allCases { add(cell, category, 30) }
        }
        (committed, updates) = (0, 0)
    }

    /// Nanoseconds a piece of evidence.
    mutating func time(_ count: Int) -> Double {
        let start = clock()
        for _ in 0..<count {
            dice = dice &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let cell = leaves[Int(dice >> 33) % leaves.count]
            let points = Double(20 + dice >> 40 & 0x3F)
            add(cell, Category.allCases[Int(dice >> 20 & 0xFF) % 5], points)
        }
        return Double(clock() - start) / Double(count)
    }

    private mutating func add(_ cell: CellID, _ category: Category, _ points: Double) {
        now = now + .milliseconds(1)
        let plan = ScorePlan(
            rule: RuleID(0), identity: 7, category: category, points: .none, confidence: .none,
            halfLife: .minutes(10), group: 1)
        guard let points = MilliPoints(points: points) else { return }
        board.add(Evidence(points: points, time: now), by: plan, in: cell)
        updates += 1
        while board.hasTouched {
            _ = board.commitNext(at: now, timers: &timers)
            committed += 1
        }
    }
}
