import Domain
import Testing

@testable import Reporting

@Suite("Reports of a period")
struct PeriodReportTests {
    @Test("Drills count among the drills and nowhere else")
    func drills() {
        let drill = ReportedTask.sample { ($0.isDrill, $0.outcome) = (true, .confirmed) }
        let report = PeriodReport([drill, .ended(.falseAlarm)], .rule)
        #expect(report.drills.opened == 1 && report.drills.precision.right == 1)
        #expect(report.total.opened == 1 && report.total.precision.right == 0)
        #expect(report.opened("rule") == ["gas@1 1"])
    }

    @Test("Each rule has a precision of its own")
    func precision() throws {
        let outcomes: [FeedbackOutcome?] = [
            .confirmed, .prevented, .confirmed, .falseAlarm, .goneOnArrival, nil,
        ]
        let tasks = outcomes.map { ReportedTask.ended($0) } + [.ended(.notFound, "smoke@2")]
        let rows = try #require(PeriodReport(tasks, .rule).groups.first).rows
        #expect(rows.map(\.name) == ["gas@1", "smoke@2"])
        #expect(rows[0].figures.precision.right == 3 && rows[0].figures.precision.wrong == 1)
        #expect(rows[1].figures.precision.right == 0 && rows[1].figures.precision.wrong == 1)
        #expect(rows[0].figures.precision.text == "67 % (28 to 95)")
    }

    @Test("A level's row is the ancestor there, or the cell itself where it lies above")
    func levels() {
        let tasks = ["C/1/11/111/", "C/1/11/112/", "C/1/12/", "C/1/", "C/"]
            .map { ReportedTask.sample($0) }
        let report = PeriodReport(tasks, .level(depth: 2, name: "street"))
        #expect(report.opened("street") == ["C/1/11/ 2", "C/ 1", "C/1/ 1", "C/1/12/ 1"])
    }

    @Test("An area has the cells below it, and not those whose code begins alike")
    func area() {
        let tasks = ["C/1/", "C/1/11/", "C/12/", "C/"].map { ReportedTask.sample($0) }
        let report = PeriodReport(of: tasks, .hour("C/1/"), by: [])
        #expect(report.total.opened == 2)
    }

    @Test("A task counts for each of its sources, and under a dash where it has no department")
    func sources() {
        let report = PeriodReport(
            [
                .sample { ($0.sources, $0.department) = (["a/1", "b/2"], "") },
                .sample { $0.sources = ["b/2"] },
            ], .source, .department, .kind, .category)
        #expect(report.opened("source") == ["b/2 2", "a/1 1"])
        #expect(report.opened("department") == ["- 1", "gas-company 1"])
        #expect(report.opened("kind") == ["gas-leak 2"])
        #expect(report.opened("category") == ["public-safety 2"])
    }

    @Test("A closed task of before the period is in no row")
    func before() {
        let old = ReportedTask.sample(at: -10) { $0.isOpen = false }
        #expect(PeriodReport([old], .rule).groups.first?.rows.isEmpty == true)
    }
}
