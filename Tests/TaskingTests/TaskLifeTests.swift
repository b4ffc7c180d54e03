import Domain
import Testing

@testable import Tasking

@Suite struct TaskLifeTests {
    @Test func aTaskThatNobodyIsOnEndsWithItsCondition() {
        for stage in [TaskStage.open, .offered, .rejected, .reassigned] {
            var life = TaskLife()
            life.begin(at: .minute(0), afterRevision: 0)
            life.stage = stage
            #expect(
                life.clear(at: .minute(5), ends: true) == .moved(from: stage, to: .expired))
            #expect(life.stageAt == .minute(5))
        }
    }

    @Test func whoIsOnATaskIsWaitedFor() {
        for stage in [TaskStage.accepted, .enRoute, .onScene, .resolved] {
            var life = TaskLife()
            life.raise()
            life.stage = stage
            #expect(life.clear(at: .minute(5), ends: true) == .kept)
            #expect(life.condition() == .over)
            life.raise()
            #expect(life.condition() == .raised)
        }
    }

    @Test func whatDoesNotEndWithItsConditionStaysOpen() {
        var life = TaskLife()
        #expect(life.condition() == .unknown)
        life.raise()
        #expect(life.clear(at: .minute(5), ends: false) == .kept)
        #expect(life.stage == .open)
    }

    @Test func whoTurnsATaskDownThatIsOverEndsIt() {
        var told = ToldLife()
        told.life.raise()
        told.take(Told(.accepted, at: 1))
        _ = told.life.clear(at: .minute(5), ends: true)
        #expect(told.take(Told(.rejected, at: 7)) == .moved(from: .accepted, to: .expired))
        #expect(told.life.stageAt == .minute(7))
    }

    @Test func aLateReportThatItWasAcceptedBringsATaskBack() {
        var told = ToldLife()
        told.life.raise()
        _ = told.life.clear(at: .minute(5), ends: true)
        #expect(told.take(Told(.accepted, at: 6)) == .kept)
        #expect(told.take(Told(.accepted, at: 4)) == .moved(from: .expired, to: .accepted))
    }

    @Test func onlyAnOpenTaskIsOffered() {
        var life = TaskLife()
        #expect(life.offer(at: .minute(1)) == .moved(from: .open, to: .offered))
        #expect(life.offer(at: .minute(2)) == .kept)
        var told = ToldLife()
        told.take(Told(.accepted, at: 1))
        #expect(told.life.offer(at: .minute(2)) == .kept)
        #expect(told.take(Told(.rejected, at: 3)) == .moved(from: .accepted, to: .rejected))
    }

    @Test func aResolvedTaskThatNobodyVerifiesIsClosedAfterADay() {
        var told = ToldLife()
        told.take(Told(.resolved, at: 10))
        let due = Timestamp.minute(10) + .hours(24)
        let early = Timestamp(nanoseconds: due.nanoseconds - 1)
        #expect(told.life.lapse(at: early, after: .hours(24)) == .kept)
        #expect(
            told.life.lapse(at: due, after: .hours(24)) == .moved(from: .resolved, to: .closed))
        #expect(told.life.stageAt == due)
        #expect(told.take(Told(.verified, "B", at: 12), at: due) == .kept)
        #expect(told.life.stage == .closed)
        #expect(told.life.times.verified == .minute(12))
    }

    @Test func reportsOfAnEarlierLifeMoveNothingUnlessTheyAnswerThisOne() {
        var told = ToldLife()
        told.take(Told(.resolved, at: 10))
        #expect(told.life.isReopened(by: .minute(11)))
        #expect(!told.life.isReopened(by: .minute(10)))
        told.life.begin(at: .minute(20), afterRevision: 3)
        #expect(told.life.stage == .open)
        #expect(told.take(Told(.onScene, at: 8)) == .kept)
        var late = Told(.accepted, "B", at: 19)
        late.revision = 4
        #expect(told.take(late) == .moved(from: .open, to: .accepted))
        #expect(told.life.stageAt == .minute(20))
        #expect(told.life.times.resolved == .never)
    }

    /// What is told of every verdict.
    static let told: [(LifeVerdict, TaskOperation?)] = [
        (.moved(from: .open, to: .accepted), .update),
        (.moved(from: .accepted, to: .rejected), .update),
        (.moved(from: .resolved, to: .closed), .close),
        (.moved(from: .open, to: .cancelled), .close),
        (.moved(from: .open, to: .expired), .close),
        (.moved(from: .expired, to: .accepted), .reopen),
        (.kept, nil), (.duplicate, nil), (.refused(.sameUnit), nil),
    ]

    @Test(arguments: told.indices)
    func anEndIsAClose(_ index: Int) {
        #expect(Self.told[index].0.operation == Self.told[index].1)
    }

    @Test func aThousandReportsKeepTheFirstTimes() {
        var told = ToldLife()
        told.take(Told(.accepted, at: 1))
        for minute in 2..<600 { told.take(Told(.enRoute, at: Int64(minute))) }
        told.take(Told(.onScene, at: 700))
        #expect(told.reports.reports.count == TaskReports.reportsMax)
        #expect(told.life.times.accepted == .minute(1))
        #expect(told.life.stage == .onScene)
    }
}
