import ArgumentParser
import Domain
import RuleBook

/// `tocsin silence`: withhold tasks for a time, while scoring goes on.
struct SilenceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "silence",
        abstract: "Withhold tasks for a time, while scoring goes on.",
        discussion: """
            Two hours of planned works:   tocsin silence add --rule sensing.silent --cell CITY/north/ \
            --for 2h --by duty-officer --reason "firmware rollout CR-4411"
            What is silenced now:         tocsin silence list
            End one early:                tocsin silence expire sil-0007

            Silences stand in a file (rules.silences), survive a restart, and need an end, a name and \
            a reason. Tasks that were withheld are dispatched when it ends, if they still stand.
            """,
        subcommands: [Add.self, List.self, Expire.self])
}

extension SilenceCommand {
    /// Where the server is, and how to print.
    struct Asking: ParsableArguments {
        @Option(help: "The server's control address.")
        var at = ServerAddress.control
        @Option(help: "How long to wait for the answer.")
        var patience = LengthOfTime(seconds: 5)
        @Flag(help: "Print the silences as JSON.")
        var json = false

        func ask(_ request: ControlRequest) throws -> [SilenceEntry] {
            try ControlClient(address: at, patience: patience).ask(request).silences ?? []
        }

        func show(_ silences: [SilenceEntry]) throws {
            if json { return print(try prettyJSON(silences)) }
            if silences.isEmpty { return print("No silences.") }
            for silence in silences { print(silence.text) }
        }
    }

    /// `tocsin silence add`
    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Withhold the tasks that match, from now on or from a given time.",
            discussion: """
                tocsin silence add --cell CITY/north/ --category public-safety --for 30m \
                --by duty-officer --reason "fire drill in the school"

                All that is named must fit; a cell stands for everything below it. Without --rule, \
                --category, --kind and --cell it would silence the whole city: say --cell with the \
                root's code if that is what you mean.
                """)

        @Option(help: "Id of a rule.")
        var rule: String?
        @Option(help: "One of the five categories.")
        var category: String?
        @Option(help: "Kind of the alert behind the task.")
        var kind: String?
        @Option(help: "Path or code of a cell; everything below it is meant.")
        var cell: String?
        @Option(help: "When it begins, RFC 3339 with zone (default: now).")
        var from: String?
        @Option(help: "When it ends, RFC 3339 with zone.")
        var until: String?
        @Option(name: .customLong("for"), help: "Or how long it lasts: 30m, 2h, 1d.")
        var length: LengthOfTime?
        @Option(help: "Who says so: a desk or a role.")
        var by: String
        @Option(help: "Why.")
        var reason: String
        @Flag(help: "Let the evidence add nothing to the scores either.")
        var dropScores = false
        @OptionGroup var asking: Asking

        func validate() throws {
            if (until == nil) == (length == nil) {
                throw ValidationError("say when it ends: --until or --for")
            }
            if [rule, category, kind, cell].allSatisfy({ $0 == nil }) {
                throw ValidationError("say what to silence: --rule, --category, --kind or --cell")
            }
        }

        func run() throws {
            let end = length.map { Timestamp.now + .milliseconds(Int64($0.milliseconds)) }
            var request = ControlRequest(.silenceAdd)
            request.silence = SilenceEntry(
                id: nil, rule: rule, category: category, kind: kind, cell: cell, from: from,
                until: until ?? end?.rfc3339Seconds ?? "", by: by, reason: reason,
                scores: dropScores ? "drop" : "keep")
            try asking.show(try asking.ask(request))
        }
    }

    /// `tocsin silence list`
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the silences that hold now or later.")
        @OptionGroup var asking: Asking

        func run() throws { try asking.show(try asking.ask(ControlRequest(.silenceList))) }
    }

    /// `tocsin silence expire`
    struct Expire: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End a silence now; what it withheld is dispatched if it still stands.")
        @Argument(help: "The silence's id.")
        var id: String
        @OptionGroup var asking: Asking

        func run() throws {
            var request = ControlRequest(.silenceExpire)
            request.id = id
            try asking.show(try asking.ask(request))
        }
    }
}

extension SilenceEntry {
    /// One line for people.
    var text: String {
        let what = [
            rule.map { "rule \($0)" }, category, kind.map { "kind \($0)" }, cell.map { "in \($0)" },
        ].compactMap { $0 }.joined(separator: ", ")
        let start = from.map { "from \($0) " } ?? ""
        let scores = scores == "drop" ? ", scores dropped" : ""
        return "\(id ?? "new"): \(what), \(start)until \(until)\(scores), by \(by): \(reason)"
    }
}
