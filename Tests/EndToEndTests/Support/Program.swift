import Foundation
import Glibc
import Testing

/// A program that runs, its output in files of a directory.
final class Program {
    private let process = Process()
    private let directory: TemporaryDirectory
    private let name: String

    /// Starts `executable` in `directory`, where `<name>.out` and `<name>.log` take what it says.
    init(
        _ executable: String, _ arguments: [String], in directory: TemporaryDirectory,
        as name: String, environment: [String: String] = [:]
    ) throws {
        self.directory = directory
        self.name = name
        process.executableURL = URL(filePath: executable)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: directory.path)
        // Nothing that is set where the tests run may change what the program does.
        let inherited = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("TOCSIN_") }
        process.environment = inherited.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try Self.file(directory.path + "/\(name).out")
        process.standardError = try Self.file(directory.path + "/\(name).log")
        try process.run()
        RunningPrograms.add(process.processIdentifier)
    }

    deinit { if process.isRunning { signal(SIGKILL) } }

    private static func file(_ path: String) throws -> FileHandle {
        try Data().write(to: URL(filePath: path))
        return try FileHandle(forWritingTo: URL(filePath: path))
    }

    var isRunning: Bool { process.isRunning }
    /// What it said up to now.
    var output: String { directory.read("\(name).out") }
    var log: String { directory.read("\(name).log") }

    func signal(_ number: Int32) { Glibc.kill(process.processIdentifier, number) }

    /// Waits for the end and gives the exit code; kills the program and fails when that takes too
    /// long.
    func exitCode(within seconds: Double = 60) throws -> Int32 {
        let ended = wait(atMost: seconds) { !process.isRunning }
        if !ended { signal(SIGKILL) }
        process.waitUntilExit()
        RunningPrograms.remove(process.processIdentifier)
        try #require(ended, "\(name) did not end within \(seconds) s: \(log)")
        #expect(process.terminationReason == .exit, "\(name) crashed: \(log)")
        return process.terminationStatus
    }

    /// Ends a program that would go on for ever. It may have inherited that gentler signals are
    /// blocked.
    func kill() {
        signal(SIGKILL)
        process.waitUntilExit()
        RunningPrograms.remove(process.processIdentifier)
    }
}

/// Looks every 5 ms whether `condition` holds, and says whether it came to hold.
func wait(atMost seconds: Double, for condition: () throws -> Bool) rethrows -> Bool {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < deadline {
        if try condition() { return true }
        usleep(5000)
    }
    return try condition()
}

/// What a program that ran to its end said.
struct Outcome {
    let code: Int32
    let output: String
    let log: String
}

/// Runs `tocsin` to its end.
func tocsin(
    _ arguments: String..., in directory: TemporaryDirectory, within seconds: Double = 60
) throws -> Outcome {
    let name = "tocsin-\(UUID().uuidString.prefix(8))"
    let program = try Program(Places.program, arguments, in: directory, as: name)
    let code = try program.exitCode(within: seconds)
    return Outcome(code: code, output: program.output, log: program.log)
}
