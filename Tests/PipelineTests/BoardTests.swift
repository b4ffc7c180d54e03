import Cells
import Domain
import Pipeline
import Tasking
import Testing

/// A rule kept by cell that stands raised while there were alerts of `kind` in the last minute.
private func rule(
    _ id: String, kind: String, points: Double, dedupe: String = "", task: String = "",
    score: String = "", why: String = "Because."
) -> String {
    """
    - id: \(id)
      title: Title of \(id)
      why: \(why)
      status: active
      revision: 1
      match: {kind: \(kind)}
      by: [alert.cell]
      windows:
        n: {fn: count, over: 1m}
        top: {fn: max, over: 1m, of: alert.value, empty: 0.0}
      raise: {when: w.n >= 1}
      clear: {when: w.n == 0}
      score:
        public-safety:
          {points: '\(points) * w.top', confidence: '0.95', half_life: 10m, group: g\(score)}
      task:
        open_on: raise
        kind: fire
        title: '\(id) in ${cell.name}'
        note: 'seen ${string(w.n)} times'
        cap:
          {category: Fire, urgency: Immediate, severity: auto, certainty: auto,
           response: [Evacuate, Assess]}
        priority: auto
        sla: {accept: 60s}
        dedupe: {key: [rule.id, alert.cell], repeat: update\(dedupe)}
        close_on: clear\(task)

    """
}

@Suite struct BoardTests {
    static let fire = rule("fire", kind: "smoke", points: 90)
    static let heat = rule("heat", kind: "heat", points: 50)
    static let works = rule("works", kind: "works", points: 30)

    @Test func pointsSpreadToTheCellsAroundAndRollUpToTheCity() throws {
        let spreading = rule(
            "fire", kind: "smoke", points: 90, score: ", spread: {rings: 2, factor: 0.5}")
        var town = try Town("rules:\n" + spreading)
        town.send("smoke", in: "a", at: 0)
        let points = try ["a", "b", "c", "d", "d1", "d2", "T"].map { try town.points($0, at: 0) }
        #expect(points == [90, 45, 22.5, 0, 90, 0, 90])
        town.wait(until: 24 * 3600)
        let later = try ["a", "b", "c", "d1", "T"].map { try town.points($0, at: 24 * 3600) }
        #expect(later == [0, 0, 0, 0, 0])
    }

    @Test func aTaskSaysAllThatItsRuleSays() throws {
        var town = try Town("rules:\n" + Self.fire)
        town.send("smoke", in: "b", at: 0)
        let task = try #require(try town.told().tasks.first)
        #expect(task["note"] as? String == "seen 1 times")
        #expect(task["urgency"] as? String == "immediate")
        #expect(task["priority"] as? Int == 1)
        #expect(task["priority_row"] as? Int == 1)
        let cap = try #require(task["cap"] as? [String: Any])
        #expect(cap["category"] as? String == "Fire")
        #expect(cap["responses"] as? [String] == ["Evacuate", "Assess"])
        let assign = try #require(task["assign"] as? [String: Any])
        #expect(assign["fallback"] as? String == "duty-officer")
        #expect(assign["cell"] as? String == "T/d1/")
        let reason = try #require(task["reason"] as? String)
        #expect(reason.hasSuffix("(red), from fire@1 +90 (1 alert). Because."))
    }

    @Test func aFactorFromNearbySaysSo() throws {
        let spreading = rule(
            "fire", kind: "smoke", points: 90, score: ", spread: {rings: 1, factor: 0.5}")
        var town = try Town("rules:\n" + spreading + Self.heat)
        town.send("smoke", in: "a", at: 0)
        town.send("heat", in: "b", at: 1)
        let task = try #require(try town.told().tasks.last)
        let factors = try #require(task["factors"] as? [[String: Any]])
        #expect(factors.map { $0["spread"] as? Bool } == [nil, true])
        #expect((task["reason"] as? String)?.contains("fire@1 nearby +44.9") == true)
    }

    @Test func anAlertThatRefreshesIsOneAlert() throws {
        var town = try Town("rules:\n" + Self.fire)
        for second in 0..<3 { town.send("smoke", in: "b", at: Double(second) * 11) }
        let task = try #require(try town.told().tasks.last)
        let factors = try #require(task["factors"] as? [[String: Any]])
        #expect(factors.map { $0["alerts"] as? Int } == [3])
    }

    @Test func anOpenTaskIsToldAgainAfterSoLongWithoutAChange() throws {
        let reminding = rule("fire", kind: "smoke", points: 90, dedupe: ", remind: 20s")
        var town = try Town("rules:\n" + reminding)
        town.send("smoke", in: "b", at: 0)
        town.wait(until: 45)
        let tasks = try town.told().tasks
        #expect(tasks.map { $0["operation"] as? String } == ["open", "update", "update"])
        #expect(tasks.map { $0["reminder"] as? Bool } == [nil, true, true])
        town.wait(until: 1000)
        #expect(try town.operations().last == "close fire in Cell b")
    }

    @Test func repeatsThatComeTogetherRaiseThePriorityOnce() throws {
        let escalating = rule(
            "heat", kind: "heat", points: 50,
            dedupe: ", escalate: {repeats: 3, within: 30s, to: P1}")
        var town = try Town("rules:\n" + escalating)
        for second in [0.0, 20, 40, 41, 42, 43] { town.send("heat", in: "b", at: second) }
        town.wait(until: 59)
        let tasks = try town.told().tasks
        #expect(tasks.map { $0["priority"] as? Int } == [3, 3, 3, 1, 1])
        #expect(tasks.map { $0["priority_row"] as? Int } == [3, 3, 3, nil, nil])
    }

    @Test func aTaskIsWithheldOnlyWhereBothSidesHaveTheSame() throws {
        var town = try Town("rules:\n" + Self.works + Self.heat + Self.inhibit("[alert.cell]"))
        town.send("works", in: "a", at: 0)
        town.send("heat", in: "a", at: 30)
        town.send("heat", in: "b", at: 30)
        #expect(try town.operations() == ["open works in Cell a", "open heat in Cell b"])
        let withheld = town.walk.withheld
        #expect(withheld.map(\.title) == ["heat in Cell a"])
        #expect(withheld.map(\.by) == ["hide"])
        #expect(withheld.map(\.rule) == ["heat@1"])
        let points = try town.points("a", at: 30)
        #expect(points == 50)
        town.wait(until: 80)
        let released = try town.operations()
        #expect(released == ["close works in Cell a", "open heat in Cell a"])
        let rest = town.walk.withheld.count
        #expect(rest == 0)
    }

    static func inhibit(_ same: String, mute: String = "{rule: heat}", when: String = "") -> String
    {
        "inhibit:\n- {id: hide, when: {rule: works\(when)}, mute: \(mute), same: \(same)}\n"
    }

    @Test func aWithheldTaskThatEndsBeforeItsInhibitorIsNeverTold() throws {
        var town = try Town("rules:\n" + Self.works + Self.heat + Self.inhibit("[alert.cell]"))
        town.send("works", in: "a", at: 0)
        town.send("heat", in: "a", at: 1)
        town.send("works", in: "a", at: 50)
        town.wait(until: 600)
        #expect(try town.operations().filter { $0.contains("heat") }.isEmpty)
    }

    @Test func aTaskOfADistrictWithholdsThoseOfItsCells() throws {
        var town = try Town("rules:\n" + Self.works + Self.heat + Self.inhibit("[cell.parent]"))
        town.send("works", in: "d1", at: 0)
        town.send("heat", in: "a", at: 1)
        town.send("heat", in: "e", at: 1)
        #expect(try town.operations() == ["open works in d1", "open heat in Cell e"])
    }

    @Test func aTaskInACellWithholdsThoseOfItsSiblings() throws {
        var town = try Town("rules:\n" + Self.works + Self.heat + Self.inhibit("[cell.parent]"))
        town.send("works", in: "c", at: 0)
        town.send("heat", in: "a", at: 1)
        town.send("heat", in: "d", at: 1)
        #expect(try town.operations() == ["open works in Cell c", "open heat in Cell d"])
    }

    @Test func theSourceMustStandAtItsWarning() throws {
        let inhibit = Self.inhibit("[alert.cell]", when: ", warning: yellow")
        var town = try Town("rules:\n" + Self.works + Self.heat + inhibit)
        town.send("works", in: "a", at: 0)
        town.send("heat", in: "a", at: 1, value: 0.1)
        #expect(try town.operations().count == 2)
        town.send("works", in: "b", at: 2, value: 1.5)
        town.send("heat", in: "b", at: 3)
        #expect(try town.operations() == ["open works in Cell b"])
    }

    @Test func nothingInhibitsItselfAndMoreUrgentTasksGoThrough() throws {
        let inhibit = Self.inhibit(
            "[cell.parent]", mute: "{category: public-safety, below: P2}")
        var town = try Town("rules:\n" + Self.works + Self.heat + Self.fire + inhibit)
        town.send("works", in: "a", at: 0)
        town.send("heat", in: "b", at: 1)
        town.send("smoke", in: "c", at: 2)
        #expect(try town.operations() == ["open works in Cell a", "open fire in Cell c"])
    }

    @Test func aSilenceWithholdsUntilItsEndAndScoresGoOn() throws {
        var town = try Town("rules:\n" + Self.heat)
        var plan = SilencePlan(from: Town.start, until: Town.start + .seconds(40))
        plan.area = try Town.grid().find("d1")
        town.walk.replaceSilences(SilenceTable([plan], texts: ["sil-1"]), at: Town.start)
        town.send("heat", in: "a", at: 1)
        town.send("heat", in: "e", at: 1)
        #expect(try town.operations() == ["open heat in Cell e"])
        let withheld = town.walk.withheld
        #expect(withheld.map(\.by) == ["sil-1"])
        #expect(withheld.map(\.cause) == [.silence])
        let points = try town.points("a", at: 1)
        #expect(points == 50)
        town.wait(until: 39.9)
        #expect(try town.operations().isEmpty)
        town.wait(until: 40)
        #expect(try town.operations() == ["open heat in Cell a"])
    }

    @Test func aSilenceThatDropsScoresLetsEvidenceAddNothing() throws {
        var town = try Town("rules:\n" + Self.heat)
        var plan = SilencePlan(from: Town.start, until: Town.start + .seconds(40))
        plan.keepsScores = false
        plan.category = .publicSafety
        town.walk.replaceSilences(SilenceTable([plan], texts: ["sil-1"]), at: Town.start)
        town.send("heat", in: "a", at: 1)
        let points = try town.points("a", at: 1)
        #expect(points == 0)
        town.send("heat", in: "a", at: 41)
        let later = try town.points("a", at: 41)
        #expect(later == 50)
    }

    @Test func takingASilenceAwayReleasesAtOnce() throws {
        var town = try Town("rules:\n" + Self.heat)
        let plan = SilencePlan(from: Town.start, until: Town.start + .hours(1))
        town.walk.replaceSilences(SilenceTable([plan], texts: ["sil-1"]), at: Town.start)
        for cell in ["a", "b", "c", "d", "e"] { town.send("heat", in: cell, at: 1) }
        #expect(try town.operations().isEmpty)
        town.walk.replaceSilences(SilenceTable(), at: Town.start + .seconds(2))
        #expect(try town.operations().count == 5)
    }

    static let modes = """
        modes:
          normal: {}
          emergency:
            enter: {when: 'city.warning.public_safety >= warning.orange', hold: 30s}
            leave: {when: 'city.score.public_safety < 45.0', hold: 10m}
            sla_factor: 0.5

        """

    @Test func theCityEntersAModeAfterItsHoldAndLeavesIt() throws {
        var town = try Town("rules:\n" + Self.fire + Self.heat, modes: Self.modes)
        town.send("smoke", in: "a", at: 0)
        town.wait(until: 29.9)
        #expect(try town.told().events.isEmpty)
        town.wait(until: 30)
        #expect(
            try town.told().events == [
                #"{"mode":"emergency","area":"T/","by":"condition"}"#
            ])
        town.send("heat", in: "e", at: 31)
        let task = try #require(try town.told().tasks.last)
        // 20:26:40 and 31 s, with half of the minute.
        #expect((task["accept_by"] as? String)?.hasSuffix("T20:27:41.000Z") == true)
        town.wait(until: 3600)
        #expect(
            try town.told().events == [#"{"mode":"normal","area":"T/","by":"condition"}"#])
    }

    @Test func aPartOfTheCityIsSwitchedByHand() throws {
        let overriding = Self.heat.replacing(
            "  task:\n    open_on",
            with: "  modes: {emergency: {task.sla.accept: 20s}}\n  task:\n    open_on")
        var town = try Town("rules:\n" + overriding, modes: Self.modes)
        let number = town.walk.mode(named: "emergency")
        let emergency = try #require(number)
        town.walk.switchMode(emergency, area: try Town.grid().find("d1"), at: Town.start)
        town.send("heat", in: "a", at: 0)
        town.send("heat", in: "e", at: 0)
        let (tasks, events) = try town.told()
        #expect(events == [#"{"mode":"emergency","area":"T/d1/","by":"hand"}"#])
        let deadlines = tasks.map { ($0["accept_by"] as? String).map { String($0.suffix(10)) } }
        // 2026-05-28T20:26:40Z, with half of 20 s in the emergency and a minute elsewhere.
        #expect(deadlines == ["26:50.000Z", "27:40.000Z"])
    }
}
