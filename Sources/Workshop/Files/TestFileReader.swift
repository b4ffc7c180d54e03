import Domain
import RuleBook

/// Reads `x.tests.yaml` and the tests written beside a rule.
struct TestFileReader {
    private static let schema = Schema(
        ["kind", "version", "rules", "start", "cells", "cases"],
        later: ["catalog", "tables", "neighbours", "modes", "silences"])
    private static let caseSchema = Schema(
        ["name", "feed", "expect", "never"], later: ["values", "also", "coverage"])
    /// A Sunday morning; tests don't depend on it unless they name their own.
    static let defaultStart = Timestamp(nanoseconds: 1_772_323_200_000_000_000)

    let findings: FindingList
    let files: RuleFiles

    /// The tests of a file, run against the rules of the file beside it or those it names.
    func read(_ file: SourceFile) -> TestSuite? {
        guard let root = YAMLDocument.read(file, into: findings),
            let section = root.section(TestFileReader.schema)
        else { return nil }
        FileHead.check(section, kind: "tests")
        guard let sources = readSources(section, file) else { return nil }
        var suite = TestSuite(file: file.path, sources: sources, start: TestFileReader.defaultStart)
        suite.start = readStart(section["start"])
        suite.cells = (section["cells"]?.pairs() ?? []).compactMap { readCell($0.key, $0.value) }
        suite.cases = (section.require("cases")?.items() ?? []).compactMap { readCase($0) }
        return suite
    }

    /// The tests written beside a rule of a file.
    func read(beside rule: InlineTests) -> TestSuite? {
        guard let items = rule.tests.items() else { return nil }
        let sources = RuleFiles(catalog: files.catalog, rules: [rule.file])
        var suite = TestSuite(
            file: rule.file.path, sources: sources, start: TestFileReader.defaultStart)
        let reader = ExpectationReader(findings: findings, rule: rule.id)
        suite.cases = items.compactMap { readCase($0, reader) }
        return suite
    }

    private func readSources(_ section: Section, _ file: SourceFile) -> RuleFiles? {
        let directory = file.path.split(separator: "/", omittingEmptySubsequences: false)
            .dropLast().joined(separator: "/")
        var paths = [file.path.replacingSuffix(".tests.yaml", with: ".rules.yaml")]
        if let named = section["rules"]?.items()?.compactMap({ $0.text()?.value }) {
            paths = named.map { directory.isEmpty ? $0 : "\(directory)/\($0)" }
        }
        let rules = paths.compactMap { path in files.rules.first { $0.path == path } }
        if rules.count == paths.count { return RuleFiles(catalog: files.catalog, rules: rules) }
        let missing = paths.filter { path in !files.rules.contains { $0.path == path } }
        (section["rules"] ?? section.value).error(
            .testUnknown, "there is no rule file \(missing.joined(separator: ", "))",
            hint: "`x.tests.yaml` tests `x.rules.yaml` beside it, or those that `rules` names")
        return nil
    }

    private func readStart(_ value: YAMLValue?) -> Timestamp {
        guard let value, let text = value.source()?.value else {
            return TestFileReader.defaultStart
        }
        if let time = Timestamp(rfc3339: text) { return time }
        value.error(
            .yamlType, "`start` must be a time with its zone", hint: "2026-03-01T08:00:00+08:00")
        return TestFileReader.defaultStart
    }

    private func readCell(_ code: Marked<String>, _ value: YAMLValue) -> TestCell? {
        let schema = Schema(
            ["name", "parent", "level", "population"], later: ["use", "dedicated"])
        guard let section = value.section(schema) else { return nil }
        var cell = TestCell(code: code.value, name: code.value)
        cell.name = section["name"]?.text()?.value ?? code.value
        cell.parent = section["parent"]?.source()?.value
        cell.level = section["level"]?.word(TestGrid.levels)
        cell.population = Int(section["population"]?.integer(0...100_000_000) ?? 0)
        return cell
    }

    private func readCase(_ value: YAMLValue) -> TestCase? {
        readCase(value, ExpectationReader(findings: findings, rule: nil))
    }

    private func readCase(_ value: YAMLValue, _ expectations: ExpectationReader) -> TestCase? {
        guard let section = value.section(TestFileReader.caseSchema),
            let name = section.require("name")?.text()
        else { return nil }
        var test = TestCase(name: name.value, spot: value.spot)
        let reader = FeedReader(findings: findings)
        test.feed = (section.require("feed")?.items() ?? []).flatMap { reader.read($0) }
        test.expectations = (section["expect"]?.items() ?? []).compactMap { expectations.read($0) }
        test.never = (section["never"]?.items() ?? []).compactMap { expectations.readPattern($0) }
        if section["expect"] == nil, section["never"] == nil {
            value.error(.testEmpty, "the case expects nothing", hint: "`expect` or `never`")
        }
        return test
    }
}

extension String {
    fileprivate func replacingSuffix(_ suffix: String, with other: String) -> String {
        hasSuffix(suffix) ? dropLast(suffix.count) + other : self
    }
}
