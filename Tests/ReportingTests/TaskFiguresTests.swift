import Domain
import Testing

@testable import Reporting

@Suite("Figures of tasks")
struct TaskFiguresTests {
    @Test("A task counts from the period's first moment to just before its end")
    func period() {
        let tasks = [-1, 0, 3599, 3600].map { ReportedTask.sample(at: $0) }
        let total = PeriodReport(tasks).total
        #expect(total.opened == 2 && total.stillOpen == 2)
        #expect(total.openNow == 4, "what is open counts whenever it was opened")
    }

    @Test("Tasks are counted by category, priority and stage")
    func counts() {
        let total = PeriodReport([
            .sample(), .ended(nil),
            .sample { ($0.category, $0.priority, $0.stage) = (.cyberSecurity, .p1, .onScene) },
        ]).total
        #expect(total.categories == [.publicSafety: 2, .cyberSecurity: 1])
        #expect(total.priorities == [.p2: 2, .p1: 1])
        #expect(total.stages == [.open: 1, .closed: 1, .onScene: 1])
        #expect(total.opened == 3 && total.stillOpen == 2 && total.openNow == 2)
    }

    @Test("A task that was repeated or opened again counts once in the repeat rate")
    func repeats() {
        let total = PeriodReport([
            .sample { $0.repeats = 3 }, .sample { ($0.repeats, $0.reopenings) = (2, 2) },
            .sample { $0.reopenings = 1 }, .sample(),
        ]).total
        #expect(total.repeats == 5 && total.repeated == 3 && total.reopened == 2)
        #expect(total.repeatRate == 0.75)
        #expect(PeriodReport([]).total.repeatRate == nil)
    }

    @Test("Escalations and each missed deadline are added up")
    func escalations() {
        let total = PeriodReport([
            .sample { ($0.escalations, $0.missed) = (2, [.acceptMissed, .acceptMissed]) },
            .sample { ($0.escalations, $0.missed) = (1, [.resolveMissed]) },
            .sample { $0.escalations = 1 },
        ]).total
        #expect(total.escalations == 4 && total.missedAll == 3)
        #expect(total.missed == [.acceptMissed: 2, .resolveMissed: 1])
    }

    @Test("Times run from the first telling on, the verification's from the resolution on")
    func times() {
        let total = PeriodReport([
            .sample(at: 100) {
                ($0.accepted, $0.arrived) = (.at(160), .at(400))
                ($0.resolved, $0.verified) = (.at(1000), .at(4600))
            },
            .sample(at: 100) { $0.accepted = .at(220) }, .sample(at: 100) { $0.accepted = .at(90) },
        ]).total
        #expect(total.accept.count == 3 && total.accept.median == 60)
        #expect(total.arrive.median == 300 && total.resolve.median == 900)
        #expect(total.verify.count == 1 && total.verify.median == 3600)
    }

    @Test(
        "Median and 90th percentile lie between the nearest ranks",
        arguments: [
            ([7.0], 7.0, 7.0), ([1, 2], 1.5, 1.9), ([5, 1, 3], 3, 4.6),
            ([10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0], 5, 9),
        ])
    func quantiles(seconds: [Double], median: Double, ninetieth: Double) throws {
        var durations = Durations()
        for number in seconds { durations.add(from: .at(0), to: .at(Int64(number))) }
        durations.add(from: .at(0), to: nil)
        #expect(durations.count == seconds.count && durations.median == median)
        #expect(abs(try #require(durations.ninetieth) - ninetieth) < 1e-9)
    }

    @Test("Without a task no time is given")
    func noTimes() {
        #expect(Durations().median == nil && Durations().ninetieth == nil)
    }

    @Test("Satisfaction is the mean of all that was said")
    func satisfaction() {
        let total = PeriodReport([
            .sample { $0.satisfaction = [5, 4] }, .sample { $0.satisfaction = [1] }, .sample(),
        ]).total
        #expect(total.satisfactionCount == 3 && total.satisfaction == 10.0 / 3)
        #expect(PeriodReport([.sample()]).total.satisfaction == nil)
    }
}
