import Domain
import Pipeline
import RuleBook
import Scoring
import Testing

/// Rules of every kind of state, with `works` as the one that the tests change.
private func rules(works: String = "1.0", over: String = "1m") -> String {
    """
    rules:
    - id: fire
      title: Fire
      status: active
      revision: 1
      match: {kind: smoke}
      by: [alert.cell]
      windows: {n: {fn: count, over: 1m}, top: {fn: max, over: 1m, of: alert.value, empty: 0.0}}
      neighbours: {around: {fn: max, of: score.public_safety, rings: 1, empty: 0.0}}
      raise: {when: w.n >= 2, hold: 3s}
      clear: {when: w.n == 0, hold: 5s}
      score:
        public-safety:
          points: '20.0 * w.top + 0.1 * around'
          confidence: '0.9'
          half_life: 5m
          spread: {rings: 1, factor: 0.5}
      task:
        kind: fire
        title: 'Fire in ${cell.name}'
        dedupe: {key: [rule.id, alert.cell], repeat: update}
        close_on: clear
    - id: both
      title: Smoke, then heat
      status: active
      revision: 1
      by: [alert.cell]
      sequence:
        within: 30s
        steps: [{as: first, match: {kind: smoke}}, {as: then, match: {kind: heat}}]
      score: {public-safety: {points: '40.0', confidence: '0.9', half_life: 5m}}
      task: {kind: fire, title: 'Both in ${cell.name}'}
    - id: silent
      title: A sensor is silent
      status: active
      revision: 1
      match: {kind: heat}
      by: [alert.source]
      absence: {expect: 20s, missed: 2, arm: first-seen}
      score: {public-safety: {points: '10.0', confidence: '0.9', half_life: 5m}}
      task: {kind: fire, title: 'Silent ${alert.source}', close_on: clear}
    - id: works
      title: Works
      status: active
      revision: 1
      match: {kind: works}
      by: [alert.cell]
      windows: {n: {fn: count, over: \(over)}}
      raise: {when: w.n >= 2 && alert.value >= \(works)}
      clear: {when: w.n == 0}
      score: {public-safety: {points: '30.0', confidence: '0.9', half_life: 5m}}
      task: {kind: fire, title: 'Works in ${cell.name}', close_on: clear}

    """
}

/// Ten minutes of the town: smoke and heat in a, b and c, works in e.
private func live(_ town: inout Town, between: (inout Town, Double) throws -> Void) rethrows {
    var dice = SplitMix64(seed: 5)
    var now = 0.0
    for _ in 0..<3000 {
        now += Double.random(in: 0.001...0.4, using: &dice)
        let value = Double.random(in: 0...3, using: &dice)
        switch Int.random(in: 0..<10, using: &dice) {
        case 0..<4: town.send("smoke", in: "abc".random(&dice), at: now, value: value)
        case 4..<7:
            let sensor = Int.random(in: 0..<40, using: &dice)
            town.send(
                "heat", in: "abc".random(&dice), at: now, value: value, from: "acme/h\(sensor)")
        default: town.send("works", in: "e", at: now, value: value)
        }
        try between(&town, now)
    }
    town.wait(until: now + 3600)
}

extension String {
    fileprivate func random(_ dice: inout SplitMix64) -> String {
        String(randomElement(using: &dice) ?? "a")
    }
}

@Suite("Rules taken over in the middle of a stream")
struct AdoptionTests {
    @Test("A thousand times the same rules: every byte is as if nothing had happened")
    func sameRules() throws {
        var undisturbed = try Town(rules())
        live(&undisturbed) { _, _ in }
        let expected = undisturbed.journal()
        var town = try Town(rules())
        var (adoptions, dropped) = (0, 0)
        var dice = SplitMix64(seed: 6)
        try live(&town) { town, now in
            guard adoptions < 1000, Int.random(in: 0..<3, using: &dice) > 0 else { return }
            dropped += try town.adopt(Town.files(rules()), at: now).keysDropped
            adoptions += 1
        }
        #expect(adoptions == 1000 && dropped == 0)
        #expect(expected.count > 500_000)
        #expect(town.journal() == expected)
    }

    @Test(
        "A rule that changes to and fro leaves the others' tasks and scores as they were",
        arguments: [("3.0", "1m"), ("1.0", "2m")])
    func otherRules(works: String, over: String) throws {
        func outcome(changing: Bool) throws -> (tasks: [String], points: [Double], works: Int) {
            var town = try Town(rules())
            var (points, turns) = ([Double](), 0)
            try live(&town) { town, now in
                turns += 1
                guard turns % 100 == 0 else { return }
                points += try ["a", "b", "c", "d1"].map { try town.points($0, at: now) }
                guard changing else { return }
                let isOther = turns % 200 == 0
                let files = Town.files(isOther ? rules(works: works, over: over) : rules())
                _ = try town.adopt(files, at: now)
            }
            let told = try town.told().tasks
            let lines = told.map { "\($0["operation"]!) \($0["title"]!) \($0["score"]!)" }
            return (
                lines.filter { !$0.contains("Works") }, points,
                lines.count { $0.contains("Works") }
            )
        }
        let (expected, actual) = (try outcome(changing: false), try outcome(changing: true))
        #expect(expected.tasks.count > 300)
        #expect(actual.tasks == expected.tasks)
        #expect(actual.points == expected.points)
        #expect(actual.works != expected.works, "the change changed nothing")
    }
}
