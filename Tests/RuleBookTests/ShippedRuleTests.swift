import Domain
import Foundation
import RuleBook
import Scoring
import Testing
import Workshop

@Suite struct `The shipped rules` {
    static let directory = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Rules").path

    @Test func `load without a finding`() throws {
        let findings = RuleBook.check(try RuleFiles.find([Self.directory]))
        #expect(findings.isEmpty, "\(findings.map(\.text).joined(separator: "\n"))")
    }

    @Test func `pass their tests, which raise each rule and keep each quiet`() throws {
        let files = try RuleFiles.find([Self.directory])
        let report = Workshop.run(files)
        // A case goes on for a day after its last moment, in which everybody falls silent.
        let silences = Set(
            try RuleBook.load(files).rules.filter { rule in
                rule.conditions.contains { $0.part.hasPrefix("absence") }
                    || rule.keyNames == ["fold.key"]
            }.map(\.id))
        #expect(report.isClean, "\(report.text)")
        #expect(report.cases.count >= 60)
        for rule in report.coverage {
            #expect(rule.raised > 0, "no test raises \(rule.rule)")
            let isQuiet = rule.quietCases > 0 || silences.contains(rule.rule)
            #expect(isQuiet, "no test keeps \(rule.rule) quiet")
        }
    }

    @Test func `are of all five categories, most of them active`() throws {
        let set = try RuleBook.load(try RuleFiles.find([Self.directory]))
        let active = set.rules.count { $0.status == .active }
        #expect(active >= 15)
        #expect(set.rules.count > active)
        var categories: Set<UInt8> = []
        for score in 0..<set.table.scoreCount {
            categories.insert(set.table.scores[score].category.rawValue)
        }
        #expect(categories.count == Category.count)
    }

    @Test func `say why`() throws {
        let set = try RuleBook.load(try RuleFiles.find([Self.directory]))
        let silent = set.rules.filter { $0.why == nil }.map(\.id)
        #expect(silent.isEmpty)
    }

    @Test func `have the same hash every time, and another when a threshold changes`() throws {
        let files = try RuleFiles.find([Self.directory])
        var changed = files
        let gas = try #require(files.rules.firstIndex { $0.path.hasSuffix("gas.rules.yaml") })
        changed.rules[gas] = SourceFile(
            path: files.rules[gas].path,
            text: files.rules[gas].text.replacing("value: 20.0", with: "value: 21.0"))
        let first = try RuleBook.load(files).hash
        let again = try RuleBook.load(files).hash
        let other = try RuleBook.load(changed).hash
        #expect(first == again)
        #expect(first != other)
    }
}
