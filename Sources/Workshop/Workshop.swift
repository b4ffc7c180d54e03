// Workshop: what rule authors try their rules with.
//
// A test feeds alerts on a virtual clock through the whole walk, from bytes of JSON to task orders,
// and says what is to hold at which moment of event time. A replay runs rules over a recording and
// compares what comes of it; a sweep tries values of a parameter; an explanation lives through a
// recording up to a decision and walks through the conditions that made it; a capture turns a task
// of the past into a test.
//
// It refuses a test that names an unknown rule, key or field, or expects nothing. It opens no
// socket and reads no clock. In: rule files, tests, alerts of the past. Out: reports and trees, as
// text or JSON.
public import RuleBook

/// What to run, and what to note besides.
public struct TestOptions {
    /// Only cases whose name holds a match; all when nil.
    public var filter: Regex<AnyRegexOutput>?
    /// Whether to look at every part of every condition.
    public var isDetailed: Bool
    /// Whether the tests that stand beside rules are run too.
    var inline = true

    public init(filter: Regex<AnyRegexOutput>? = nil, isDetailed: Bool = false) {
        self.filter = filter
        self.isDetailed = isDetailed
    }

    init(filter: Regex<AnyRegexOutput>?, inline: Bool) {
        self.init(filter: filter)
        self.inline = inline
    }

    func wants(_ test: TestCase) -> Bool {
        guard let filter else { return true }
        return test.name.firstMatch(of: filter) != nil
    }
}

/// Runs the tests of rule files.
public enum Workshop {
    /// Runs every case that is wanted.
    public static func run(_ files: RuleFiles, _ options: TestOptions = TestOptions()) -> TestReport
    {
        var report = TestReport()
        let findings = FindingList()
        let reader = TestFileReader(findings: findings, files: files)
        for suite in suites(reader, files, options) {
            guard let rules = SuiteCheck(findings: findings).passing(suite) else { continue }
            let recorder = CoverageRecorder(rules, isDetailed: options.isDetailed)
            for test in suite.cases where options.wants(test) {
                run(test, of: suite, recorder, into: &report)
            }
        }
        report.findings += findings.sorted
        return report
    }

    /// The tests of files and those beside rules.
    private static func suites(
        _ reader: TestFileReader, _ files: RuleFiles, _ options: TestOptions
    ) -> [TestSuite] {
        let inline = options.inline ? RuleBook.inlineTests(files) : []
        return inline.compactMap { reader.read(beside: $0) }
            + files.tests.compactMap { reader.read($0) }
    }

    private static func run(
        _ test: TestCase, of suite: TestSuite, _ recorder: CoverageRecorder,
        into report: inout TestReport
    ) {
        var result = CaseResult(file: suite.file, name: test.name, line: test.spot.line)
        var runner = CaseRunner(suite, test, recorder)
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
            if let index = coverage.firstIndex(where: { $0.rule == rule.rule }) {
                coverage[index].add(rule)
            } else {
                coverage.append(rule)
            }
        }
    }
}
