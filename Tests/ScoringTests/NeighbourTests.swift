import CEL
import Domain
import Testing

@testable import Scoring

@Suite struct NeighbourTests {
    /// A row of five cells, each beside the next.
    static let row = [[1], [0, 2], [1, 3], [2, 4], [3]]

    static func plan(
        _ function: NeighbourFunction, _ source: NeighbourPlan.Source, rings: Int = 1
    ) -> NeighbourPlan {
        NeighbourPlan(function, rings: rings, source: source)
    }

    /// Cells 0 to 4 stand at 0, 30, 0, 50 and 90 points.
    static func scored(_ plan: NeighbourPlan) throws -> RuleBench {
        var rule = HandRule()
        rule.neighbour(plan)
        rule.plan.raise = try rule.held("alert.value > 5.0")
        var bench = RuleBench(rule, neighbours: row)
        for (cell, points) in [(1, 30.0), (3, 50), (4, 90)] { bench.score(cell, points) }
        return bench
    }

    static let scores: [(function: NeighbourFunction, rings: Int, value: Double)] = [
        (.max, 1, 50), (.max, 2, 90), (.max, 3, 90), (.min, 1, 30), (.min, 2, 0),
        (.average, 1, 40), (.average, 2, 42.5), (.sum, 1, 80), (.sum, 2, 170),
    ]

    @Test(arguments: scores)
    func scoresOfTheCellsAroundAreThoseCommitted(
        row: (function: NeighbourFunction, rings: Int, value: Double)
    ) throws {
        var bench = try Self.scored(Self.plan(row.function, .score, rings: row.rings))
        _ = bench.take(Said(at: 100, cell: 2, value: 6))
        #expect(bench.neighbour().asDouble == row.value)
    }

    @Test func neighboursAtALevelAreCounted() throws {
        var plan = Self.plan(.count, .warning, rings: 2)
        plan.least = Double(WarningLevel.yellow.rawValue)
        var bench = try Self.scored(plan)
        _ = bench.take(Said(at: 100, cell: 2, value: 6))
        #expect(bench.neighbour().tag == .int)
        #expect(bench.neighbour().asInt == 2)
    }

    @Test func aCellWithoutNeighboursHasTheValueOfNone() throws {
        var rule = HandRule()
        var plan = Self.plan(.max, .score)
        rule.neighbour(plan)
        (plan.empty, plan.hasEmpty) = (12, true)
        rule.neighbour(plan)
        rule.plan.raise = try rule.held("alert.value > 5.0")
        var bench = RuleBench(rule, neighbours: [[]])
        _ = bench.take(at: 100, 6)
        #expect(!bench.neighbour(0).isPresent)
        #expect(bench.neighbour(1).asDouble == 12)
    }

    @Test func aRuleReadsItsOwnWindowsAroundAsTheyStandNow() throws {
        var rule = HandRule()
        try rule.window(.count, over: 30)
        rule.neighbour(Self.plan(.sum, .window, rings: 2))
        rule.plan.raise = try rule.held("n0 >= 3.0")
        var bench = RuleBench(rule, neighbours: Self.row)
        #expect(bench.take(Said(at: 100, cell: 0)) == nil)
        #expect(bench.take(Said(at: 110, cell: 1)) == nil)
        #expect(bench.take(Said(at: 115, cell: 1)) == nil)
        #expect(bench.take(Said(at: 116, cell: 4)) == nil)
        #expect(bench.neighbour().asDouble == 0)
        #expect(bench.take(Said(at: 120, cell: 2)) == .raised)
        #expect(bench.neighbour().asDouble == 4)
        #expect(bench.take(Said(at: 145, cell: 3)) == nil)
        #expect(bench.neighbour().asDouble == 2)
        // Cell 1 is judged at its own pace, whoever has looked at it.
        #expect(bench.take(Said(at: 116, cell: 1)) == .raised)
        #expect(bench.slotValue(RuleSlot.firstWindow).asInt == 3)
    }

    @Test func aPulseReadsItsNeighboursToo() throws {
        var rule = HandRule()
        rule.neighbour(Self.plan(.max, .score))
        var bench = RuleBench(rule, neighbours: Self.row)
        bench.score(3, 50)
        #expect(bench.take(Said(at: 100, cell: 2)) == .pulse)
        #expect(bench.neighbour().asDouble == 50)
    }

    @Test func nearestCellsComeFirstAndNoneTwice() {
        // A grid of 30 by 30 cells with eight neighbours each.
        var neighbours: [[CellID]] = []
        for cell in 0..<900 {
            let (x, y) = (cell % 30, cell / 30)
            let near = (max(0, y - 1)...min(29, y + 1)).flatMap { row in
                (max(0, x - 1)...min(29, x + 1)).map { row * 30 + $0 }
            }
            neighbours.append(near.filter { $0 != cell }.map { CellID($0) })
        }
        var around = Neighbourhood(neighbours, identities: Array(repeating: 0, count: 900))
        for (rings, expected) in [(1, 8), (2, 24), (3, 48), (20, 256)] {
            let count = around.find(around: CellID(465), rings: rings)
            #expect(count == expected)
            var cells: Set<CellID> = []
            var farthest = 0
            for index in 1...count {
                let cell = around.cell(index)
                let (dx, dy) = (abs(cell.int % 30 - 15), abs(cell.int / 30 - 15))
                #expect(max(dx, dy) >= farthest)
                farthest = max(dx, dy)
                cells.insert(cell)
            }
            #expect(cells.count == count && !cells.contains(CellID(465)))
        }
    }
}

@Suite struct HitTests {
    @Test func aHitBringsBackWhatItsRuleSaw() throws {
        var rule = HandRule()
        try rule.window(.sum, over: 60, of: "alert.value")
        rule.neighbour(NeighbourPlan(.max, rings: 1, source: .score))
        try rule.corroborate(within: 60, need: 1, ["smoke": "alert.kind == \"smoke\""])
        rule.plan.raise = try rule.held("evidence.met")
        var bench = RuleBench(rule, neighbours: [[1], [0]])
        bench.score(1, 40)
        #expect(bench.take(Said(at: 100, value: 6, confidence: 0.8)) == .raised)
        let hit = bench.hits[0]
        _ = bench.take(Said(at: 101, cell: 1, value: 2, confidence: 0.1))
        bench.matcher.restore(hit)
        #expect(bench.slotValue(RuleSlot.firstWindow).asDouble == 6)
        #expect(bench.neighbour().asDouble == 40)
        #expect(bench.slot(.evidenceCount).asInt == 1)
        #expect(abs(bench.slot(.evidenceConfidence).asDouble - 0.8) < 1e-12)
    }

    @Test func aKeyThatIsNotIdleStaysAsLongAsOthersAre() throws {
        var rule = HandRule(by: [.alertSource])
        try rule.window(.count, over: 1000)
        rule.plan.raise = try rule.held("w0 >= 2")
        var bench = RuleBench(rule)
        _ = bench.take(Said(at: 99, source: "raised"))
        #expect(bench.take(Said(at: 99, source: "raised")) == .raised)
        for number in Int64(0)..<40 {
            _ = bench.take(Said(at: 100 + number, source: "s\(number)"))
        }
        #expect(bench.take(Said(at: 150, source: "raised")) == .refreshed)
    }

    @Test func keysBeyondTheLimitPushOutTheirRulesOldest() throws {
        var rule = HandRule(by: [.alertSource])
        try rule.window(.count, over: 1000)
        rule.plan.raise = try rule.held("w0 >= 2")
        var bench = RuleBench(rule)
        for number in Int64(0)..<20 {
            _ = bench.take(Said(at: 100 + number, source: "s\(number)"))
        }
        #expect(bench.counters().keys == 16)
        #expect(bench.counters().evicted == 4)
        #expect(bench.take(Said(at: 130, source: "s0")) == nil)
        #expect(bench.take(Said(at: 131, source: "s19")) == .raised)
    }
}
