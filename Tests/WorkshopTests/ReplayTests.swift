import RuleBook
import Testing
import Workshop

@Suite struct `Rules over a recording` {
    @Test func `take alerts in the order in which they came`() {
        let recording = Recordings.recording
        #expect(recording.alerts.map(\.id).prefix(3) == ["a-0-g1", "a-5-g2", "a-10-g1"])
        let broken = Recording(jsonLines: "{}\n\n\(Recordings.lines[0])\n")
        #expect(broken.alerts.count == 1)
        #expect(broken.unreadable.map(\.line) == [1])
    }

    @Test func `make the tasks that the server would have made`() throws {
        let outcome = try Recordings.replay(Recordings.rules())
        #expect(outcome.alerts == 7 && outcome.accepted == 7)
        #expect(outcome.tasks.map(\.title) == ["Smoke in Cell g1"])
        #expect(outcome.tasks[0].opened == "2026-03-01T08:00:20.000Z")
        #expect(outcome.tasks[0].closed != nil)
    }

    @Test func `place alerts that say no place where their source is registered`() throws {
        let files = Recordings.rules()
        let lost = try Recordings.replay(files, over: Recordings.placeless)
        #expect(lost.refused == ["missing_field": 7] && lost.tasks.isEmpty)
        let found = try Recordings.replay(
            files, over: Recordings.placeless, sources: Recordings.sources())
        let placed = try Recordings.replay(files)
        #expect(found.accepted == 7)
        #expect(found.tasks.count == 1)
        let report = ReplayReport(new: found, old: placed)
        #expect(report.differences.isEmpty, "\(report.text)")
    }

    /// Old threshold, new threshold, and what becomes of the task in g1.
    static let changes: [(Int, Int, [TaskDifference.Change])] = [
        (2, 2, []), (2, 3, [.later]), (3, 2, [.earlier]), (2, 9, [.vanishes]), (9, 2, [.appears]),
        (2, 1, [.earlier, .appears]),
    ]

    @Test(arguments: changes)
    func `differ by named tasks`(old: Int, new: Int, changes: [TaskDifference.Change]) throws {
        let before = try Recordings.replay(Recordings.rules(n: old))
        let after = try Recordings.replay(Recordings.rules(n: new))
        let report = ReplayReport(new: after, old: before)
        #expect(Set(report.differences.map(\.change)) == Set(changes), "\(report.text)")
        #expect(report.differences.allSatisfy { $0.rule == "fire.smoke" && !$0.title.isEmpty })
    }

    @Test func `differ by priority`() throws {
        let report = ReplayReport(
            new: try Recordings.replay(Recordings.rules(points: "30.0")),
            old: try Recordings.replay(Recordings.rules()))
        #expect(report.differences.map(\.change) == [.priority])
        #expect(report.text.contains("P1 to P5"))
    }

    @Test func `are held against a budget`() throws {
        let one = try Recordings.replay(Recordings.rules())
        let two = try Recordings.replay(Recordings.rules(n: 1))
        for (budget, isKept) in [
            ("+5% tasks", false), ("+100% tasks", true), ("+1 tasks", true), ("1 tasks", false),
            ("+0 P2 tasks", true),
        ] {
            let limit = try #require(TaskBudget(budget))
            #expect(ReplayReport(new: two, old: one, budget: limit).isWithinBudget == isKept)
        }
        for text in ["", "5%", "+x tasks", "+5% alerts", "+5 P9 tasks"] {
            #expect(TaskBudget(text) == nil, "\(text)")
        }
    }

    @Test func `say the same as JSON and as text`() throws {
        let report = ReplayReport(
            new: try Recordings.replay(Recordings.rules(n: 1)),
            old: try Recordings.replay(Recordings.rules()))
        #expect(try report.json().contains("\"change\" : \"appears\""))
        #expect(report.text.contains("2 tasks, were 1"))
        #expect(report.text.contains("fire.smoke  2 (was 1)"))
    }
}
