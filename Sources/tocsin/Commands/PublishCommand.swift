import ArgumentParser
import Domain
import ZeroMQ

/// `tocsin publish`: sends alerts from flags, a file or standard input.
struct PublishCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Send alerts to a server.",
        discussion: """
            One alert from flags:
              tocsin publish --kind gas.concentration --source acme/gas-01 --severity severe \\
                --cell NYC/3/311 --value methane=34%

            Many, one JSON object a line, from a file or standard input (-). A line is a CloudEvent as \
            the protocol describes it, or its flat form: id, source, time and sequence beside the \
            members of data, with lat and lon for position, and value, unit, measure and limit for the \
            one measure. Without an id one is made; without a time it is now:
              echo '{"source":"acme/gas-01","kind":"gas.concentration","severity":"severe",\
            "cell":"NYC/3/311","measure":"methane","value":34,"unit":"%"}' | tocsin publish -

            It waits where the server does not keep up, and ends only when everything is handed over. \
            The server answers none of these alerts: what it refused is in `tocsin status`. With \
            --acknowledged it answers each once it is in the journal, on disk; what it refused is \
            printed with the reason, and what it does not answer is sent again:
              tocsin publish --acknowledged --file alerts.jsonl

            Exit codes: 0 all sent; 1 some lines were no alerts, or were refused; 2 nobody takes \
            alerts there, or the file cannot be read; 3 wrong usage.
            """)

    @OptionGroup(title: "An alert from flags")
    var alert: AlertForm
    @Argument(help: "- to read lines from standard input.")
    var input: String?
    @Option(help: "A file of lines.")
    var file: String?
    @Option(help: "Where the server takes alerts.")
    var to: String?
    @Flag(
        help:
            "Use the broadcast door (default address: tcp://127.0.0.1:5550) instead of the push door."
    )
    var broadcast = false
    @Flag(help: "Have each alert answered (default address: tcp://127.0.0.1:5552).")
    var acknowledged = false
    @Option(help: "Alerts a second (default: as fast as the server takes them).")
    var rate: Double?
    @Option(help: "now: stamp each alert with the moment of sending.")
    var retime: Retiming?
    @Flag(
        help: "Number the alerts of each source, and send heartbeats, so that losses are counted.")
    var sequence = false
    @Option(help: "How long to wait for a server that is not there or does not read on.")
    var patience = LengthOfTime(seconds: 10)
    @Flag(help: "Print the summary as JSON.")
    var json = false

    enum Retiming: String, ExpressibleByArgument, CaseIterable {
        case now
    }

    func validate() throws {
        let inputs = [!alert.isEmpty, input != nil, file != nil].filter { $0 }.count
        guard inputs == 1 else {
            throw ValidationError(
                "give one of: an alert's flags, --file FILE, or - for standard input")
        }
        guard !(broadcast && acknowledged) else {
            throw ValidationError("--broadcast is never answered: leave it or --acknowledged out")
        }
        guard input == nil || input == "-" else {
            throw ValidationError("to read a file, write --file \(input ?? "")")
        }
        guard rate.map({ $0 > 0 && $0.isFinite }) ?? true else {
            throw ValidationError("--rate is a number of alerts a second")
        }
    }

    func run() throws {
        let summary = try publish()
        print(json ? summary.json : summary.text)
        if let refused = summary.answers?.refused, refused > 0 {
            throw CommandFailure.findings("the server refused \(grouped(refused)) of them")
        }
        if summary.skipped > 0 {
            throw CommandFailure.findings(
                "\(grouped(summary.skipped)) line\(summary.skipped == 1 ? " was" : "s were") no alert"
            )
        }
    }

    /// Sends everything and waits until it is handed over.
    private func publish() throws -> PublishSummary {
        let started = ContinuousClock.now
        var (summary, queued) = try sendAll()
        // The context has ended by now, and with it the delivery of what was queued.
        if ContinuousClock.now - queued >= patience.duration {
            throw CommandFailure.unavailable(
                "the server at \(address) did not take everything within \(patience); "
                    + "what it took is in `tocsin status`")
        }
        summary.duration = ContinuousClock.now - started
        return summary
    }

    private func sendAll() throws -> (PublishSummary, queued: ContinuousClock.Instant) {
        let context = try openContext()
        let sender = try Outgoing(to: address, by: door, in: context, patience: patience)
        let composer = AlertComposer(retimes: retime != nil, numbers: sequence, started: .now)
        var run = PublishRun(sender, composer, pace: rate.map(SendPace.init))
        if let path = file ?? input {
            try run.send(linesOf: path)
        } else {
            try run.send(alert.line)
        }
        return (try run.finish(), .now)
    }

    private var address: String {
        switch door {
        case .push: to ?? ServerAddress.push
        case .broadcast: to ?? ServerAddress.broadcast
        case .acknowledged: to ?? ServerAddress.acknowledged
        }
    }

    private var door: PublishDoor {
        acknowledged ? .acknowledged : broadcast ? .broadcast : .push
    }
}
