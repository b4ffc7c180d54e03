import ArgumentParser
import Foundation

/// Which subjects to compare, beside the relay, which always runs.
struct SubjectOptions: ParsableArguments {
    @Option(help: "Command line that starts Tocsin; without it only the relay is measured.")
    var tocsin: String?
    @Option(help: "Tocsin's broadcast door.") var broadcast = "tcp://127.0.0.1:5550"
    @Option(help: "Tocsin's push door.") var push = "tcp://127.0.0.1:5551"
    @Option(help: "Tocsin's feed.") var feed = "tcp://127.0.0.1:5560"
    @Option(help: "Topic prefix of the outputs that answer an alert.") var answers = "task/"
    @Option(help: "First of two ports for the relay.") var relayPort = 5750
    @Option(help: "Kinds of the alerts, as the catalog names them.")
    var kinds = "gas,smoke,temperature,noise,crowd,intrusion,network,vibration"
    @Option(help: "How often each subject runs, in turn with the others.") var repetitions = 5
    @Option(help: "Alerts a repetition.") var alerts: Int?
    @Flag(help: "Print JSON.") var json = false

    enum Door { case broadcast, push }

    func compare(through door: Door, alerts: Int, alertsPerSecond: Int?) throws {
        let load = Load(
            alerts: self.alerts ?? alerts, alertsPerSecond: alertsPerSecond,
            kinds: kinds.split(separator: ",").map(String.init))
        let comparison = Comparison(
            subjects: [try relay(door)] + tocsinSubject(door), load: load, repetitions: repetitions)
        try comparison.run().show(asJSON: json)
    }

    private func relay(_ door: Door) throws -> Subject {
        let (doorEndpoint, feed) = (
            "tcp://127.0.0.1:\(relayPort)", "tcp://127.0.0.1:\(relayPort + 1)"
        )
        // It is built beside this program.
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let folder = URL(fileURLWithPath: own).deletingLastPathComponent()
        return Subject(
            name: "relay",
            command: [
                folder.appending(component: "relay").path, door == .push ? "pull" : "sub",
                doorEndpoint, feed,
            ],
            door: door == .push ? .push(doorEndpoint) : .broadcast(doorEndpoint), feed: feed,
            topic: "alert/")
    }

    private func tocsinSubject(_ door: Door) -> [Subject] {
        guard let tocsin else { return [] }
        return [
            Subject(
                name: "tocsin", command: tocsin.split(separator: " ").map(String.init),
                door: door == .push ? .push(push) : .broadcast(broadcast), feed: feed,
                topic: answers)
        ]
    }
}

struct LatencyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "latency", abstract: "From alert in to task out, at a steady rate.")

    @OptionGroup var subjects: SubjectOptions
    @Option(help: "Alerts a second.") var rate = 10_000

    func run() throws {
        try subjects.compare(through: .broadcast, alerts: rate * 10, alertsPerSecond: rate)
    }
}

struct SaturationCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "saturation", abstract: "Alerts a second with back-pressure, CPU an alert.")

    @OptionGroup var subjects: SubjectOptions

    func run() throws {
        try subjects.compare(through: .push, alerts: 1_000_000, alertsPerSecond: nil)
    }
}
