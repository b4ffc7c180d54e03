import ArgumentParser
import Domain

/// `tocsin tail`: shows what a server decides, as it decides.
struct TailCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tail",
        abstract: "Watch the scores and tasks of a running server.",
        discussion: """
            Everything, in colour:            tocsin tail
            Urgent tasks of one district:     tocsin tail tasks --area NYC/3 --priority P2
            For a script, one body a line:    tocsin tail tasks --json --count 10

            The feed shows things as they are decided and repeats nothing: what was published while \
            nobody watched is in the journal. Where messages are missing, tail says how many; it can \
            tell only while it watches everything (no --area, and all).

            Exit codes: 0 as wished; 2 no sign of a server within --for; 3 wrong usage.
            """)

    enum Wanted: String, ExpressibleByArgument, CaseIterable {
        case scores, tasks, all
    }

    @Argument(help: "scores, tasks or all.")
    var wanted = Wanted.all
    @Option(help: "Only cells under this path, such as NYC/3.")
    var area: String?
    @Option(help: "Only tasks at least as urgent, P1 to P5.")
    var priority: String?
    @Option(help: "Stop after so many messages.")
    var count: Int?
    @Option(name: .customLong("for"), help: "Stop after so long, as in 10s or 5m.")
    var length: LengthOfTime?
    @Option(help: "The server's feed.")
    var from = ServerAddress.feed
    @Flag(help: "Print each message's JSON body on a line of its own.")
    var json = false

    func validate() throws {
        if let priority, leastUrgent == nil {
            throw ValidationError("--priority is P1 to P5, not \(priority)")
        }
        guard count.map({ $0 > 0 }) ?? true else { throw ValidationError("--count is at least 1") }
    }

    private var leastUrgent: Int? {
        guard let priority else { return 5 }
        let match = Priority.allCases.first { "\($0.word)" == priority.uppercased() }
        return match.map { Int($0.rawValue) }
    }

    func run() throws {
        let view = TailView(
            leastUrgent: leastUrgent ?? 5, printsJSON: json,
            seesEverything: wanted == .all && area == nil)
        var tail = TailRun(
            try FeedReader(from, prefixes: prefixes, in: openContext()), view, countMax: count)
        let deadline = length.map { ContinuousClock.now + $0.duration }
        try tail.run(until: deadline)
        guard tail.heardAnything else {
            throw CommandFailure.unavailable(
                "no sign of a server at \(from); is `tocsin run` up, and is its feed there?")
        }
    }

    private var prefixes: [String] {
        let path = area.map { $0.hasSuffix("/") ? $0 : $0 + "/" } ?? ""
        let kinds = wanted == .scores ? ["score"] : wanted == .tasks ? ["task"] : ["score", "task"]
        return kinds.map { "\($0)/v1/json/\(path)" } + ["heartbeat/v1/json/tocsin/"]
    }
}
