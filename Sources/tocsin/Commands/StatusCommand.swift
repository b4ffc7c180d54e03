import ArgumentParser
import RuleBook

/// `tocsin status`: the counters of a running server.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show what a server received, refused, lost and decided.",
        discussion: """
            Asks a running server:        tocsin status
            For a script:                 tocsin status --json
            When the server is down:      tocsin status --journal var/tocsin.sqlite
            Tasks kept back, and by what: tocsin status --withheld
            Desks, and what they wait for: tocsin status --desks

            Every alert received is counted as accepted or under the reason it was refused for.

            Exit codes: 0 shown; 2 no server answers, or the journal cannot be read; 3 wrong usage.
            """)

    @Option(help: "The server's feed.")
    var from = ServerAddress.feed
    @Option(help: "How long to wait for the server's heartbeat, which comes once a second.")
    var patience = LengthOfTime(seconds: 3)
    @Option(help: "Read the last run's counters from this journal instead.")
    var journal: String?
    @Flag(help: "List the tasks that an inhibit or a silence withholds, longest first.")
    var withheld = false
    @Flag(help: "List the dispatch desks: what waits, is under way, and was sent in vain.")
    var desks = false
    @Option(help: "The server's control socket, for --withheld and --desks.")
    var at = ServerAddress.control
    @Flag(help: "Print the figures as JSON.")
    var json = false

    func run() throws {
        if withheld {
            try listWithheld()
        } else if desks {
            let report = try askForDesks(within: patience.milliseconds)
            print(json ? try prettyJSON(report) : report.lines.joined(separator: "\n"))
        } else if let journal {
            try show(JournalTally(path: journal))
        } else {
            try askServer()
        }
    }

    private func show(_ tally: JournalTally) throws {
        print(json ? try tally.json() : StatusTable(tally).text)
    }

    private func listWithheld() throws {
        let client = ControlClient(address: at, patience: patience)
        let reply = try client.ask(ControlRequest(.withheld))
        let tasks = reply.withheld ?? []
        if json { return print(try prettyJSON(tasks)) }
        if tasks.isEmpty { return print("no task is withheld") }
        for task in tasks {
            print("\(task.since)  \(task.rule)  \(task.cell)  \(task.title)")
            print("    by the \(task.cause) \(task.by)")
        }
    }

    private func askServer() throws {
        var reader = try FeedReader(
            from, prefixes: ["heartbeat/v1/json/tocsin/"], in: openContext())
        guard let item = try reader.next(until: .now + patience.duration) else {
            throw CommandFailure.unavailable(
                "no server answers at \(from) within \(patience); is `tocsin run` up, and is its "
                    + "feed there?")
        }
        if json {
            print(String(decoding: item.body, as: UTF8.self))
        } else {
            print(StatusTable(try decodeFeed(FeedHeartbeat.self, item.body)).text)
            try showDesks()
        }
    }

    private func askForDesks(within milliseconds: Int) throws -> DesksReport {
        let client = ControlClient(
            address: at, patience: LengthOfTime(milliseconds: milliseconds))
        guard let report = try client.ask(ControlRequest(.desks)).desks else {
            throw CommandFailure.unavailable("what answers at \(at) knows no desks")
        }
        return report
    }

    /// The desks below the counters, where there are any; they are asked for at another door.
    private func showDesks() throws {
        do {
            let report = try askForDesks(within: min(patience.milliseconds, 1000))
            if !report.desks.isEmpty { print("\n" + report.lines.joined(separator: "\n")) }
        } catch let failure as CommandFailure {
            StandardError.say("tocsin: the desks are not shown: \(failure.message)")
        }
    }
}
