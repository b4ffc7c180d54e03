import ArgumentParser
import RuleBook

/// `tocsin reload`: a running server takes over its files as they are now.
struct ReloadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Have a running server take over its rules, sources and cells as they are now.",
        discussion: """
            See first what it would do:     tocsin reload --dry-run
            Then do it:                     tocsin reload

            The server reads, checks, tests and compiles the files aside, and swaps them in between \
            two alerts. One mistake or one failed test, and nothing changes. A rule keeps its state \
            unless what its state is made of changed (by, windows, corroborate, sequence, absence).

            Also the registry of sources, and the cells: where the files of cells.files are others \
            than those that run, the server moves to the new grid. Scores, windows and open tasks go \
            along, each to the cell where it was sensed, or to the one that goes on with its own.

            A server that watches its files (rules.watch: on, the default) does this with rules and \
            sources by itself a second or two after they changed, and with all on SIGHUP.

            Exit codes: 0 taken over; 2 the files do not load, or no server answers; 3 wrong usage.
            """)

    @Flag(help: "Say what would become of rules, sources and cells, and change nothing.")
    var dryRun = false
    @Flag(help: "Print the report as JSON.")
    var json = false
    @Option(help: "The server's control address.")
    var at = ServerAddress.control
    @Option(help: "How long to wait for the answer; a large rule set takes seconds to test.")
    var patience = LengthOfTime(seconds: 120)

    func run() throws {
        var request = ControlRequest(.reload)
        request.dryRun = dryRun
        guard let report = try ControlClient(address: at, patience: patience).ask(request).reload
        else { throw CommandFailure.unavailable("the server did not say what it did") }
        if json {
            print(try prettyJSON(report))
        } else {
            print(Self.text(report))
        }
    }

    /// What stays the same is counted; what does not is named.
    private static func text(_ report: ReloadReport) -> String {
        let changes = report.rules.filter { $0.fate != .kept }.map { rule in
            padded(rule.fate.rawValue, to: 10) + rule.rule
                + (rule.warmUntil.map { ", warm at \($0)" } ?? "")
        }
        let head = report.dryRun ? "This would run " : "Now runs "
        let cells = report.cells?.lines(most: 40) ?? []
        return (cells + changes + [head + report.summary] + (report.notes ?? []))
            .joined(separator: "\n")
    }
}
