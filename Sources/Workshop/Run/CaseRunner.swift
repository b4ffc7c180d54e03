import Domain
import RuleBook
import Scoring

/// Runs one case: lives through it once as written and as often as it asks for besides, and looks
/// at each moment that is asked about.
///
/// A moment is of event time: what is looked at is what follows from all that happened up to it,
/// however late it came, and from nothing later. Where something that happened before a moment
/// came after it, the moment is judged by a walk of its own, fed with exactly what belongs to it.
struct CaseRunner {
    /// A time at which something is expected.
    struct Moment {
        var at: Interval
        var expectation: Expectation?
        var value: ValueExpectation?
    }

    let suite: TestSuite
    let test: TestCase
    let recorder: CoverageRecorder
    let moments: [Moment]
    private(set) var mismatches: [Mismatch] = []
    private(set) var coverage: [RuleCoverage] = []
    /// Alerts that came too late for rules that need order: part of no moment.
    private var late: Set<Int> = []

    init(_ suite: TestSuite, _ test: TestCase, _ recorder: CoverageRecorder) {
        self.suite = suite
        self.test = test
        self.recorder = recorder
        moments =
            (test.expectations.map { Moment(at: $0.at, expectation: $0) }
            + test.values.map { Moment(at: $0.at, value: $0) }).sorted { $0.at < $1.at }
    }

    mutating func run() throws {
        mismatches += try walk(CaseWalk.steps(of: test), isMain: true)
        for moment in moments where isSplit(moment) { try judgeAlone(moment) }
        try runVariations()
        mismatches.sort { $0.line < $1.line }
    }

    /// Lives through the steps and looks at every moment that they don't split.
    mutating func walk(_ steps: [CaseWalk.Step], isMain: Bool) throws -> [Mismatch] {
        var walk = try CaseWalk(suite, test, steps, recorder: isMain ? recorder : nil)
        var found: [Mismatch] = []
        for moment in moments where !isSplit(moment) {
            try walk.live(to: moment.at)
            try walk.settle(at: moment.at)
            found += Judge.look(moment, &walk, suite.start)
        }
        try walk.live(to: .hours(24 * 365))
        try walk.settle(at: CaseRunner.end(of: test))
        found += NeverCheck(test).mismatches(walk.bench)
        if isMain {
            late = walk.late
            found += refusals(walk)
            coverage = recorder.coverage(
                &walk.bench, walk.watched, fed: Set(test.feed.map(\.alert.kind)))
        }
        found += walk.unmet.map { unmet($0) }
        return found
    }

    /// Whether something that happened by then came in later.
    private func isSplit(_ moment: Moment) -> Bool {
        test.feed.contains { $0.time <= moment.at && $0.arrival > moment.at }
    }

    /// Judges a moment by a walk fed with what happened by then, and nothing else; what came
    /// in later comes in at the moment.
    private mutating func judgeAlone(_ moment: Moment) throws {
        var steps: [CaseWalk.Step] = test.switches.filter { $0.at <= moment.at }
            .map { CaseWalk.Step(at: $0.at, event: .mode($0)) }
        for (index, item) in test.feed.enumerated()
        where item.time <= moment.at && !late.contains(index) {
            steps.append(
                CaseWalk.Step(at: min(item.arrival, moment.at), event: .alert(index)))
        }
        var walk = try CaseWalk(suite, test, steps)
        try walk.live(to: moment.at)
        try walk.settle(at: moment.at)
        mismatches += Judge.look(moment, &walk, suite.start)
    }

    /// A day after the last alert or moment: by then every hold and window has run out, and what
    /// was never to be would have been.
    static func end(of test: TestCase) -> Interval {
        let times = test.feed.map(\.arrival) + test.expectations.map(\.at) + test.values.map(\.at)
        return (times.max() ?? .zero) + .hours(24)
    }

    /// A test feeds what it means to feed: a refused alert is a mistake in the test.
    private func refusals(_ walk: borrowing CaseWalk) -> [Mismatch] {
        walk.refusals.map { refusal in
            let item = test.feed[refusal.item]
            return Mismatch(
                line: item.alert.spot.line,
                what: "the alert that came in at \(item.arrival.ruleText)",
                expected: "accepted", actual: refusal.text)
        }
    }

    func unmet(_ words: String) -> Mismatch {
        Mismatch(
            line: test.variations.spot?.line ?? test.spot.line, what: "the case",
            expected: "can be run", actual: words)
    }

    mutating func add(_ found: [Mismatch]) { mismatches += found }
}
