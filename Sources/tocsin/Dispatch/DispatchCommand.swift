import ArgumentParser
import Desks
import Domain

/// `tocsin dispatch`: a desk in the terminal.
struct DispatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dispatch",
        abstract: "Look at the tasks as a dispatch desk does, and report on them.",
        discussion: """
            What is open, most urgent first:  tocsin dispatch list
            Tasks as they come:               tocsin dispatch run --area NYC/3 --desk east
            Report on one:                    tocsin dispatch accept 3fa9 --by unit-7 --eta 5m

            TASK is a task's incident or the beginning of it, as the list shows it. Reports name \
            units, never people. See docs/dispatch.md for how a dispatch system does the same.

            Exit codes: 0 as wished; 1 the report was refused; 2 no server answers; 3 wrong usage.
            """,
        subcommands: [
            List.self, Run.self, Report<Accept>.self, Report<EnRoute>.self, Report<Arrive>.self,
            Report<Resolve>.self, Report<Verify>.self, Report<Close>.self, Report<Reject>.self,
            Report<Reassign>.self, Report<Cancel>.self,
        ])
}

/// Where the server is, and which of its tasks are wanted.
struct DeskOptions: ParsableArguments {
    @Option(help: "The server's dispatch address.")
    var at = ServerAddress.dispatch
    @Option(help: "How long to wait for the server.")
    var patience = LengthOfTime(seconds: 5)
    @Option(help: "Only tasks in this cell or below it, such as NYC/3; may be repeated.")
    var area: [String] = []
    @Option(help: "Only tasks of this category; may be repeated.")
    var category: [String] = []
    @Option(help: "Only tasks at least as urgent, P1 to P5.")
    var priority: String?
    @Flag(help: "Print each task's JSON on a line of its own.")
    var json = false

    func validate() throws {
        let known = Category.allCases.map { "\($0.word)" }
        if let other = category.first(where: { !known.contains($0) }) {
            let words = known.joined(separator: ", ")
            throw ValidationError("--category is one of \(words), not \(other)")
        }
        if let priority, leastUrgent == nil {
            throw ValidationError("--priority is P1 to P5, not \(priority)")
        }
    }

    private var leastUrgent: Priority? {
        guard let priority else { return .p5 }
        return Priority.allCases.first { "\($0.word)" == priority.uppercased() }
    }

    /// - Parameter snapshot: whether all open tasks are wanted, whatever the desk has had.
    func subscription(snapshot: Bool) -> Subscription {
        var subscription = Subscription()
        subscription.areas = area.map { $0.hasSuffix("/") ? $0 : $0 + "/" }
        subscription.categories = Set(
            Category.allCases.filter { category.contains("\($0.word)") })
        subscription.priorityMax = leastUrgent ?? .p5
        subscription.credit = 256
        subscription.wantsSnapshot = snapshot
        return subscription
    }
}
