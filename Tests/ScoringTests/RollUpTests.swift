import Domain
import Testing

@testable import Scoring

/// A city of two districts with three and two cells: 0 (1 (2 3 4) 5 (6 7)).
@Suite struct RollUpTests {
    static let start = Timestamp(nanoseconds: 1_700_000_000_000_000_000)
    static let parents: [Int?] = [nil, 0, 1, 1, 1, 0, 5, 5]
    static let people = [0, 0, 100, 300, 600, 0, 0, 0]

    static func board(_ plan: RollUpPlan) -> ScoreBoard {
        var limits = RuleLimits()
        limits.contributions = 1000
        return ScoreBoard(
            tree: CellTree(parents: parents, populations: people), limits: limits,
            warnings: WarningScale(), rollUp: .init(repeating: plan), firstTimer: 0)
    }

    static func plan(_ identity: Int = 0) -> ScorePlan {
        ScorePlan(
            rule: RuleID(identity), identity: UInt32(identity), category: .publicSafety,
            points: .none, confidence: .none, halfLife: .minutes(10), group: 7)
    }

    /// Puts evidence into the cells and commits everything it touches.
    static func put(
        _ points: [Int: Double], at time: Timestamp = start, _ board: inout ScoreBoard,
        _ timers: inout TimerQueue
    ) -> [ScoreChange] {
        for (cell, points) in points.sorted(by: { $0.key < $1.key }) {
            let evidence = Evidence(points: MilliPoints(points: points) ?? .zero, time: time)
            board.add(evidence, by: plan(), in: CellID(cell))
        }
        return settle(at: time, &board, &timers)
    }

    static func settle(
        at time: Timestamp, _ board: inout ScoreBoard, _ timers: inout TimerQueue
    ) -> [ScoreChange] {
        var changes: [ScoreChange] = []
        while board.hasTouched {
            if let change = board.commitNext(at: time, timers: &timers) { changes.append(change) }
        }
        return changes
    }

    static func score(_ board: borrowing ScoreBoard, _ cell: Int) -> Int32 {
        board.standing(CellID(cell), .publicSafety).score.value
    }

    @Test(arguments: [
        (RollUpPlan(.max), 60_000, 60_000), (RollUpPlan(.topMean, count: 2), 50_000, 25_000),
        (RollUpPlan(.topMean, count: 3), 33_333, 16_666), (RollUpPlan(.weightedMean), 18_000, 9000),
    ])
    func childrenMakeTheirParent(plan: RollUpPlan, district: Int32, city: Int32) {
        var board = Self.board(plan)
        var timers = TimerQueue(owners: 40)
        _ = Self.put([2: 60, 3: 40], &board, &timers)
        let scores = (Self.score(board, 1), Self.score(board, 0), Self.score(board, 5))
        #expect(scores == (district, city, 0))
    }

    @Test func ownEvidenceCountsAsOneMoreChild() {
        var timers = TimerQueue(owners: 40)
        var worst = Self.board(RollUpPlan(.max))
        _ = Self.put([1: 70, 2: 60], &worst, &timers)
        let highest = Self.score(worst, 1)
        #expect(highest == 70_000)
        var mean = Self.board(RollUpPlan(.topMean, count: 2))
        _ = Self.put([1: 30, 2: 60], &mean, &timers)
        let middle = Self.score(mean, 1)
        #expect(middle == 45_000)
        var weighted = Self.board(RollUpPlan(.weightedMean))
        _ = Self.put([1: 50], &weighted, &timers)
        let half = Self.score(weighted, 1)
        #expect(half == 25_000)
    }

    @Test func oneTellingEachAndChildrenBeforeParents() {
        var board = Self.board(RollUpPlan(.max))
        var timers = TimerQueue(owners: 40)
        let changes = Self.put([2: 60, 3: 40, 6: 90], &board, &timers)
        #expect(changes.map(\.cell.int) == [6, 5, 3, 2, 1, 0])
        #expect(changes.last?.score.value == 90_000)
    }

    @Test func everythingDecaysToZeroByTimersAlone() {
        for plan in [
            RollUpPlan(.max), RollUpPlan(.topMean, count: 3), RollUpPlan(.weightedMean),
        ] {
            var board = Self.board(plan)
            var timers = TimerQueue(owners: 40)
            var told = Self.put([1: 30, 2: 90, 3: 55, 7: 71], &board, &timers)
            while timers.count > 0 {
                let due = timers.earliest()
                board.touch(timer: timers.pop(dueBy: due))
                told += Self.settle(at: due, &board, &timers)
            }
            for cell in 0..<8 {
                #expect(Self.score(board, cell) == 0)
                let last = told.last { $0.cell.int == cell }
                #expect((last?.score ?? .zero) == .zero)
            }
        }
    }

    @Test func noParentStandsAboveItsWorstChildInScoreOrLevel() {
        var random = SplitMix64(seed: 3)
        for round in 0..<60 {
            let method = RollUpMethod.allCases[round % 3]
            var board = Self.board(RollUpPlan(method, count: 1 + round % 4))
            var timers = TimerQueue(owners: 40)
            var time = Self.start
            for _ in 0..<40 {
                time = time + .seconds(Int64.random(in: 1..<120, using: &random))
                while timers.earliest() <= time {
                    let due = timers.earliest()
                    board.touch(timer: timers.pop(dueBy: due))
                    _ = Self.settle(at: due, &board, &timers)
                    Self.checkTree(board, at: due)
                }
                let cell = [2, 3, 4, 6, 7].randomElement(using: &random) ?? 2
                let points = Double.random(in: 1..<100, using: &random)
                _ = Self.put([cell: points], at: time, &board, &timers)
                Self.checkTree(board, at: time)
            }
        }
    }

    private static func checkTree(_ board: borrowing ScoreBoard, at time: Timestamp) {
        for parent in [0, 1, 5] {
            let children = parents.indices.filter { parents[$0] == parent }
            let told = children.map { board.told[board.toldIndex(CellID($0), .publicSafety)] }
            let standing = board.standing(CellID(parent), .publicSafety)
            #expect(standing.score.value <= told.map(\.score.value).max() ?? 0)
            #expect(standing.warning <= told.map(\.warning).max() ?? .none)
            let now = board.score(CellID(parent), .publicSafety, at: time)
            let below = children.map { board.score(CellID($0), .publicSafety, at: time) }
            #expect(now <= below.max() ?? .zero)
        }
    }

    @Test func spreadLendsAShareAndIsQuotedAsSuch() {
        var board = Self.board(RollUpPlan(.max))
        var timers = TimerQueue(owners: 40)
        var plan = Self.plan()
        plan.spread = SpreadPlan(rings: 2, factor: 0.4)
        let evidence = Evidence(points: MilliPoints(93_800), time: Self.start)
        board.add(evidence, by: plan, in: CellID(2))
        for (ring, cell) in [(1, 3), (2, 4)] {
            if let (lent, share) = plan.spread(evidence, to: ring) {
                board.add(share, by: lent, in: CellID(cell))
            }
        }
        #expect(plan.spread(evidence, to: 3) == nil)
        // The neighbour's own evidence by the same rule is a contribution of its own.
        board.add(Evidence(points: MilliPoints(50_000), time: Self.start), by: plan, in: CellID(3))
        _ = Self.settle(at: Self.start, &board, &timers)
        let scores = (Self.score(board, 2), Self.score(board, 3), Self.score(board, 4))
        #expect(scores == (93_800, 68_760, 15_008))
        let own = board.quote(board.firstLink(CellID(3), .publicSafety), at: Self.start)
        let next = board.nextLink(board.firstLink(CellID(3), .publicSafety))
        let lent = board.quote(next, at: Self.start)
        #expect(own.isSpread == false)
        #expect(lent.isSpread)
        #expect(lent.points.value == 37_520)
    }
}
