import ArgumentParser
import Domain
import Foundation
import Scenario

/// `tocsin demo`: everything at once, for a newcomer.
struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Show a simulated city live, from alert to task.",
        discussion: """
            Starts a server of its own, plays a city with one incident of each kind to it, and shows \
            the cells at a warning level, the story and the tasks with their reasons. City, journal \
            and log stay in the directory.

            Exit codes: 0 every incident got a task; 1 one did not; 2 the server could not run.
            """)

    @Option(help: "What the city and its incidents follow from.")
    var seed: UInt64 = 7
    @Option(help: "How long to play.")
    var duration = LengthOfTime(seconds: 80)
    @Option(help: "How many times faster than life incidents unfold.")
    var speed = 20.0
    @Option(help: "Everyday alerts a second.")
    var rate = 60.0
    @Option(help: "Where city, journal and log go.")
    var directory = "var/demo"
    @Flag(help: "Keep the server running afterwards, until Ctrl-C.")
    var stay = false

    func run() throws {
        let plan = CityPlan(seed: seed)
        let grid = try CitySource.generated(plan)
        let server = try DemoServer(in: directory, city: plan.geoJSON(), root: plan.root)
        defer { server.end() }
        try awaitStart(of: server)
        var options = ScenarioOptions(seed: seed, start: .now)
        options.duration = .milliseconds(Int64(duration.milliseconds))
        (options.rate, options.speed) = (rate, speed)
        var demo = try DemoRun(
            server, ScenarioPlayer.playing(in: grid, options), in: openContext())
        guard let report = try demo.play() else { return }
        print("\n\(report.text)\n\(nextSteps(server))")
        if stay { while !EndSignals().came(within: 200) { try server.checkRunning() } }
        guard report.isComplete else {
            throw CommandFailure.findings("not every incident got a task")
        }
    }

    private func awaitStart(of server: DemoServer) throws {
        var feed = try FeedReader(
            server.feed, prefixes: ["heartbeat/v1/json/tocsin/"], in: openContext())
        for _ in 0..<100 {
            try server.checkRunning()
            if try feed.next(until: .now + .milliseconds(200)) != nil { return }
        }
        throw CommandFailure.unavailable("the server did not start within 20 s")
    }

    private func nextSteps(_ server: DemoServer) -> String {
        let journal = "the journal: sqlite3 \(server.journal) 'SELECT * FROM tasks'"
        guard stay else { return "\(journal)\nrun again with --stay to try it by hand" }
        return """
            \(journal)
            The server stays up. From a second terminal, in this directory:
              tocsin tail --from \(server.feed)
              tocsin status --from \(server.feed)
              tocsin simulate --cells \(server.directory)/city.geojson --root HB --to \(server.push)
            Ctrl-C ends it.
            """
    }
}
