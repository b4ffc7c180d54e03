import ArgumentParser
import Domain
import Foundation
import Scenario
import Settings

/// `tocsin simulate`: a city that does not exist sends alerts to a server.
struct SimulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Play a simulated city to a running server.",
        discussion: """
            Five minutes, incidents ten times faster than life:  tocsin simulate --speed 10
            Only a flood and a crowd, an hour:                   tocsin simulate --duration 1h \\
                                                                   --incidents flood,crowd
            A large city, every sensor heard in a minute:
              tocsin cells generate --micro 126449 --out city.geojson
              tocsin simulate --cells city.geojson --root HB --sensors 100000 --rate 2000

            It plays in the cells of the settings, which must be those of the server. The same seed \
            gives the same city and the same incidents. The story goes to standard error; --json \
            prints the truth at the end: every incident with category, cell, start and end.

            Exit codes: 0 played; 2 nobody takes alerts there, or the cells do not load; 3 wrong usage.
            """)

    @OptionGroup(title: "Settings")
    var settings: SettingsOptions
    @Option(help: "Where the server takes alerts.")
    var to = ServerAddress.push
    @Option(help: "What everything follows from.")
    var seed: UInt64 = 7
    @Option(help: "How long to play.")
    var duration = LengthOfTime(seconds: 300)
    @Option(help: "Everyday alerts a second.")
    var rate = 20.0
    @Option(help: "How many sensors stand in the city (default: any place may have any).")
    var sensors: Int?
    @Option(help: "How often a source that has spoken says that it is alive.")
    var heartbeat = LengthOfTime(seconds: 5)
    @Option(help: "How many times faster than life incidents unfold.")
    var speed = 1.0
    @Option(help: "Which incidents, separated by commas (default: one of each kind).")
    var incidents: IncidentList?
    @Flag(help: "Print the truth as JSON at the end.")
    var json = false

    /// `flood,crowd`
    struct IncidentList: ExpressibleByArgument {
        let kinds: [IncidentKind]

        init?(argument: String) {
            let words = argument.split(separator: ",").map(String.init)
            let kinds = words.compactMap(IncidentKind.init)
            guard kinds.count == words.count, !kinds.isEmpty else { return nil }
            self.kinds = kinds
        }

        static var allValueStrings: [String] { IncidentKind.allCases.map(\.rawValue) }
    }

    func validate() throws {
        guard rate >= 0, rate.isFinite, speed > 0, speed.isFinite else {
            throw ValidationError("--rate is at least 0, and --speed above it")
        }
    }

    func run() throws {
        let cells = try settings.load().settings.cells
        let grid = try CitySource.load(cells)
        // Only now: alerts from before a large city was loaded would all come late.
        var options = ScenarioOptions(seed: seed, start: .now)
        options.duration = .milliseconds(Int64(duration.milliseconds))
        (options.rate, options.speed, options.sensors) = (rate, speed, sensors)
        options.heartbeat = .milliseconds(Int64(heartbeat.milliseconds))
        if let incidents { options.incidents = incidents.kinds }
        let player = try ScenarioPlayer.playing(in: grid, options)
        let sent = try play(player)
        StandardError.say("played: \(grouped(sent)) alerts, \(player.truth.count) incidents")
        if json { print(player.truthJSON()) }
    }

    private func play(_ player: ScenarioPlayer) throws -> Int {
        let patience = LengthOfTime(seconds: 10)
        let sender = try AlertSender(to: to, by: .push, in: openContext(), patience: patience)
        var stage = ScenarioStage(player, to: sender)
        while !stage.isOver {
            for phase in try stage.step() { StandardError.say(phase.text) }
            let wait = stage.nextStep(within: .seconds(1)) - .now
            Thread.sleep(forTimeInterval: max(0, wait.seconds))
        }
        return stage.alertsSent
    }
}
