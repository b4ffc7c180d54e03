import ArgumentParser
import Foundation
import RuleBook

/// `tocsin check`: what is wrong with rule files.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check rule files: syntax, types, names, limits.",
        discussion: """
            The shipped rules:       tocsin check
            A pack of one's own:     tocsin check Rules/catalog.yaml rules/harbour
            For an editor:           tocsin check rules/harbour --format json
            For a code host:         tocsin check rules/harbour --format sarif > check.sarif

            Every finding has a place, a stable code and, where there is one, a hint. A catalog among \
            the paths is used; otherwise the shipped one is. A warning is silenced by a remark on its \
            line or the line before: # tocsin: disable CODE, or # tocsin: snooze 2026-12-31 CODE.

            Exit codes: 0 nothing wrong (notes are not counted); 1 findings; 2 a file cannot be read; \
            3 wrong usage.
            """)

    @Argument(help: "Rule files and directories of them (default: the shipped rules).")
    var paths: [String] = []
    @Option(help: "How findings are printed: text, json or sarif.")
    var format: Format?
    @Flag(help: "The same as --format json.")
    var json = false

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, sarif }

    func run() throws {
        let files = try RuleSearch.find(paths)
        let report = RuleBook.report(files, today: RuleBook.today)
        switch format ?? (json ? .json : .text) {
        case .text:
            for finding in report.findings { print(finding.text) }
            print(report.summary)
        case .json: print(try RuleErrors.json(report.findings))
        case .sarif: print(SARIF.text(report, version: Tocsin.version))
        }
        if !report.isClean { throw ExitCode(ExitStatus.findings.rawValue) }
    }
}
