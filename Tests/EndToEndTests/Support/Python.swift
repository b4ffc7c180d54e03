import Foundation
import Testing

/// A Python that knows ZeroMQ.
///
/// Where there is none, tests that want one are skipped and say so; on a build server (`CI=true`)
/// they fail instead, because nobody would notice.
enum Python {
    /// Why tests are skipped, or fail.
    static let advice: Comment = "no Python here knows zmq: `make setup`, or pip install pyzmq"

    static var isDispensable: Bool {
        interpreter == nil && ProcessInfo.processInfo.environment["CI"] != "true"
    }

    static func required() throws -> String { try #require(interpreter, advice) }

    /// Debian's module serves Debian's Python, which need not be the first on the path.
    private static let interpreter: String? = {
        let chosen = ProcessInfo.processInfo.environment["PYTHON"].map { [$0] } ?? []
        return (chosen + ["python3", "/usr/bin/python3"]).first { candidate in
            let trial = Process()
            trial.executableURL = URL(filePath: "/usr/bin/env")
            trial.arguments = [candidate, "-c", "import zmq"]
            trial.standardError = FileHandle.nullDevice
            do { try trial.run() } catch { return false }
            trial.waitUntilExit()
            return trial.terminationStatus == 0
        }
    }()
}

extension Program {
    /// Starts a Python script.
    static func python(
        _ script: String, _ arguments: [String], in directory: TemporaryDirectory, as name: String
    ) throws -> Program {
        // Unbuffered, so that what it printed is there when it is ended.
        try Program(
            "/usr/bin/env", [Python.required(), "-u", script] + arguments, in: directory, as: name)
    }
}
