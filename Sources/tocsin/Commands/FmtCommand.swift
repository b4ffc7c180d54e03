import ArgumentParser
import Foundation
import RuleBook

/// `tocsin fmt`: one layout for all rule files.
struct FmtCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fmt",
        abstract: "Lay rule files out in one way; remarks stay with their keys.",
        discussion: """
            Write the files anew:    tocsin fmt rules/harbour
            Only say which differ:   tocsin fmt --check rules/harbour

            What a file means never changes: the result is read again and compared before it is \
            written.

            Exit codes: 0 done, or nothing to do; 1 with --check, some file differs; 2 a file cannot \
            be read or written; 3 wrong usage.
            """)

    @Argument(help: "Files of rules, tests, catalogs, silences, and directories of them.")
    var paths: [String]
    @Flag(help: "Change nothing; exit with 1 when a file would be changed.")
    var check = false

    func run() throws {
        var differing = 0
        for file in try loading({ () throws(RuleErrors) in try RuleFiles.all(paths) }) {
            let text = try loading { () throws(RuleErrors) in try RuleFormat.formatted(file) }
            guard text != file.text else { continue }
            differing += 1
            print(file.path)
            if !check { try TextFile.write(text, to: file.path) }
        }
        if check, differing > 0 { throw ExitCode(ExitStatus.findings.rawValue) }
    }

    private func loading<Result>(
        _ body: () throws(RuleErrors) -> Result
    ) throws(CommandFailure) -> Result {
        do throws(RuleErrors) { return try body() } catch { throw .unavailable(error.text) }
    }
}

/// Writes what commands make.
enum TextFile {
    /// **Fails**: with exit code 2 and what the system says.
    static func write(_ text: String, to path: String) throws(CommandFailure) {
        do {
            try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw .unavailable("cannot write \(path): \(error.localizedDescription)")
        }
    }
}
