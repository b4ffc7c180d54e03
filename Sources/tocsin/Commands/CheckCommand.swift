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
            For an editor:           tocsin check rules/harbour --json

            Every finding has a place, a stable code and, where there is one, a hint. A catalog among \
            the paths is used; otherwise the shipped one is.

            Exit codes: 0 nothing wrong; 1 findings; 2 a file cannot be read; 3 wrong usage.
            """)

    @Argument(help: "Rule files and directories of them (default: the shipped rules).")
    var paths: [String] = []
    @Flag(help: "Print the findings as JSON.")
    var json = false

    func run() throws {
        let findings = RuleBook.check(try RuleSearch.find(paths))
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            print(String(decoding: try encoder.encode(findings), as: UTF8.self))
        } else {
            for finding in findings { print(finding.text) }
            print(RuleErrors.summary(findings))
        }
        if !findings.isEmpty { throw ExitCode(ExitStatus.findings.rawValue) }
    }
}
