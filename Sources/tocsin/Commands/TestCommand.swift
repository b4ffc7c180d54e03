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
            All shipped rules:        tocsin test
            Some of one's own:        tocsin test rules/harbour --run 'crane'
            What no test has seen:    tocsin test rules/harbour --coverage
            New figures, to review:   tocsin test rules/harbour --update

            Every case runs, whatever failed before it; what was expected stands beside what was, \
            and what that follows from. --coverage looks at every rule (raised, cleared, kept \
            quiet), at every part of its conditions (seen true, seen false), and at the modes in \
            which it differs. --update writes the actual figures into the expectations that failed \
            and leaves everything else in the files as it is.

            Exit codes: 0 all passed; 1 some failed, or coverage is too low; 2 a file cannot be \
            read; 3 wrong usage.
            """)

    @Argument(help: "Rule and test files, and directories of them (default: the shipped rules).")
    var paths: [String] = []
    @Option(name: .customLong("run"), help: "Only cases whose name holds a match of this pattern.")
    var pattern: String?
    @Flag(help: "Say what no test has seen.")
    var coverage = false
    @Option(help: "Fail below this percentage of coverage.")
    var coverageMin: Double?
    @Flag(help: "Write actual figures into the expectations that failed.")
    var update = false
    @Option(help: "Write the results as JUnit XML to this file as well.")
    var junit: String?
    @Flag(help: "Print the results as JSON.")
    var json = false

    private var isDetailed: Bool { coverage || coverageMin != nil }

    func run() throws {
        let files = try RuleSearch.find(paths)
        let options = TestOptions(filter: try filter(), isDetailed: isDetailed)
        let report = Workshop.run(files, options)
        print(json ? try report.json() : report.text)
        if isDetailed, !json { print(report.coverageText) }
        if let junit { try writeText(report.junit, to: junit) }
        if update { try write(TestUpdate(report, files)) }
        let isCovered = coverageMin.map { report.coverageSummary.percent >= $0 } ?? true
        if !report.isClean || !isCovered { throw ExitCode(ExitStatus.findings.rawValue) }
    }

    private func filter() throws(CommandFailure) -> Regex<AnyRegexOutput>? {
        guard let pattern else { return nil }
        do {
            return try Regex(pattern)
        } catch {
            throw .usage("--run \(pattern) is no pattern: \(error)")
        }
    }

    private func write(_ update: TestUpdate) throws(CommandFailure) {
        for (path, text) in update.files { try writeText(text, to: path) }
        let left = update.left == 0 ? "" : "; \(update.left) to be changed by hand"
        StandardError.say(
            "\(update.fixes) figures written to \(update.files.count) files\(left); review them")
    }
}
