import ArgumentParser
import Desks
import Domain
import Foundation

/// One thing that a unit can report of a task.
protocol ReportedStage {
    static var command: String { get }
    static var stage: TaskStage { get }
    static var abstract: String { get }
    static var example: String { get }
}

extension DispatchCommand {
    enum Accept: ReportedStage {
        static let (command, stage) = ("accept", TaskStage.accepted)
        static let abstract = "A unit takes the task."
        static let example = "tocsin dispatch accept 3fa9 --by unit-7 --eta 5m"
    }
    enum EnRoute: ReportedStage {
        static let (command, stage) = ("enroute", TaskStage.enRoute)
        static let abstract = "The unit is on its way."
        static let example = "tocsin dispatch enroute 3fa9 --by unit-7"
    }
    enum Arrive: ReportedStage {
        static let (command, stage) = ("arrive", TaskStage.onScene)
        static let abstract = "The unit is on the scene."
        static let example = "tocsin dispatch arrive 3fa9 --by unit-7"
    }
    enum Resolve: ReportedStage {
        static let (command, stage) = ("resolve", TaskStage.resolved)
        static let abstract = "What there was to do is done."
        static let example =
            "tocsin dispatch resolve 3fa9 --by unit-7 --outcome confirmed --note \"valve closed\""
    }
    enum Verify: ReportedStage {
        static let (command, stage) = ("verify", TaskStage.verified)
        static let abstract = "Another unit confirms that it is done."
        static let example = "tocsin dispatch verify 3fa9 --by inspector-2 --satisfaction 5"
    }
    enum Close: ReportedStage {
        static let (command, stage) = ("close", TaskStage.closed)
        static let abstract = "Nothing more is to come."
        static let example = "tocsin dispatch close 3fa9 --by desk-east"
    }
    enum Reject: ReportedStage {
        static let (command, stage) = ("reject", TaskStage.rejected)
        static let abstract = "The unit does not take it; say why."
        static let example = "tocsin dispatch reject 3fa9 --by unit-7 --reason \"no ladder\""
    }
    enum Reassign: ReportedStage {
        static let (command, stage) = ("reassign", TaskStage.reassigned)
        static let abstract = "Another unit is to take it."
        static let example = "tocsin dispatch reassign 3fa9 --by unit-9 --reason \"nearer\""
    }
    enum Cancel: ReportedStage {
        static let (command, stage) = ("cancel", TaskStage.cancelled)
        static let abstract = "It need not be done any more."
        static let example = "tocsin dispatch cancel 3fa9 --by desk-east --reason \"exercise\""
    }

    /// `tocsin dispatch accept` and the like.
    struct Report<Reported: ReportedStage>: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                commandName: Reported.command, abstract: Reported.abstract,
                discussion: """
                    \(Reported.example)

                    Exit codes: 0 the report is kept; 1 it was refused; 2 no server answers, or it \
                    has no such task; 3 wrong usage.
                    """)
        }

        @Argument(help: "The task's incident, or the beginning of it.")
        var task: String
        @OptionGroup var content: ReportOptions

        func run() throws {
            var report = try ReportRun(content)
            try report.run(task, Reported.stage)
        }
    }
}

/// What a report may say.
struct ReportOptions: ParsableArguments {
    @Option(help: "The code of the unit that reports; never a person's name.")
    var by: String
    @Option(help: "Why, for reject, reassign and cancel.")
    var reason: String?
    @Option(help: "What it turned out to be: confirmed, false_alarm, not_found …")
    var outcome: String?
    @Option(help: "A remark.")
    var note: String?
    @Option(help: "What the people concerned say of it, 1 to 5.")
    var satisfaction: Int?
    @Option(help: "How long until arrival: 5m.")
    var eta: LengthOfTime?
    @Option(help: "The revision that it is about (default: the latest).")
    var revision: Int?
    @Option(help: "The server's dispatch address.")
    var at = ServerAddress.dispatch
    @Option(help: "How long to wait for the answer.")
    var patience = LengthOfTime(seconds: 10)
    @Flag(help: "Print the answer as JSON.")
    var json = false

    func validate() throws {
        guard let outcome else { return }
        if FeedbackOutcome(word: outcome) == nil {
            let words = FeedbackOutcome.allCases.map { "\($0.word)" }.joined(separator: ", ")
            throw ValidationError("--outcome is one of \(words), not \(outcome)")
        }
    }
}
