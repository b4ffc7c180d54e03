import Domain
import Reporting

extension Timestamp {
    /// So many seconds after 2026-05-25T00:00:00Z.
    static func at(_ seconds: Int64) -> Timestamp {
        Timestamp(nanoseconds: 1_779_667_200_000_000_000) + .seconds(seconds)
    }
}

extension ReportScope {
    /// The hour from `Timestamp.at(0)` on.
    static func hour(_ area: String? = nil) -> ReportScope {
        ReportScope(from: .at(0), to: .at(3600), area: area)
    }
}

extension ReportedTask {
    /// A task of public safety and P2, changed as a test needs it.
    static func sample(
        at seconds: Int64 = 0, _ cell: String = "C/1/11/",
        _ change: (inout ReportedTask) -> Void = { _ in }
    ) -> ReportedTask {
        var task = ReportedTask(
            cell: cell, category: .publicSafety, priority: .p2, opened: .at(seconds))
        (task.kind, task.rule, task.department) = ("gas-leak", "gas@1", "gas-company")
        task.sources = ["acme/gas-1"]
        change(&task)
        return task
    }

    /// The same, ended with an outcome.
    static func ended(_ outcome: FeedbackOutcome?, _ rule: String = "gas@1") -> ReportedTask {
        sample {
            ($0.isOpen, $0.stage, $0.outcome, $0.rule) = (false, .closed, outcome, rule)
        }
    }
}

extension PeriodReport {
    init(_ tasks: [ReportedTask], _ groupings: Grouping...) {
        self.init(of: tasks, .hour(), by: groupings)
    }

    /// The names of a group's rows with the tasks opened, as `name 3`.
    func opened(_ by: String) -> [String] {
        groups.first { $0.by == by }?.rows.map { "\($0.name) \($0.figures.opened)" } ?? []
    }
}
