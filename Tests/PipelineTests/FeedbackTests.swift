import Domain
import Foundation
import Pipeline
import Testing

@Suite struct FeedbackTests {
    @Test func everyStepOfTheHandlingIsToldWithItsTime() throws {
        var town = try Town(Town.smoking())
        town.send("smoke", in: "b", at: 0)
        let task = try town.latest()
        #expect(task.text("stage") == "open")
        #expect(task.text("condition") == "raised")
        #expect(task["by"] == nil && task["times"] == nil && task["escalation"] == nil)
        let answer = try town.report(.accepted, task, at: 10)
        #expect(answer.status == .accepted && answer.stage == .accepted)
        _ = try town.report(.onScene, task, at: 20)
        _ = try town.report(.resolved, task, at: 30) { $0.outcome = .confirmed }
        let verified = try town.report(.verified, task, by: "S-9", at: 40)
        #expect(verified.stage == .closed)
        let told = try town.told().tasks
        #expect(told.map { $0.text("stage") } == ["accepted", "on_scene", "resolved", "closed"])
        #expect(told.map { $0.text("operation") } == ["update", "update", "update", "close"])
        #expect(told.map { $0["revision"] as? Int } == [2, 3, 4, 5])
        #expect(told.map { $0.text("by") } == ["E-1", "E-1", "E-1", "S-9"])
        let last = try #require(told.last)
        #expect(last.text("outcome") == "confirmed")
        #expect(
            last.member("times").keys.sorted() == ["accepted", "on_scene", "resolved", "verified"])
        #expect(last.member("times").moment("accepted") == "26:50")
        #expect(last.moment("stage_at") == "27:20")
    }

    @Test func whoReportsWhatCannotBeIsToldWhy() throws {
        var town = try Town(Town.smoking())
        town.send("smoke", in: "b", at: 0)
        let task = try town.latest()
        var stranger = task
        stranger["incident"] = String(repeating: "0", count: 31) + "7"
        #expect(try town.report(.accepted, stranger, at: 1).refusal == .unknownTask)
        #expect(try town.report(.offered, task, at: 1).refusal == .notReportable)
        #expect(try town.report(.closed, task, at: 2).refusal == .outOfTurn)
        _ = try town.report(.resolved, task, at: 3)
        #expect(try town.report(.verified, task, at: 4).refusal == .sameUnit)
        let counters = town.walk.tally()
        #expect(counters.feedbackRefused == 4 && counters.feedbackKept == 1)
        let told = try town.told().tasks.map { $0.text("stage") }
        #expect(told == ["resolved"])
    }

    @Test func theSameReportTwiceIsADuplicateAndChangesNothing() throws {
        var town = try Town(Town.smoking())
        town.send("smoke", in: "b", at: 0)
        let task = try town.latest()
        let first = try town.report(.accepted, task, at: 1, id: "x")
        let again = try town.report(.accepted, task, at: 1, id: "x")
        #expect(again.status == .duplicate && again.stage == .accepted)
        #expect(again.record >= first.record)
        let told = try town.told().tasks.count
        #expect(told == 1)
        let duplicates = town.walk.counters.feedbackDuplicates
        #expect(duplicates == 1)
    }

    @Test func theConditionsEndClosesWhatNobodyIsOnAndTellsWhoIs() throws {
        var town = try Town(Town.smoking())
        town.send("smoke", in: "a", at: 0)
        town.send("smoke", in: "b", at: 0)
        let task = try town.latest()
        _ = try town.report(.accepted, task, at: 10)
        _ = try town.told()
        town.wait(until: 90)
        let told = try town.told().tasks
        #expect(told.map { $0.text("operation") }.sorted() == ["close", "update"])
        let closed = try #require(told.first { $0.text("operation") == "close" })
        #expect(closed.text("stage") == "expired" && closed.text("cell") == "T/d1/a/")
        let waited = try #require(told.first { $0.text("operation") == "update" })
        #expect(waited.text("stage") == "accepted" && waited.text("condition") == "over")
        _ = try town.report(.rejected, task, at: 100)
        let last = try town.latest()
        #expect(last.text("stage") == "expired" && last.text("operation") == "close")
    }

    @Test func aReportThatComesLateBringsATaskBack() throws {
        var town = try Town(Town.smoking())
        town.send("smoke", in: "b", at: 0)
        let task = try town.latest()
        town.wait(until: 90)
        #expect(try town.latest().text("stage") == "expired")
        let answer = try town.report(.accepted, task, at: 10, received: 91)
        #expect(answer.stage == .accepted)
        let told = try town.latest()
        #expect(told.text("operation") == "reopen" && told.text("condition") == "over")
        let kept = town.walk.counters.feedbackKept
        #expect(kept == 1)
    }

    @Test func aRepeatForAResolvedTaskOpensItAgain() throws {
        var town = try Town(Town.smoking())
        town.send("smoke", in: "b", at: 0)
        let task = try town.latest()
        _ = try town.report(.resolved, task, at: 10)
        _ = try town.told()
        town.send("smoke", in: "b", at: 20)
        let again = try town.latest()
        #expect(again.text("operation") == "reopen" && again.text("stage") == "open")
        #expect(again["repeats"] as? Int == 1 && again["times"] == nil)
        #expect(again.text("incident") == task.text("incident"))
        #expect(try town.report(.enRoute, task, at: 15).stage == .open)
        #expect(try town.report(.accepted, again, by: "E-2", at: 25).stage == .accepted)
    }

    @Test func aResolvedTaskIsClosedAfterADayWithoutVerification() throws {
        var town = try Town(Town.smoking())
        town.send("smoke", in: "b", at: 0)
        let task = try town.latest()
        _ = try town.report(.resolved, task, at: 10)
        town.wait(until: 24 * 3600 + 9)
        #expect(try town.latest().text("stage") == "resolved")
        town.wait(until: 24 * 3600 + 11)
        let last = try town.latest()
        #expect(last.text("stage") == "closed" && last.text("operation") == "close")
        #expect(last["by"] == nil)
    }

    @Test func aDeskThatTakesATaskInMakesItOffered() throws {
        var town = try Town(Town.smoking())
        town.send("smoke", in: "b", at: 0)
        let task = try town.latest()
        town.walk.offer(try Town.incident(task), at: Town.start + .seconds(1))
        town.wait(until: 11)
        #expect(try town.latest().text("stage") == "offered")
    }

    @Test func aFeedbackIsJournaledBeforeTheRevisionThatFollows() throws {
        var town = try Town(Town.smoking())
        town.send("smoke", in: "b", at: 0)
        let task = try town.latest()
        let answer = try town.report(.resolved, task, at: 5) {
            $0.desk = "north"
            $0.outcome = .falseAlarm
            $0.satisfaction = 4
            $0.eta = .seconds(90)
            $0.note = "a \"pot\"\n"
            $0.actual = ActualFinding()
            $0.actual?.severity = .minor
            $0.actual?.count = 2
        }
        let records = town.records()
        #expect(records.map { $0[0] } == [7, 4])
        let drained = town.drained
        #expect(answer.record == drained - 1)
        let body = try #require(records.first)
        #expect(body[32 + 16] == TaskStage.resolved.rawValue)
        let start = 32 + 20 + Int(body[32 + 18])
        let detail = try JSONSerialization.jsonObject(with: Data(body[start...]))
        let object = try #require(detail as? [String: Any])
        #expect(object.text("id") == "E-1 resolved 5.0")
        #expect(object.text("task") == task.text("incident"))
        #expect(object.text("status") == "resolved" && object.text("by") == "E-1")
        #expect(object.text("desk") == "north" && object.text("outcome") == "false_alarm")
        #expect(object.text("note") == "a \"pot\"\n" && object["eta_s"] as? Int == 90)
        #expect(object["satisfaction"] as? Int == 4)
        #expect(object.member("actual")["count"] as? Int == 2)
        #expect(object.member("actual").text("severity") == "minor")
    }

    @Test func aFeedbackThatTheJournalHasNoRoomForChangesNothing() throws {
        var town = try Town(Town.smoking(), ringBytes: 64 * 1024)
        town.send("smoke", in: "b", at: 0)
        let task = try town.latest()
        for number in 0..<1000 where town.walk.counters.journalOverflows == 0 {
            town.walk.record(.gap, String(repeating: " ", count: 100), at: Town.start)
            if number == 999 { Issue.record("the ring never filled") }
        }
        let answer = try town.report(.accepted, task, at: 1, id: "x")
        #expect(answer.refusal == .overloaded && answer.stage == .open)
        _ = town.records()
        #expect(try town.report(.accepted, task, at: 2, id: "x").status == .accepted)
    }

    @Test func aWithheldTaskMovesAndIsToldWhenTheSilenceEnds() throws {
        var town = try Town(Town.smoking())
        town.send("smoke", in: "b", at: 0)
        let task = try town.latest()
        town.silence(until: 30)
        town.send("smoke", in: "b", at: 12)
        #expect(try town.report(.accepted, task, at: 15).stage == .accepted)
        #expect(try town.told().tasks.isEmpty)
        town.wait(until: 31)
        #expect(try town.latest().text("stage") == "accepted")
    }

    @Test func theHeartbeatCountsTasksByTheirStages() throws {
        var town = try Town(Town.smoking())
        for cell in ["a", "b", "c"] { town.send("smoke", in: cell, at: 0) }
        let task = try town.latest()
        _ = try town.report(.accepted, task, at: 1)
        let stages = town.walk.stages
        #expect(stages == #""open":2,"accepted":1"#)
    }
}
