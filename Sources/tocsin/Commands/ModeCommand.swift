import ArgumentParser
import RuleBook

/// `tocsin mode`: switch the mode of the city or a part of it.
struct ModeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mode",
        abstract: "Switch the city, or a part of it, to another mode.",
        discussion: """
            The whole city:       tocsin mode emergency
            One district:         tocsin mode emergency --area CITY/north/
            Back again:           tocsin mode normal --area CITY/north/

            Modes stand in the catalog; rules have other thresholds, holds and deadlines in them. \
            Nothing is dropped by a switch, and it is written down in the journal.

            Exit codes: 0 switched; 2 no server answers, or there is no such mode or cell; 3 wrong \
            usage.
            """)

    @Argument(help: "The mode's name in the catalog.")
    var mode: String
    @Option(help: "Path or code of a cell; everything below it is switched (default: the city).")
    var area: String?
    @Option(help: "The server's control address.")
    var at = ServerAddress.control
    @Option(help: "How long to wait for the answer.")
    var patience = LengthOfTime(seconds: 5)
    @Flag(help: "Print the answer as JSON.")
    var json = false

    func run() throws {
        var request = ControlRequest(.mode)
        request.mode = mode
        request.area = area
        guard let report = try ControlClient(address: at, patience: patience).ask(request).mode
        else { throw CommandFailure.unavailable("the server did not say what it did") }
        print(
            json
                ? try prettyJSON(report)
                : "\(report.area): \(report.mode), \(grouped(report.cells)) cells")
    }
}
