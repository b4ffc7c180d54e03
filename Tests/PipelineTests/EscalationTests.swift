import Domain
import Pipeline
import Testing

@Suite struct EscalationTests {
    static let sla = "    sla: {accept: 20s, arrive: 100s}"

    @Test func aTaskThatNobodyAcceptsGoesUpAndToTheFallback() throws {
        var town = try Town(Town.smoking(Self.sla, dedupe: ", remind: 300s"))
        town.send("smoke", in: "b", at: 0)
        #expect(try town.latest().member("assign").text("cell") == "T/d1/")
        town.wait(until: 19.9)
        #expect(try town.told().tasks.isEmpty)
        town.wait(until: 20)
        let up = try town.latest()
        #expect(up.member("assign").text("cell") == "T/")
        #expect(up.member("assign").text("level") == "city")
        #expect(up.member("assign").text("also") == "duty-officer")
        #expect(up.member("escalation").text("reason") == "accept_by missed")
        #expect(up.member("escalation").text("from") == "T/d1/")
        #expect(up.member("escalation")["count"] as? Int == 1)
        #expect(up.moment("accept_by") == "27:20" && up.moment("arrive_by") == "28:20")
        let counters = town.walk.tally()
        #expect(counters.deadlinesMissed == 1 && counters.escalations == 1)
    }

    @Test func atTheTopItIsToldOnceMoreAndStays() throws {
        var town = try Town(Town.smoking("    sla: {accept: 20s}"))
        for second in [0.0, 30, 45, 55] { town.send("smoke", in: "b", at: second) }
        town.wait(until: 56)
        let cells = try town.told().tasks.filter { $0["escalation"] != nil }
            .map { $0.member("escalation")["count"] as? Int ?? 0 }
        #expect(Set(cells) == [1, 2])
        town.wait(until: 100)
        let tally = town.walk.tally()
        #expect(tally.deadlinesMissed == 2 && tally.escalations == 1)
    }

    @Test func anAcceptedTaskHasItsNextDeadline() throws {
        var town = try Town(Town.smoking(Self.sla))
        town.send("smoke", in: "b", at: 0)
        let task = try town.latest()
        _ = try town.report(.accepted, task, at: 10)
        for second in [40.0, 80, 99] { town.send("smoke", in: "b", at: second) }
        let before = try town.told().tasks.contains { $0["escalation"] != nil }
        #expect(!before)
        town.wait(until: 100)
        let late = try town.latest()
        #expect(late.member("escalation").text("reason") == "arrive_by missed")
        #expect(late.member("assign")["also"] == nil)
        #expect(late.text("stage") == "accepted")
    }

    @Test func whoTurnsATaskDownLeavesTheNextUnitItsTime() throws {
        var town = try Town(Town.smoking("    sla: {accept: 20s}"))
        town.send("smoke", in: "b", at: 0)
        let task = try town.latest()
        _ = try town.report(.accepted, task, at: 10)
        _ = try town.report(.rejected, task, at: 30)
        #expect(try town.latest().moment("accept_by") == "27:30")
        town.wait(until: 49.9)
        #expect(try town.told().tasks.isEmpty)
        town.wait(until: 50)
        #expect(try town.latest().member("escalation")["count"] as? Int == 1)
    }

    @Test func repeatsTakeATaskUp() throws {
        let often = ", escalate: {repeats: 2, within: 30s, to: P1}"
        var town = try Town(Town.smoking(dedupe: often))
        for second in [0.0, 5, 6] { town.send("smoke", in: "b", at: second) }
        let task = try town.latest()
        #expect(task.member("escalation").text("reason") == "repeats")
        #expect(task.member("assign").text("cell") == "T/")
    }

    @Test func aSeverityHasItsLeastLevel() throws {
        let escalation = "escalation: {Extreme: city}\nmodes: {normal: {}}"
        var town = try Town(Town.smoking(), modes: escalation)
        town.send("smoke", in: "a", at: 0, value: 0.6)
        #expect(try town.latest().member("assign").text("cell") == "T/d1/")
        town.send("smoke", in: "a", at: 1)
        let up = try town.latest()
        #expect(up.member("assign").text("cell") == "T/")
        #expect(up.member("escalation").text("reason") == "severity")
        town.send("smoke", in: "e", at: 2)
        let first = try town.latest()
        #expect(first.member("assign").text("cell") == "T/" && first["escalation"] == nil)
    }

    @Test func whereManyLiveATaskIsMoreUrgent() throws {
        let exposure = "exposure: {population: 500, raise: 2}\nmodes: {normal: {}}"
        var town = try Town(Town.smoking(), modes: exposure, populations: ["b": 500, "c": 499])
        for cell in ["b", "c"] { town.send("smoke", in: cell, at: 0, value: 0.5) }
        let tasks = try town.told().tasks
        #expect(tasks.map { $0["priority"] as? Int } == [1, 3])
        #expect(tasks.map { $0["exposed"] as? Bool } == [true, nil])
        #expect(tasks[0].text("reason").contains("who lives there"))
    }

    @Test func deadlinesOfAWithheldTaskBeginWhenItIsTold() throws {
        var town = try Town(Town.smoking("    sla: {accept: 20s}"))
        town.silence(until: 40)
        town.send("smoke", in: "b", at: 0)
        town.wait(until: 40)
        let task = try town.latest()
        #expect(task.text("operation") == "open" && task.moment("accept_by") == "27:40")
    }
}
