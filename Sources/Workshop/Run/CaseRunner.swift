import Cells
import Domain
import RuleBook
import Scoring

/// Runs one case: feeds its alerts in the order of arrival, and looks at each moment that is asked
/// about.
struct CaseRunner {
    let suite: TestSuite
    let test: TestCase
    private(set) var mismatches: [Mismatch] = []
    private(set) var coverage: [RuleCoverage] = []

    init(_ suite: TestSuite, _ test: TestCase) {
        self.suite = suite
        self.test = test
    }

    mutating func run() throws {
        let rules = try RuleBook.load(suite.sources)
        let grid = try TestGrid.make(test, suite.cells)
        var bench = Bench(rules, grid, start: suite.start)
        var feed = test.feed.enumerated().sorted {
            ($0.element.arrival, $0.offset) < ($1.element.arrival, $1.offset)
        }.map(\.element)[...]
        for expectation in test.expectations.sorted(by: { $0.at < $1.at }) {
            while let item = feed.first, item.arrival <= expectation.at {
                feed.removeFirst()
                try bench.feed(item)
            }
            try bench.advance(to: expectation.at)
            var judge = Judge(expectation)
            judge.look(&bench)
            mismatches += judge.mismatches
        }
        for item in feed { try bench.feed(item) }
        try bench.advance(to: CaseRunner.end(of: test))
        checkRefusals(bench)
        checkNever(bench)
        noteCoverage(bench)
    }

    /// A day after the last alert or moment: by then every hold and window has run out, and what
    /// was never to be would have been.
    private static func end(of test: TestCase) -> Interval {
        let last = (test.feed.map(\.arrival) + test.expectations.map(\.at)).max() ?? .zero
        return Interval(nanoseconds: last.nanoseconds + Interval.hours(24).nanoseconds)
    }

    /// A test feeds what it means to feed: a refused alert is a mistake in the test.
    private mutating func checkRefusals(_ bench: borrowing Bench) {
        for refusal in bench.refusals {
            mismatches.append(
                Mismatch(
                    line: test.spot.line, what: "the alert that came in at \(refusal.at.ruleText)",
                    expected: "accepted", actual: refusal.text))
        }
    }

    private mutating func checkNever(_ bench: borrowing Bench) {
        for pattern in test.never {
            let found = bench.tasks.filter { $0.fits(pattern) }.map(\.text) + raised(pattern, bench)
            guard !found.isEmpty else { continue }
            mismatches.append(
                Mismatch(
                    line: pattern.spot.line, what: "never \(pattern.text)", expected: "none",
                    actual: found.joined(separator: "; ")))
        }
    }

    /// A pattern that names nothing but a rule also means that the rule is not raised.
    private func raised(_ pattern: TaskPattern, _ bench: borrowing Bench) -> [String] {
        guard pattern.fields.count == 1, pattern.fields[0].name == "rule" else { return [] }
        let id = pattern.fields[0].text
        guard let index = bench.rules.firstIndex(where: { $0.id == id }) else { return [] }
        let counters = bench.counters(index)
        let times = bench.rules[index].isPulse ? counters.matched : counters.raised
        return times > 0 ? ["raised \(times) times"] : []
    }

    private mutating func noteCoverage(_ bench: borrowing Bench) {
        for (index, rule) in bench.rules.enumerated() {
            let counters = bench.counters(index)
            let raised = rule.isPulse ? counters.matched : counters.raised
            let isFed = test.feed.contains { rule.kinds.contains($0.alert.kind) }
            coverage.append(
                RuleCoverage(
                    rule: rule.id, matched: counters.matched, raised: raised,
                    cleared: counters.cleared, quietCases: isFed && raised == 0 ? 1 : 0))
        }
    }
}
