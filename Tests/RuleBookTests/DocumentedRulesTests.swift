import Foundation
import RuleBook
import Testing
import Workshop

@Suite struct `The pages for rule authors` {
    private static let package = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func page(_ name: String) throws -> String {
        try String(contentsOf: package.appending(path: "docs/\(name)"), encoding: .utf8)
    }

    /// Every whole rule file on the page.
    private static func examples() throws -> [String] {
        try page("rules.md").split(separator: "```yaml\n").dropFirst()
            .compactMap { $0.split(separator: "```").first.map(String.init) }
            .filter { $0.hasPrefix("kind: rules") }
    }

    @Test func `show rules that load and pass their tests with the shipped catalog`() throws {
        let catalog = try SourceFile.read(Self.package.path + "/Rules/catalog.yaml")
        let examples = try Self.examples()
        #expect(examples.count == 10)
        for (number, text) in examples.enumerated() {
            let file = SourceFile(path: "example-\(number).rules.yaml", text: text)
            let files = RuleFiles(catalog: catalog, rules: [file])
            let errors = RuleBook.check(files).filter { $0.level == .error }
            #expect(errors.isEmpty, "\(number): \(errors.map(\.text))")
            let report = Workshop.run(files)
            #expect(report.isClean, "\(number): \(report.text)")
            #expect(text.contains("tests:") == !report.cases.isEmpty)
        }
    }

    @Test func `name every code of a finding`() throws {
        let reference = try Self.page("rules-reference.md")
        for code in FindingCode.allCases {
            #expect(reference.contains("`\(code.rawValue)`"), "\(code.rawValue)")
        }
    }
}
