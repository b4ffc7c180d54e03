import Domain
import Scenario

/// The end of a demonstration in figures.
struct DemoReport {
    let alertsSent: Int
    let board: DemoBoard
    let truth: [IncidentTruth]
    let counters: [String: UInt64]

    /// Whether every incident got a task.
    var isComplete: Bool { truth.allSatisfy { board.task(about: $0) != nil } }

    var text: String {
        let rejected = Reject.allCases.map { counters["rejected_\($0.word)"] ?? 0 }.reduce(0, +)
        let delay = board.medianDelay.map { "\(Int($0.seconds * 1000)) ms" } ?? "none"
        return """
            \(grouped(alertsSent)) alerts sent, \(rejected) refused, \
            \(counters["lost"] ?? 0) lost; \(board.tasks.count) tasks
            tasks by category: \(tally { $0.data.category })
            tasks by priority: \(tally { "P\($0.data.priority)" })
            median time from the first alert that counted to the task: \(delay)
            \(incidentLines.joined(separator: "\n"))
            \(found) of \(truth.count) incidents got a task
            """
    }

    private var found: Int { truth.count { board.task(about: $0) != nil } }

    private var incidentLines: [String] {
        truth.map { incident in
            let task = board.task(about: incident)
            let outcome = task.map { "P\($0.opened.data.priority) \($0.opened.data.title)" }
            return "  \(task == nil ? "✘" : "✔") \(padded(incident.id, to: 18)) "
                + "\(incident.cell): \(outcome ?? "no task")"
        }
    }

    private func tally(_ word: (FeedTask) -> String) -> String {
        let counts = Dictionary(grouping: board.tasks) { word($0.latest) }.mapValues(\.count)
        let parts = counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        return parts.isEmpty ? "none" : parts.joined(separator: ", ")
    }
}
