// Workshop: runs the tests that stand beside rules.
//
// A test feeds alerts on a virtual clock through the whole walk, from bytes of JSON to task orders,
// and says what is to hold at which moment: a rule's state, a cell's score and warning, the open
// tasks. All cases of all files run; the first failure stops nothing. What is expected is printed
// beside what was.
//
// It refuses a test that names an unknown rule, key or field, or expects nothing. It opens no
// socket and reads no clock. In: rule files and their tests. Out: a report, as text, JSON or JUnit
// XML.
public import RuleBook

/// Runs the tests of rule files.
public enum Workshop {
    /// Runs every case whose name holds a match of `filter`, all when nil.
    public static func run(
        _ files: RuleFiles, filter: Regex<AnyRegexOutput>? = nil
    ) -> TestReport {
        var report = TestReport()
        let findings = FindingList()
        let reader = TestFileReader(findings: findings, files: files)
        for suite in suites(reader, files, findings) {
            for test in suite.cases where isWanted(test, filter) {
                run(test, of: suite, into: &report)
            }
        }
        report.findings += findings.sorted
        return report
    }

    /// The tests of files and those beside rules; those that name what is not there are reported.
    private static func suites(
        _ reader: TestFileReader, _ files: RuleFiles, _ findings: FindingList
    ) -> [TestSuite] {
        let inline = RuleBook.inlineTests(files)
        let all =
            inline.compactMap { reader.read(beside: $0) }
            + files.tests.compactMap { reader.read($0) }
        return all.filter { SuiteCheck(findings: findings).passes($0) }
    }

    private static func isWanted(_ test: TestCase, _ filter: Regex<AnyRegexOutput>?) -> Bool {
        guard let filter else { return true }
        return test.name.firstMatch(of: filter) != nil
    }

    private static func run(_ test: TestCase, of suite: TestSuite, into report: inout TestReport) {
        var result = CaseResult(file: suite.file, name: test.name, line: test.spot.line)
        var runner = CaseRunner(suite, test)
        do {
            try runner.run()
            result.mismatches = runner.mismatches
            report.add(runner.coverage)
        } catch {
            result.mismatches.append(
                Mismatch(
                    line: test.spot.line, what: "the case", expected: "runs", actual: "\(error)"))
        }
        report.cases.append(result)
    }
}

extension TestReport {
    fileprivate mutating func add(_ rules: [RuleCoverage]) {
        for rule in rules {
            guard let index = coverage.firstIndex(where: { $0.rule == rule.rule }) else {
                coverage.append(rule)
                continue
            }
            coverage[index].matched += rule.matched
            coverage[index].raised += rule.raised
            coverage[index].cleared += rule.cleared
            coverage[index].quietCases += rule.quietCases
        }
    }
}
