import CEL
import Cells
import Domain
import Pipeline
import RuleBook
import Scoring
import Testing

private let rules = """
    rules:
    - id: fire
      title: Fire
      status: active
      revision: 1
      match: {kind: smoke}
      by: [alert.cell]
      windows: {n: {fn: count, over: 10m}}
      raise: {when: w.n >= 2}
      clear: {when: w.n == 0}
      score: {public-safety: {points: '50.0', confidence: '0.9', half_life: 1h}}
      task:
        kind: fire
        title: 'Fire in ${cell.name}'
        dedupe: {key: [rule.id, alert.cell], repeat: update}
        close_on: clear
    - id: heat
      title: Heat of a sensor
      status: active
      revision: 1
      match: {kind: heat}
      by: [alert.cell, alert.source]
      windows: {n: {fn: count, over: 10m}}
      raise: {when: w.n >= 2}
      clear: {when: w.n == 0}
      score: {public-safety: {points: '30.0', confidence: '0.9', half_life: 1h}}
      task:
        kind: fire
        title: 'Heat at ${alert.source}'
        dedupe: {key: [rule.id, alert.cell, alert.source], repeat: update}
        close_on: clear

    """

private func data(_ tasks: [[String: Any]]) -> [String] {
    tasks.map { "\($0["operation"] ?? "") \($0["title"] ?? "") \($0["cell"] ?? "")" }
}

private func incidents(_ tasks: [[String: Any]]) -> Set<String> {
    Set(tasks.compactMap { $0["incident"] as? String })
}

private func at(_ longitude: Double) -> [String: String] {
    ["position": "{\"lat\":0.00005,\"lon\":\(longitude * 0.0001)}"]
}

@Suite("Another grid, taken over in the middle of a stream")
struct SettleTests {
    @Test("The same grid again and again: the same tasks and scores as without")
    func sameGrid() throws {
        func outcome(moving: Bool) throws -> (tasks: [String], points: [Double]) {
            var town = try Town(rules)
            var dice = SplitMix64(seed: 3)
            var (now, points) = (0.0, [Double]())
            for turn in 0..<2000 {
                now += Double.random(in: 0.1...30, using: &dice)
                let cell = "abcde".randomElement(using: &dice)!
                let source = "acme/s\(Int.random(in: 0..<3, using: &dice))"
                let kind = ["smoke", "heat"].randomElement(using: &dice)!
                town.send(kind, in: String(cell), at: now, from: source)
                if turn % 40 == 0 {
                    points += try ["a", "b", "c", "d1", "T"].map { try town.points($0, at: now) }
                    if moving {
                        let (settlement, fates) = try town.move(
                            to: Town.grid(), Town.files(rules), at: now)
                        #expect(fates.isEmpty)
                        #expect(settlement.tasksMoved == 0 && settlement.keysMoved == 0)
                        #expect(settlement.adoption.keysDropped == 0)
                    }
                }
            }
            town.wait(until: now + 7200)
            let tasks = try town.told().tasks
            return (
                tasks.map { "\($0["incident"]!) \($0["operation"]!) \($0["score"]!)" }, points
            )
        }
        let (expected, actual) = (try outcome(moving: false), try outcome(moving: true))
        #expect(expected.tasks.count > 1000)
        #expect(actual.tasks == expected.tasks)
        #expect(actual.points == expected.points)
    }

    @Test("A cell moved to another district takes its window, its score and its task along")
    func moved() throws {
        var town = try Town(rules)
        for second in [0.0, 1] { town.send("smoke", in: "c", at: second) }
        for second in [2.0, 3] { town.send("heat", in: "c", at: second, from: "acme/h") }
        town.send("smoke", in: "a", at: 4)
        let before = try town.told().tasks
        #expect(before.map { $0["cell"] as? String } == ["T/d1/c/", "T/d1/c/"])
        let points = try town.points("c", at: 5)
        let grid = try Town.grid([
            ("a", "d1", 0..<1), ("b", "d1", 1..<2), ("c", "d2", 2..<3), ("d", "d2", 3..<4),
            ("e", "d2", 4..<5),
        ])
        let (settlement, fates) = try town.move(to: grid, Town.files(rules), at: 5)
        #expect(
            fates == [CellFate(kind: .moved, cell: "T/d1/c/", into: ["T/d2/c/"])])
        #expect(settlement.tasksMoved == 2 && settlement.keysJoined == 0)
        let after = try town.told().tasks
        #expect(
            data(after) == [
                "update Fire in Cell c T/d2/c/", "update Heat at acme/h T/d2/c/",
            ])
        #expect(incidents(after) == incidents(before))
        // In the new grid the numbers are others; its codes are the same.
        func standing(_ code: String, at seconds: Double) throws -> Double {
            let found = town.walk.cell(named: code)
            let cell = try #require(found)
            return town.walk.standing(
                cell, .publicSafety, at: Town.start + .milliseconds(Int64(seconds * 1000))
            ).score.points
        }
        #expect(try standing("c", at: 5) == points)
        #expect(try standing("d2", at: 5) == points)
        #expect(try standing("d1", at: 5) == 0)
        // One more in a raises there: its window has gone on too.
        town.send("smoke", in: "a", at: 20)
        town.send("smoke", in: "c", at: 30)
        #expect(data(try town.told().tasks).contains("open Fire in Cell a T/d1/a/"))
        town.wait(until: 700)
        let closed = try town.told().tasks.filter { $0["operation"] as? String == "close" }
        #expect(incidents(closed).isSuperset(of: incidents(before)))
    }

    @Test("A cell that is split hands on what it holds to the part where it was sensed")
    func split() throws {
        var town = try Town(rules)
        for second in [0.0, 1] { #expect(town.send("smoke", at: second, at(1.8)) == nil) }
        let before = try town.told().tasks
        let points = try town.points("b", at: 5)
        #expect(points > 0)
        let grid = try Town.grid([
            ("a", "d1", 0..<1), ("b1", "d1", 1..<1.5), ("b2", "d1", 1.5..<2), ("c", "d1", 2..<3),
            ("d", "d2", 3..<4), ("e", "d2", 4..<5),
        ])
        let (settlement, fates) = try town.move(to: grid, Town.files(rules), at: 5)
        #expect(fates.map(\.kind) == [.split])
        #expect(Set(fates[0].into) == ["T/d1/b1/", "T/d1/b2/"])
        #expect(settlement.tasksMoved == 1)
        let after = try town.told().tasks
        #expect(data(after) == ["update Fire in Cell b T/d1/b2/"])
        #expect((after[0]["score"] as? Double).map { abs($0 - points) < 0.1 } == true)
        #expect(town.send("smoke", at: 60, at(1.8)) == nil)
        #expect(town.send("smoke", at: 61, at(1.2)) == nil)
        let later = try town.told().tasks
        #expect(data(later) == ["update Fire in Cell b T/d1/b2/"])
        #expect(incidents(later) == incidents(before))
    }

    @Test("Cells that are merged keep both tasks, and their evidence counts once for each rule")
    func merged() throws {
        var town = try Town(rules)
        for second in [0.0, 1] { town.send("smoke", in: "a", at: second) }
        for second in [2.0, 3] { town.send("smoke", in: "b", at: second) }
        let before = try town.told().tasks
        let points = try town.points("b", at: 5)
        let grid = try Town.grid([
            ("ab", "d1", 0..<2), ("c", "d1", 2..<3), ("d", "d2", 3..<4), ("e", "d2", 4..<5),
        ])
        let (settlement, fates) = try town.move(to: grid, Town.files(rules), at: 5)
        #expect(
            fates == [
                CellFate(kind: .merged, cell: "T/d1/a/", into: ["T/d1/ab/"]),
                CellFate(kind: .merged, cell: "T/d1/b/", into: ["T/d1/ab/"]),
            ])
        #expect(settlement.keysJoined == 1 && settlement.tasksMoved == 2)
        let found = town.walk.cell(named: "ab")
        let cell = try #require(found)
        let score = town.walk.standing(cell, .publicSafety, at: Town.start + .seconds(5)).score
        #expect(abs(score.points - points) < 0.1)
        #expect(incidents(try town.told().tasks) == incidents(before))
        town.send("smoke", in: "ab", at: 30)
        let later = try town.told().tasks
        #expect(later.count == 1 && incidents(later).isSubset(of: incidents(before)))
    }

    @Test("Codes that are exchanged exchange what goes on")
    func exchanged() throws {
        var town = try Town(rules)
        for second in [0.0, 1] { town.send("smoke", in: "a", at: second) }
        town.send("smoke", in: "d", at: 2)
        let before = try town.told().tasks
        // Codes stay with what they name: a is in d2 now, d in d1.
        let grid = try Town.grid([
            ("d", "d1", 0..<1), ("b", "d1", 1..<2), ("c", "d1", 2..<3), ("a", "d2", 3..<4),
            ("e", "d2", 4..<5),
        ])
        let (settlement, fates) = try town.move(to: grid, Town.files(rules), at: 5)
        #expect(fates.map(\.kind) == [.moved, .moved])
        #expect(settlement.keysMoved == 2 && settlement.keysJoined == 0)
        #expect(data(try town.told().tasks) == ["update Fire in Cell a T/d2/a/"])
        town.send("smoke", in: "d", at: 20)
        town.send("smoke", in: "a", at: 21)
        let later = try town.told().tasks
        #expect(
            data(later) == ["open Fire in Cell d T/d1/d/", "update Fire in Cell a T/d2/a/"])
        #expect(incidents(later).isSuperset(of: incidents(before)))
    }

    @Test("Modes and silences go along with their places")
    func modesAndSilences() throws {
        let modes = """
            modes:
              normal: {}
              emergency: {sla_factor: 0.5}
            """
        var town = try Town(rules, modes: modes)
        let found = town.walk.cell(named: "c")
        let cell = try #require(found)
        let number = town.walk.mode(named: "emergency")
        let emergency = try #require(number)
        town.walk.switchMode(emergency, area: cell, at: Town.start)
        let grid = try Town.grid([
            ("a", "d1", 0..<2), ("c1", "d2", 2..<2.5), ("c2", "d2", 2.5..<3), ("d", "d2", 3..<4),
            ("e", "d2", 4..<5),
        ])
        try town.move(to: grid, Town.files(rules, modes: modes), at: 5)
        for (code, mode) in [("c1", emergency), ("c2", emergency), ("a", 0), ("d", 0)] {
            let found = town.walk.cell(named: code)
            let cell = try #require(found)
            let view = town.walk.view(of: RuleID(0), key: [], in: cell, at: Town.start)
            let name = view.values[Int(RuleSlot.mode.rawValue)]
            #expect(name == .string(mode == 0 ? "normal" : "emergency"), "\(code)")
        }
    }
}
