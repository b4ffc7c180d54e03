import ArgumentParser
import RuleBook
import Workshop

/// `tocsin replay`: what rules would have made of alerts of the past.
struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Run rules over a journal, or a file of alerts.",
        discussion: """
            What these rules make of last week:   tocsin replay week.journal --rules rules/new
            And how that differs from today's:    tocsin replay week.journal --rules rules/new \\
                                                    --against rules/today
            For a build server:                   tocsin replay week.jsonl --rules rules/new \\
                                                    --against rules/today --budget '+5% tasks'

            A file of alerts has one CloudEvents message a line; each came in at its `received`, or \
            else at its `time`. The rules run by the same state machine as in the server, on a \
            virtual clock. With --against, tasks that appear (+), vanish (-), come earlier (<) or \
            later (>), or change priority (!) are named.

            Exit codes: 0 done; 1 over the budget; 2 something can't be read or loaded; 3 wrong usage.
            """)

    @Argument(help: "A journal, or a file of alerts one a line.")
    var recording: String
    @Option(help: "A directory or file of rules; may be repeated (default: the shipped rules).")
    var rules: [String] = []
    @Option(help: "Rules to compare with; may be repeated.")
    var against: [String] = []
    @OptionGroup(title: "Cells")
    var place: PlaceOptions
    @Option(help: "How many tasks there may be: '+5% tasks', '+20 P1 tasks', '300 tasks'.")
    var budget: String?
    @Flag(help: "Print the report as JSON.")
    var json = false

    func run() throws {
        let limit = try limit()
        let newFiles = try RuleSearch.find(rules)
        let oldFiles = against.isEmpty ? nil : try RuleSearch.find(against)
        let recording = try RecordingSource.load(recording)
        let new = try RecordingRun.replay(newFiles, over: recording, in: place, as: "new rules")
        let old = try oldFiles.map {
            try RecordingRun.replay($0, over: recording, in: place, as: "old rules")
        }
        let report = ReplayReport(new: new, old: old, budget: limit)
        print(json ? try report.json() : report.text)
        if !report.isWithinBudget { throw ExitCode(ExitStatus.findings.rawValue) }
    }

    private func limit() throws(CommandFailure) -> TaskBudget? {
        guard let budget else { return nil }
        guard let limit = TaskBudget(budget) else {
            throw .usage("--budget \(budget): such as '+5% tasks', '+20 P1 tasks' or '300 tasks'")
        }
        if !limit.isAbsolute, against.isEmpty {
            throw .usage("--budget \(budget) needs --against: more than what?")
        }
        return limit
    }
}
