import Foundation

/// A server of one's own, in a directory of its own, that ends with the demonstration.
final class DemoServer {
    let directory: String
    private let process = Process()

    var push: String { "ipc://\(directory)/push" }
    var feed: String { "ipc://\(directory)/feed" }
    var journal: String { "\(directory)/tocsin.sqlite" }
    private var log: String { "\(directory)/server.log" }

    /// Starts `tocsin run` on a city in `directory`, which is emptied first.
    ///
    /// **Fails**: the directory cannot be written, or the program cannot be started.
    init(in directory: String, city: String, root: String) throws {
        self.directory = directory
        try Self.prepare(directory)
        try Data(city.utf8).write(to: URL(filePath: "\(directory)/city.geojson"))
        try Data().write(to: URL(filePath: log))
        guard let program = Bundle.main.executableURL,
            let output = FileHandle(forWritingAtPath: log)
        else { throw CommandFailure.unavailable("cannot write in \(directory)") }
        process.executableURL = program
        process.arguments =
            ["run", "--journal", journal, "--cells", "\(directory)/city.geojson", "--root", root]
            + [
                "broadcast": "ingest.broadcast.bind", "push": "ingest.push.bind",
                "acknowledged": "ingest.acknowledged.bind",
                "feed": "feed.bind", "control": "control.bind",
                "dispatch": "dispatch.bind",
            ]
            .flatMap { ["--set", "\($1)=ipc://\(directory)/\($0)"] }
        process.standardOutput = output
        process.standardError = output
        try process.run()
    }

    /// Only what an earlier demonstration left is removed.
    private static func prepare(_ directory: String) throws {
        let files = FileManager.default
        do {
            try files.createDirectory(atPath: directory, withIntermediateDirectories: true)
            for name in try files.contentsOfDirectory(atPath: directory)
            where name.hasPrefix("tocsin.sqlite") {
                try files.removeItem(atPath: "\(directory)/\(name)")
            }
        } catch {
            throw CommandFailure.unavailable(
                "cannot use the directory \(directory): \(error.localizedDescription)")
        }
    }

    /// **Fails**: with what the server said last, when it has ended.
    func checkRunning() throws(CommandFailure) {
        if process.isRunning { return }
        throw .unavailable("the server has ended\n\(try readText(log))")
    }

    /// Ends the server and waits until its journal is complete.
    func end() {
        if process.isRunning { process.terminate() }
        process.waitUntilExit()
    }
}
