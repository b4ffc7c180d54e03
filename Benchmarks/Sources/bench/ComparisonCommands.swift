import ArgumentParser
import Foundation

/// Which subjects to compare, and how: the relay and Tocsin.
struct SubjectOptions: ParsableArguments {
    @Option(help: "Tocsin's program.") var tocsin = TocsinServer.builtProgram
    @Option(help: "A setting for Tocsin, key=value; may be repeated.") var set: [String] = []
    @Option(help: "First of five ports: two of the relay, three of Tocsin.") var port = 5850
    @Option(help: "Topic prefix of the outputs that answer an alert.") var answers = "task/"
    @Option(help: "Kinds of the alerts, as the catalog names them.")
    var kinds = "gas,smoke,temperature,noise,crowd,intrusion,network,vibration"
    @Option(help: "How often each subject runs, in turn with the others.") var repetitions = 5
    @Option(help: "Alerts a repetition.") var alerts: Int?
    @Option(help: "One alert in so many is anomalous, and is answered.") var anomalyEvery: Int?
    @Flag(help: "The relay in Tocsin's place: how near to 1 the ratios are is the machine's noise.")
    var control = false
    @Flag(help: "Print JSON.") var json = false

    enum Door { case broadcast, push }

    /// `load` is what holds where no option says otherwise; of `relayed` messages the relay forwards one.
    func compare(through door: Door, _ load: Load, relayed: Int) throws {
        var load = load
        load.alerts = alerts ?? load.alerts
        load.anomalyEvery = anomalyEvery ?? load.anomalyEvery
        load.kinds = kinds.split(separator: ",").map(String.init)
        let relay = try relay(door, forwardingOneIn: relayed)
        let server = try TocsinServer(program: tocsin, firstPort: port + 2, settings: set)
        defer { server.removeFiles() }
        let subject = control ? relay : server.subject(door, answers: answers)
        let comparison = Comparison(
            subjects: [relay, subject], load: load, repetitions: repetitions)
        try comparison.run().show(asJSON: json)
    }

    private func relay(_ door: Door, forwardingOneIn share: Int) throws -> Subject {
        let (doorEndpoint, feed) = ("tcp://127.0.0.1:\(port)", "tcp://127.0.0.1:\(port + 1)")
        // It is built beside this program.
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let folder = URL(fileURLWithPath: own).deletingLastPathComponent()
        return Subject(
            name: "relay",
            command: [
                folder.appending(component: "relay").path, door == .push ? "pull" : "sub",
                doorEndpoint, feed, "\(share)",
            ],
            door: door == .push ? .push(doorEndpoint) : .broadcast(doorEndpoint), feed: feed,
            topic: "alert/")
    }
}

struct LatencyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "latency", abstract: "From alert in to task out, at a steady rate.")

    @OptionGroup var subjects: SubjectOptions
    @Option(help: "Alerts a second.") var rate = 10_000

    func run() throws {
        // As many answers as Tocsin gives, so that both write as often.
        let load = Load(
            alerts: rate * 6, alertsPerSecond: rate, kinds: [], anomalyEvery: 10, warmUp: rate * 6)
        let share = subjects.anomalyEvery ?? load.anomalyEvery
        try subjects.compare(through: .broadcast, load, relayed: share)
    }
}

struct SaturationCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "saturation", abstract: "Alerts a second with back-pressure, CPU an alert.")

    @OptionGroup var subjects: SubjectOptions

    func run() throws {
        let load = Load(
            alerts: 500_000, alertsPerSecond: nil, kinds: [], anomalyEvery: 100, warmUp: 200_000)
        try subjects.compare(through: .push, load, relayed: 1)
    }
}
