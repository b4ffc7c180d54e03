import Foundation
import Journal
import Testing

/// A server of its own: `tocsin run` on free ports, with its files in a temporary directory.
final class TestServer {
    let directory: TemporaryDirectory
    private(set) var broadcast = ""
    private(set) var push = ""
    private(set) var acknowledged = ""
    private(set) var feed = ""
    private(set) var dispatch = ""
    private(set) var control = ""
    private let program: Program

    /// Starts it and waits until it is ready.
    ///
    /// - Parameter settings: lines of YAML besides the addresses and the journal's.
    /// - Parameter set: settings on top, `key=value`.
    init(
        _ settings: String = "", in directory: TemporaryDirectory? = nil, set: [String] = []
    ) throws {
        self.directory = try directory ?? TemporaryDirectory()
        let door = settings.contains("dispatch:") ? "" : Self.dispatchAddress
        let file = try self.directory.write(
            Self.addresses + door + settings, to: "tocsin.yaml")
        program = try Program(
            Places.program, ["run", "--config", file] + set.flatMap { ["--set", $0] },
            in: self.directory, as: "server")
        // Building the cells of a whole city takes its time in a debug build.
        let ready = wait(atMost: 60) { !program.isRunning || log.contains("Ready") }
        try #require(ready && program.isRunning, "the server did not start: \(log)")
        broadcast = try address("ingest.broadcast")
        push = try address("ingest.push")
        acknowledged = try address("ingest.acknowledged")
        feed = try address("feed")
        dispatch = try address("dispatch")
        control = try address("control")
    }

    private static let addresses = """
        ingest: {broadcast: {bind: "tcp://127.0.0.1:*"}, push: {bind: "tcp://127.0.0.1:*"}, \
        acknowledged: {bind: "tcp://127.0.0.1:*"}}
        feed: {bind: "tcp://127.0.0.1:*"}
        control: {bind: "tcp://127.0.0.1:*"}
        journal: {path: journal.sqlite}

        """

    private static let dispatchAddress = "dispatch: {bind: \"tcp://127.0.0.1:*\"}\n"

    var journal: String { directory.path + "/journal.sqlite" }
    var log: String { program.log }

    /// An address as the start of the log gives it.
    private func address(_ name: String) throws -> String {
        let line = try #require(log.split(separator: "\n").first { $0.hasPrefix("  \(name) ") })
        return String(line.split(separator: " ")[1])
    }

    /// Ends it by SIGTERM, expects that all went well, and gives the counters it left behind.
    @discardableResult
    func end() throws -> [String: Int] {
        program.signal(SIGTERM)
        let code = try program.exitCode()
        #expect(code == 0, "\(log)")
        return try tally()
    }

    func signal(_ number: Int32) { program.signal(number) }

    /// Ends it as a power cut would, but for what the system has in its buffers.
    func kill() { program.kill() }

    /// The counters of the journal's last run.
    func tally() throws -> [String: Int] {
        let status = try tocsin("status", "--journal", journal, "--json", in: directory)
        try #require(status.code == 0, "\(status.log)")
        return try JSONDecoder().decode(JournalStatus.self, from: Data(status.output.utf8)).counters
    }

    private struct JournalStatus: Decodable {
        let counters: [String: Int]
    }

    /// How many alerts the journal holds, every batch with a sound checksum.
    func journaledAlerts() throws -> Int {
        var count = 0
        try JournalReader(path: journal).forEachAlert { _, _ in count += 1 }
        return count
    }
}

/// Runs `body` with a server and ends that in every case; gives the counters it left.
@discardableResult
func withServer(
    _ settings: String = "", _ body: (TestServer) throws -> Void
) throws -> [String: Int] {
    let server = try TestServer(settings)
    do {
        try body(server)
    } catch {
        // What went wrong in the body matters; that it ended as it should is told beside it.
        #expect(throws: Never.self) { try server.end() }
        throw error
    }
    return try server.end()
}

extension [String: Int] {
    /// Those of the refusals that are not 0, by code.
    var refused: [String: Int] {
        reduce(into: [:]) { codes, counter in
            guard counter.key.hasPrefix("rejected_"), counter.value > 0 else { return }
            codes[String(counter.key.dropFirst("rejected_".count))] = counter.value
        }
    }

    var accepted: Int {
        self["accepted_push", default: 0] + self["accepted_broadcast", default: 0]
            + self["accepted_acknowledged", default: 0]
    }
    var received: Int {
        self["received_push", default: 0] + self["received_broadcast", default: 0]
            + self["received_acknowledged", default: 0]
    }
}
