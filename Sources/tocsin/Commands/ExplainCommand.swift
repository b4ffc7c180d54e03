import ArgumentParser
import RuleBook
import Workshop

/// `tocsin explain`: why a decision is as it is.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say why a task was opened, what an alert did, or what stands in a cell.",
        discussion: """
            A task by its incident:     tocsin explain 3fa9c1d20b7e4c55 --journal tocsin.journal
            An alert:                   tocsin explain acme/smoke-07#a-112 --journal tocsin.journal
            A cell at a moment:         tocsin explain NYC/3/311@2026-05-25T13:45:00Z
            Why a rule is not raised:   tocsin explain --why-not fire.smoke-and-heat \\
                                          311-042@2026-05-25T13:45:00Z

            The recording is lived through once more by the same rules, and the conditions that \
            decided are evaluated over the same values, part by part. A journal keeps no personal \
            data, and so does no explanation.

            Exit codes: 0 explained; 1 there is nothing like it; 2 something can't be read or \
            loaded; 3 wrong usage.
            """)

    @Argument(help: "An incident, an alert (source#id), CELL@TIME; with --why-not KEY@TIME.")
    var what: String
    @Option(name: .customLong("why-not"), help: "The rule that does not stand raised.")
    var whyNot: String?
    @OptionGroup(title: "Recording")
    var recorded: RecordedOptions
    @Flag(help: "Print the explanation as JSON.")
    var json = false

    func run() throws {
        guard let question = whyNot.map({ Question(whyNot: $0, what) }) ?? Question(what) else {
            throw CommandFailure.usage("\(what) names no moment: such as 311@2026-05-25T13:45:00Z")
        }
        let files = try RuleSearch.find(recorded.rules)
        let recording = try RecordingSource.load(recorded.journal)
        let place = try recorded.place.load()
        let rules = try RecordingRun.rules(place.joined(files))
        let sources = place.sources
        var explainer = Explainer(rules, place.takeGrid(), sources: sources)
        do {
            let tree = try explainer.explain(question, over: recording)
            print(json ? try tree.json() : tree.indented)
        } catch let nothing as NothingThere {
            throw CommandFailure.findings(nothing.text)
        }
    }
}

/// Which recording is meant, and by which rules it is lived through.
struct RecordedOptions: ParsableArguments {
    @Option(help: "A journal, or a file of alerts one a line.")
    var journal = "tocsin.journal"
    @Option(help: "A directory or file of rules; may be repeated (default: the shipped rules).")
    var rules: [String] = []
    @OptionGroup(title: "Cells")
    var place: PlaceOptions
}
