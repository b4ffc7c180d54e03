import ArgumentParser
import Domain
import Foundation
import Journal
import Settings

/// Which journal a command is about.
struct JournalPlace: ParsableArguments {
    @Argument(help: "The journal (default: the settings' journal.path).")
    var file: String?
    @Option(help: "The settings file.")
    var config: String?

    /// The journal's file. **Fails**: when the settings are wrong.
    func path() throws(CommandFailure) -> String {
        if let file { return file }
        return try settings().journal.path
    }

    func settings() throws(CommandFailure) -> Settings {
        let options: SettingsOptions
        do {
            options = try SettingsOptions.parse(config.map { ["--config", $0] } ?? [])
        } catch {
            throw .usage("\(error)")
        }
        return try options.load().settings
    }

    /// Does `work` with the journal at `path`.
    ///
    /// **Fails**: with exit code 2, in words that name the file, when it cannot be read or is none.
    static func reading<Result>(
        _ path: String, _ work: (JournalReader) throws -> Result
    ) throws -> Result {
        guard FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure.unavailable(
                "cannot read the journal \(path): no such file; name one, or the settings of the "
                    + "server that writes it with --config")
        }
        do {
            let reader = try JournalReader(path: path)
            try reader.requireJournal()
            return try work(reader)
        } catch let failure as JournalFailure {
            throw CommandFailure.unavailable("cannot read the journal \(path): \(failure)")
        }
    }
}
