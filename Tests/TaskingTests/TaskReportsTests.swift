import Domain
import Testing

@testable import Tasking

/// One report for a task, in a line.
struct Told: CustomStringConvertible, Sendable {
    var stage: TaskStage
    var by = "A"
    var minute: Int64
    var revision: UInt32 = 1
    var description: String { "\(by) \(stage.word) at \(minute)" }

    init(_ stage: TaskStage, _ by: String = "A", at minute: Int64) {
        (self.stage, self.by, self.minute) = (stage, by, minute)
    }

    func feedback(_ id: String) -> Feedback {
        Feedback(
            id: id, task: TaskID(high: 1, low: 2), revision: revision, time: .minute(minute),
            stage: stage, by: by)
    }
}

extension Timestamp {
    static func minute(_ minute: Int64) -> Timestamp {
        Timestamp(nanoseconds: 1_780_000_000_000_000_000) + .minutes(minute)
    }
}

/// A task's life with what was reported of it.
struct ToldLife {
    var life = TaskLife()
    var reports = TaskReports()
    private var number = 0

    init() { life.begin(at: .minute(0), afterRevision: 0) }

    @discardableResult
    mutating func take(
        _ told: Told, id: String? = nil, at now: Timestamp = .minute(1000)
    ) -> LifeVerdict {
        number += 1
        return reports.take(
            StageReport(told.feedback(id ?? "f\(number)"), at: now), into: &life,
            verifyWithin: .hours(24), at: now)
    }
}

@Suite struct TaskReportsTests {
    /// Where a task stands, what is reported then, and what becomes of it.
    static let steps: [(before: [Told], report: Told, verdict: LifeVerdict)] = [
        ([], Told(.accepted, at: 1), .moved(from: .open, to: .accepted)),
        ([], Told(.onScene, at: 1), .moved(from: .open, to: .onScene)),
        ([], Told(.rejected, at: 1), .moved(from: .open, to: .rejected)),
        ([], Told(.reassigned, at: 1), .moved(from: .open, to: .reassigned)),
        ([], Told(.cancelled, at: 1), .moved(from: .open, to: .cancelled)),
        ([], Told(.resolved, at: 1), .moved(from: .open, to: .resolved)),
        ([], Told(.open, at: 1), .refused(.notReportable)),
        ([], Told(.offered, at: 1), .refused(.notReportable)),
        ([], Told(.expired, at: 1), .refused(.notReportable)),
        ([], Told(.closed, at: 1), .refused(.outOfTurn)),
        ([], Told(.verified, at: 1), .refused(.outOfTurn)),
        ([Told(.accepted, at: 1)], Told(.enRoute, at: 2), .moved(from: .accepted, to: .enRoute)),
        ([Told(.accepted, at: 1)], Told(.onScene, at: 2), .moved(from: .accepted, to: .onScene)),
        ([Told(.accepted, at: 1)], Told(.accepted, "B", at: 2), .kept),
        ([Told(.accepted, at: 1)], Told(.rejected, at: 2), .moved(from: .accepted, to: .rejected)),
        ([Told(.accepted, at: 1)], Told(.rejected, "B", at: 2), .kept),
        ([Told(.accepted, at: 2)], Told(.rejected, at: 1), .kept),
        (
            [Told(.accepted, at: 1)], Told(.reassigned, "B", at: 2),
            .moved(from: .accepted, to: .reassigned)
        ),
        ([Told(.accepted, at: 1)], Told(.closed, at: 2), .refused(.outOfTurn)),
        ([Told(.accepted, at: 1)], Told(.verified, "B", at: 2), .refused(.outOfTurn)),
        (
            [Told(.rejected, at: 1)], Told(.accepted, "B", at: 2),
            .moved(from: .rejected, to: .accepted)
        ),
        (
            [Told(.reassigned, at: 1)], Told(.accepted, "B", at: 1),
            .moved(from: .reassigned, to: .accepted)
        ),
        ([Told(.onScene, at: 3)], Told(.enRoute, at: 2), .kept),
        ([Told(.enRoute, at: 3)], Told(.onScene, at: 2), .moved(from: .enRoute, to: .onScene)),
        ([Told(.onScene, at: 3)], Told(.resolved, at: 4), .moved(from: .onScene, to: .resolved)),
        ([Told(.resolved, at: 4)], Told(.onScene, at: 5), .kept),
        ([Told(.resolved, at: 4)], Told(.rejected, at: 5), .refused(.outOfTurn)),
        ([Told(.resolved, at: 4)], Told(.reassigned, at: 5), .refused(.outOfTurn)),
        ([Told(.resolved, at: 4)], Told(.rejected, at: 3), .kept),
        ([Told(.resolved, at: 4)], Told(.verified, at: 5), .refused(.sameUnit)),
        (
            [Told(.resolved, at: 4)], Told(.verified, "B", at: 5),
            .moved(from: .resolved, to: .closed)
        ),
        (
            [Told(.resolved, at: 4)], Told(.verified, "B", at: 3),
            .moved(from: .resolved, to: .closed)
        ),
        ([Told(.resolved, at: 4)], Told(.closed, at: 5), .moved(from: .resolved, to: .closed)),
        (
            [Told(.resolved, at: 4)], Told(.cancelled, at: 5),
            .moved(from: .resolved, to: .cancelled)
        ),
        ([Told(.resolved, at: 4), Told(.closed, at: 5)], Told(.cancelled, at: 6), .kept),
        ([Told(.resolved, at: 4), Told(.closed, at: 5)], Told(.verified, "B", at: 6), .kept),
        ([Told(.cancelled, at: 1)], Told(.accepted, at: 2), .kept),
        ([Told(.cancelled, at: 1)], Told(.closed, at: 2), .kept),
    ]

    @Test(arguments: steps.indices)
    func everyStepIsAsTheChartHasIt(_ index: Int) {
        let step = Self.steps[index]
        var told = ToldLife()
        for report in step.before { told.take(report) }
        #expect(told.take(step.report) == step.verdict, "\(step.before), then \(step.report)")
    }

    @Test func aReportThatComesAgainIsADuplicateWhateverItSays() {
        var told = ToldLife()
        told.take(Told(.accepted, at: 1), id: "x")
        #expect(told.take(Told(.resolved, at: 2), id: "x") == .duplicate)
        #expect(told.life.stage == .accepted)
    }

    @Test func aRefusedReportMayComeAgain() {
        var told = ToldLife()
        #expect(told.take(Told(.closed, at: 3), id: "x") == .refused(.outOfTurn))
        told.take(Told(.resolved, at: 2))
        #expect(told.take(Told(.closed, at: 3), id: "x") == .moved(from: .resolved, to: .closed))
    }

    @Test func theFirstTimeOfEveryStageIsKept() {
        var told = ToldLife()
        for report in [
            Told(.accepted, at: 5), Told(.accepted, "B", at: 3), Told(.onScene, at: 9),
            Told(.onScene, at: 8), Told(.resolved, at: 20), Told(.verified, "C", at: 30),
        ] { told.take(report) }
        var times = StageTimes()
        (times.accepted, times.onScene) = (.minute(3), .minute(8))
        (times.resolved, times.verified) = (.minute(20), .minute(30))
        #expect(told.life.times == times)
        #expect(told.life.stageAt == .minute(30))
        #expect(told.life.by.text == "C")
    }

    @Test func whoResolvedItFirstAsItTurnsOutMayNotHaveVerifiedIt() {
        var told = ToldLife()
        told.take(Told(.resolved, "A", at: 4))
        told.take(Told(.verified, "B", at: 6))
        #expect(told.life.stage == .closed)
        #expect(
            told.take(Told(.resolved, "B", at: 3)) == .moved(from: .closed, to: .resolved))
        #expect(told.life.times.verified == .never)
    }

    @Test func aClockThatIsAheadIsHeldAtNow() {
        var told = ToldLife()
        told.take(Told(.accepted, at: 500), at: .minute(10))
        #expect(told.life.stageAt == .minute(10))
    }

    @Test func theLatestOutcomeCounts() {
        var told = ToldLife()
        for (minute, outcome) in [(9, FeedbackOutcome.falseAlarm), (4, .confirmed)] {
            var feedback = Told(.onScene, at: Int64(minute)).feedback("o\(minute)")
            feedback.outcome = outcome
            _ = told.reports.take(
                StageReport(feedback, at: .minute(99)), into: &told.life,
                verifyWithin: .hours(24), at: .minute(99))
        }
        #expect(told.life.outcome == .falseAlarm)
    }

    @Test func anyOrderOfTheSameReportsLeadsToTheSame() {
        var random = Mix(state: 7)
        let stages = TaskStage.allCases.filter(\.isReportable)
        for round in 0..<400 {
            let reports = (0..<Int(random.next() % 9 + 2)).map { _ in
                Told(
                    stages[Int(random.next() % UInt64(stages.count))],
                    ["A", "B", "C"][Int(random.next() % 3)], at: Int64(random.next() % 12))
            }
            let first = stand(reports, round)
            for _ in 0..<6 {
                let other = stand(random.shuffled(reports), round)
                #expect(first == other, "\(reports)")
            }
        }
    }

    /// Where a task stands after reports in this order; who is refused tries again afterwards.
    private func stand(_ reports: [Told], _ round: Int) -> String {
        var told = ToldLife()
        // Every other condition ends, at one and the same moment.
        if round % 2 == 0 {
            told.life.raise()
            _ = told.life.clear(at: .minute(6), ends: round % 4 == 0)
        }
        var waiting = reports
        for _ in 0...reports.count {
            waiting = waiting.filter { report in
                let id = "\(report)"
                if case .refused = told.take(report, id: id) { return true }
                return false
            }
        }
        let life = told.life
        return "\(life.stage) \(life.stageAt) \(life.by.text) \(life.times)"
    }
}

/// A small generator of numbers that are the same in every run.
struct Mix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 33
    }

    mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
        var left = elements
        var order: [Element] = []
        while !left.isEmpty {
            order.append(left.remove(at: Int(next() % UInt64(left.count))))
        }
        return order
    }
}
