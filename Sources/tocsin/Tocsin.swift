// tocsin: the command line.
//
// Each command is one thin file in Commands/: it says what its flags are, hands them to the module
// or the folder that does the work, and prints the outcome. Nothing is decided here. Answers go to
// standard output, progress and errors to standard error.
//
// Exit codes: 0 as wished; 1 findings, failed tests, lines that could not be read; 2 something
// could not be read, loaded or reached; 3 wrong usage or settings.

import ArgumentParser
import Glibc

/// The root of all commands.
@main
struct Tocsin: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tocsin",
        abstract: "Listen to a city's sensors, score every grid cell, and propose tasks.",
        discussion: """
            Start the server with `tocsin run`, send it an alert with `tocsin publish`, and watch what \
            it decides with `tocsin tail`. `tocsin demo` does all three for a simulated city.

            Exit codes: 0 as wished; 1 findings or failures; 2 something could not be read, loaded or \
            reached; 3 wrong usage or settings.
            """,
        version: version,
        subcommands: [
            RunCommand.self, PublishCommand.self, TailCommand.self, StatusCommand.self,
            DemoCommand.self, SimulateCommand.self, CheckCommand.self, TestCommand.self,
            CellsCommand.self, SourcesCommand.self, ReloadCommand.self, SilenceCommand.self,
            ModeCommand.self, DispatchCommand.self, ReportCommand.self, JournalCommand.self,
            ReplayCommand.self, SweepCommand.self, FmtCommand.self, LockCommand.self,
            DiffCommand.self, SchemaCommand.self, ExplainCommand.self, CaptureCommand.self,
        ])

    static let version = "0.1.0"

    /// Runs the command that the arguments name, and ends the process with its exit code.
    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let failure as CommandFailure {
            StandardError.say("tocsin: \(failure.message)")
            Glibc.exit(failure.code.rawValue)
        } catch  where exitCode(for: error) == .validationFailure {
            StandardError.say(fullMessage(for: error))
            Glibc.exit(ExitStatus.usage.rawValue)
        } catch {
            exit(withError: error)
        }
    }
}

/// What the process says when it ends.
enum ExitStatus: Int32 {
    case success = 0
    case findings = 1
    case unavailable = 2
    case usage = 3
}

/// Why a command gave up, in words for the one who typed it.
struct CommandFailure: Error, Equatable {
    let code: ExitStatus
    /// Says what to do, where something can be done.
    let message: String

    static func findings(_ message: String) -> CommandFailure {
        CommandFailure(code: .findings, message: message)
    }
    static func unavailable(_ message: String) -> CommandFailure {
        CommandFailure(code: .unavailable, message: message)
    }
    static func usage(_ message: String) -> CommandFailure {
        CommandFailure(code: .usage, message: message)
    }
}
