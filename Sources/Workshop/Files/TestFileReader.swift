import Domain
import RuleBook
import Scoring

/// Reads `x.tests.yaml` and the tests written beside a rule.
struct TestFileReader {
    private static let schema = Schema(
        [
            "kind", "version", "catalog", "rules", "start", "tables", "cells", "neighbours",
            "silences", "cases",
        ])
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
        let vocabulary = vocabulary(of: sources)
        suite.lateness = vocabulary.lateness
        if let silences = section["silences"] {
            suite.silences = RuleBook.silences(
                silences, after: suite.start, rules: vocabulary.rules, kinds: vocabulary.kinds,
                findings)
        }
        TestMapReader(findings: findings).read(section, into: &suite)
        let cases = TestCaseReader(findings: findings, rule: nil)
        suite.cases = (section.require("cases")?.items() ?? []).compactMap { cases.read($0) }
        return suite
    }

    /// The tests written beside a rule of a file.
    func read(beside rule: InlineTests) -> TestSuite? {
        guard let items = rule.tests.items() else { return nil }
        let sources = RuleFiles(catalog: files.catalog, rules: [rule.file])
        var suite = TestSuite(
            file: rule.file.path, sources: sources, start: TestFileReader.defaultStart)
        let cases = TestCaseReader(findings: findings, rule: rule.id)
        suite.cases = items.compactMap { cases.read($0) }
        return suite
    }

    private func readSources(_ section: Section, _ file: SourceFile) -> RuleFiles? {
        let directory = file.path.split(separator: "/", omittingEmptySubsequences: false)
            .dropLast().joined(separator: "/")
        func path(_ name: String) -> String { TestFileReader.path(name, from: directory) }
        var paths = [
            TestFileReader.path(
                file.path.replacingSuffix(".tests.yaml", with: ".rules.yaml"), from: "")
        ]
        if let named = section["rules"]?.items()?.compactMap({ $0.text()?.value }) {
            paths = named.map(path)
        }
        guard let catalog = readCatalog(section["catalog"], path) else { return nil }
        let rules = paths.compactMap { path in
            files.rules.first { TestFileReader.path($0.path, from: "") == path }
        }
        if rules.count == paths.count { return RuleFiles(catalog: catalog, rules: rules) }
        let found = files.rules.map { TestFileReader.path($0.path, from: "") }
        let missing = paths.filter { !found.contains($0) }
        (section["rules"] ?? section.value).error(
            .testUnknown, "there is no rule file \(missing.joined(separator: ", "))",
            hint: "`x.tests.yaml` tests `x.rules.yaml` beside it, or those that `rules` names")
        return nil
    }

    /// The path of a file that is named in a directory, without `..` where it can be told.
    private static func path(_ name: String, from directory: String) -> String {
        let isAlone = directory.isEmpty || name.hasPrefix("/")
        let whole = isAlone ? name : "\(directory)/\(name)"
        var parts: [Substring] = []
        for part in whole.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else {
                parts.append(part)
            }
        }
        return (whole.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    }

    /// The catalog that the file names, else that of all files.
    private func readCatalog(_ value: YAMLValue?, _ path: (String) -> String) -> SourceFile? {
        guard let value, let name = value.text()?.value else { return files.catalog }
        if path(name) == TestFileReader.path(files.catalog.path, from: "") { return files.catalog }
        do {
            return try SourceFile.read(path(name))
        } catch {
            value.error(.testUnknown, "there is no catalog \(path(name))")
            return nil
        }
    }

    /// What a file may name, and how long rules wait; the default where the rules don't load.
    private func vocabulary(
        of sources: RuleFiles
    ) -> (lateness: Interval, rules: [String], kinds: [String]) {
        do {
            let set = try RuleBook.load(sources)
            let (rules, catalog) = (set.rules.map(\.id), set.catalog)
            return (catalog.time.lateness, rules, catalog.kinds.map(\.name))
        } catch {
            return (.seconds(5), [], [])
        }
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
}

extension String {
    fileprivate func replacingSuffix(_ suffix: String, with other: String) -> String {
        hasSuffix(suffix) ? dropLast(suffix.count) + other : self
    }
}
