import Cells
import Domain
import Pipeline
import Scoring
import Testing

@Suite("Areas of other hierarchies in rules")
struct AreaTests {
    /// Two alerts in an area raise, and none for 10 s clear.
    private static func rules(_ more: String = "") -> String {
        """
        rules:
        - id: precinct
          title: Smoke in a precinct
          status: active
          revision: 1
          match: {kind: smoke}
          where: has(cell.areas.police)
          by: [cell.areas.police]
          windows: {n: {fn: count, over: 10s}}
          raise: {when: w.n >= 2}
          clear: {when: 'w.n == 0 && cell.areas.police == "p1"'}
          score: {public-safety: {points: '50.0', confidence: '0.9', half_life: 5m}}
          task: {kind: fire, title: 'Smoke in ${cell.areas.police}', close_on: clear}

        """ + more
    }

    @Test("What happens in cells of one area comes together, and what is in none does not")
    func together() throws {
        var town = try Town(Self.rules())
        for (second, cell) in ["b", "c", "e", "e"].enumerated() {
            town.send("smoke", in: cell, at: Double(second))
        }
        #expect(try town.operations().isEmpty)
        town.send("smoke", in: "a", at: 4)
        #expect(try town.operations() == ["open Smoke in p1"])
    }

    @Test("A key of an area goes with its cell to the area of the cell's heir")
    func moved() throws {
        var town = try Town(Self.rules())
        town.send("smoke", in: "a", at: 0)
        town.send("smoke", in: "a", at: 1)
        let files = Town.files(Self.rules())
        try town.move(to: Town.grid([("c", "d1", 0..<3), ("d", "d2", 3..<5)]), files, at: 2)
        let time = Town.start + .seconds(3)
        let (old, new) = (
            town.walk.view(of: RuleID(0), key: ["p1"], in: nil, at: time),
            town.walk.view(of: RuleID(0), key: ["p2"], in: nil, at: time)
        )
        #expect(!old.isKnown && new.isKnown)
        #expect(new.phase == .active)
    }

    @Test("A rule that reads another hierarchy moves no fact of a key that stands")
    func reload() throws {
        var town = try Town(Self.rules())
        town.send("smoke", in: "a", at: 0)
        town.send("smoke", in: "b", at: 1)
        #expect(try town.operations() == ["open Smoke in p1"])
        let other = """
            - id: fire
              title: Heat where there is no brigade
              status: active
              revision: 1
              match: {kind: heat}
              where: '!has(cell.areas.fire)'
              score: {public-safety: {points: '10.0', confidence: '0.9', half_life: 5m}}
            """
        let adoption = try town.adopt(Town.files(Self.rules(other)), at: 2)
        #expect(adoption.keysKept == 1)
        town.wait(until: 30)
        #expect(try town.operations() == ["close Smoke in p1"])
        town.send("heat", in: "a", at: 31)
        let counters = town.walk.ruleCounters(RuleID(1))
        #expect(counters.matched == 1)
    }
}
