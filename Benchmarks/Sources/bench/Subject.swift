import Foundation

/// What is measured: how to start it and where it listens and speaks.
struct Subject: Sendable {
    var name: String
    /// The executable and its arguments.
    var command: [String]
    var door: Endpoint
    var feed: String
    /// Outputs with this topic prefix answer an alert.
    var topic: String
    /// Files that a start makes anew.
    var leftovers: [String] = []

    enum Endpoint: Sendable {
        /// A SUB that publishers connect to: losses when it is overrun.
        case broadcast(String)
        /// A PULL: back-pressure.
        case push(String)
    }

    func start() throws -> RunningSubject {
        for path in leftovers where FileManager.default.fileExists(atPath: path) {
            try FileManager.default.removeItem(atPath: path)
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst())
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return RunningSubject(process: process)
    }
}

/// A subject's process, ended when the value goes.
struct RunningSubject: ~Copyable {
    private let process: Process

    fileprivate init(process: Process) { self.process = process }

    deinit {
        process.terminate()
        process.waitUntilExit()
    }

    var isRunning: Bool { process.isRunning }

    /// User and system time so far, in microseconds; the kernel counts in ticks of 10 ms.
    func cpuMicroseconds() throws -> Double {
        let path = "/proc/\(process.processIdentifier)/stat"
        let stat = try String(contentsOfFile: path, encoding: .utf8)
        // The second field is the name in parentheses, and may hold spaces.
        let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12])
        else { throw BenchFailure.unreadable(path) }
        return (user + system) * 1_000_000 / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// The highest resident size so far.
    func residentMegabytes() throws -> Double {
        let path = "/proc/\(process.processIdentifier)/status"
        let status = try String(contentsOfFile: path, encoding: .utf8)
        for line in status.split(separator: "\n") where line.hasPrefix("VmHWM:") {
            let words = line.split(whereSeparator: \.isWhitespace)
            if words.count > 1, let kilobytes = Double(words[1]) { return kilobytes / 1024 }
        }
        throw BenchFailure.unreadable(path)
    }
}

enum BenchFailure: Error {
    case unreadable(String)
    /// The subject gave no answer to the first alerts.
    case silent(subject: String, seconds: Int)
    case ended(subject: String)
}
