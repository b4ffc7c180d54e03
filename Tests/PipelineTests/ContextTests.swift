import CEL
import Cells
import Domain
import Lanes
import Scoring
import Tasking
import Testing

@testable import Pipeline

/// What a timer's judgement reads that belongs to no alert.
@Suite struct ContextTests {
    /// One rule kept by cell, raised while the cell stands at 50 points for 10 s.
    private static func walk() throws -> Walk {
        var kinds = KindTable(capacity: 4)
        _ = kinds.add("smoke", categories: [.publicSafety])
        var environment = TypedEnvironment()
        let score = Int(RuleSlot.scorePublicSafety.rawValue)
        environment.declare("score", .double, slot: score)
        environment.declare("now", .timestamp, slot: Int(RuleSlot.now.rawValue))
        environment.declare("mode", .string, slot: Int(RuleSlot.mode.rawValue))
        var source = RuleSource(library: ProgramLibrary(), memory: SlotMemory())
        let when = try source.library.compile(
            "score >= 50.0 && mode == \"normal\" && now > timestamp(\"2020-01-01T00:00:00Z\")",
            in: environment, memory: &source.memory)
        source.programs = [when.program]
        var plan = RulePlan(id: RuleID(0))
        plan.key[0] = RuleSlot.alertCell.rawValue
        plan.keyCount = 1
        plan.raise = HeldCondition(when: Condition(index: 0), hold: .seconds(10))
        source.rules = [plan]
        (source.ids, source.revisions, source.titles) = (["a"], [1], ["A"])
        source.routes = [[RuleID(0)]]
        let tasks = TaskTable(
            plans: [], pieces: [], texts: [], matrix: [], certainty: CertaintyScale())
        let ring = RecordRing(byteCapacity: 1 << 20)
        return Walk(
            WalkParts(
                compiled: CompiledRules(kinds: kinds, rules: RuleTable(source), tasks: tasks),
                grid: try City.grid(), admission: AdmissionPolicy(),
                outlet: Outlet(ring: ring.writer(), instance: "test", epoch: 1)))
    }

    private static func take(_ id: String, in cell: CellID, at seconds: Int64, _ walk: inout Walk) {
        var letter = Letter()
        let path = walk.grid.path(of: cell)
        let time = City.start + .seconds(seconds)
        let body = alert(id, time: time, ["cell": "\"\(path)\"", "position": ""])
        letter.compose(
            topic: "alert/v1/json/acme/a/", body: Array(body.utf8), path: .push, received: time)
        walk.take(letter)
    }

    @Test func aTimerJudgesByTheScoresOfItsOwnCell() throws {
        var walk = try Self.walk()
        let leaves = (0..<walk.grid.count).map { CellID($0) }.filter { walk.grid.isLeaf($0) }
        let (bad, good) = (leaves[0], leaves[leaves.count - 1])
        let plan = ScorePlan(
            rule: RuleID(0), identity: 1, category: .publicSafety, points: .none,
            confidence: .none, halfLife: .hours(1), group: 1)
        let points = MilliPoints(points: 60) ?? .zero
        walk.board.add(Evidence(points: points, time: City.start), by: plan, in: bad)
        while walk.board.hasTouched {
            _ = walk.board.commitNext(at: City.start, timers: &walk.timers)
        }
        Self.take("1", in: bad, at: 1, &walk)
        #expect(walk.lastRefusal == nil)
        Self.take("2", in: good, at: 5, &walk)
        walk.advance(to: City.start + .seconds(20))
        let path = String(walk.grid.path(of: bad).dropLast())
        #expect(walk.phase(of: RuleID(0), key: [path]) == .active)
        let other = String(walk.grid.path(of: good).dropLast())
        #expect(walk.phase(of: RuleID(0), key: [other]) == .idle)
        let city = Int(RuleSlot.cityScorePublicSafety.rawValue)
        let root = walk.board.standing(CellID(0), .publicSafety).score.points
        #expect(walk.rules.slots[city].asDouble == root && root > 0)
    }
}
