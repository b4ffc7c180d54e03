import ArgumentParser
import Foundation
import RuleBook
import Workshop

/// `tocsin test`: runs the tests that stand beside rules.
struct TestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Run the tests of rule files.",
        discussion: """
            All shipped rules:       tocsin test
            Some of one's own:       tocsin test rules/harbour --run 'crane'

            Every case runs, whatever failed before it; what was expected stands beside what was.

            Exit codes: 0 all passed; 1 some failed; 2 a file cannot be read; 3 wrong usage.
            """)

    @Argument(help: "Rule and test files, and directories of them (default: the shipped rules).")
    var paths: [String] = []
    @Option(name: .customLong("run"), help: "Only cases whose name holds a match of this pattern.")
    var pattern: String?
    @Option(help: "Write the results as JUnit XML to this file as well.")
    var junit: String?
    @Flag(help: "Print the results as JSON.")
    var json = false

    func run() throws {
        let report = Workshop.run(try RuleSearch.find(paths), filter: try filter())
        print(json ? try report.json() : report.text)
        if let junit { try write(report.junit, to: junit) }
        if !report.isClean { throw ExitCode(ExitStatus.findings.rawValue) }
    }

    private func filter() throws(CommandFailure) -> Regex<AnyRegexOutput>? {
        guard let pattern else { return nil }
        do {
            return try Regex(pattern)
        } catch {
            throw .usage("--run \(pattern) is no pattern: \(error)")
        }
    }

    private func write(_ text: String, to path: String) throws(CommandFailure) {
        do {
            try Data(text.utf8).write(to: URL(filePath: path))
        } catch {
            throw .unavailable("cannot write \(path): \(error.localizedDescription)")
        }
    }
}
