import Domain
import Pipeline
import RuleBook
import Scoring

/// One way to live through a case: a walk, and what is still to be fed to it.
struct CaseWalk: ~Copyable {
    /// Something that a case makes happen.
    enum Event {
        /// Its place in the case's feed.
        case alert(Int)
        case mode(ModeSwitch)
        case reload
    }

    struct Step {
        var at: Interval
        var event: Event
    }

    let suite: TestSuite
    let test: TestCase
    var bench: Bench
    /// The parts of conditions that are watched.
    let watched: [(condition: Condition, part: Condition)]
    private var steps: ArraySlice<Step>
    /// Alerts that were refused at the door: text, and place in the feed.
    private(set) var refusals: [(text: String, item: Int)] = []
    /// Places in the feed of alerts that came too late for rules that need order.
    private(set) var late: Set<Int> = []
    /// What the engine can't do yet, in words.
    private(set) var unmet: [String] = []

    /// - Parameter recorder: says what to note of rules and conditions; nil: nothing.
    init(
        _ suite: TestSuite, _ test: TestCase, _ steps: [Step], recorder: CoverageRecorder? = nil
    ) throws {
        let grid = try TestGrid.make(test, suite.map)
        let rules = try RuleBook.load(suite.sources, recorder?.options ?? LoadOptions())
        let watched = recorder?.watched(rules.rules, rules.probes) ?? []
        var policy = AdmissionPolicy()
        policy.sourcesMax = 4096
        var bench = Bench(rules, grid, policy: policy)
        if recorder != nil { bench.watch(watched) }
        // Rosters are listened for from the start on, and not only from the first alert.
        try bench.advance(to: suite.start)
        if !suite.silences.isEmpty {
            unmet = bench.silence(suite.silences, at: suite.start)
        }
        self.suite = suite
        self.test = test
        self.steps = CaseWalk.ordered(steps)
        self.watched = watched
        self.bench = bench
    }

    private static func ordered(_ steps: [Step]) -> ArraySlice<Step> {
        steps.enumerated().sorted {
            ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
        }.map(\.element)[...]
    }

    /// What happens in the case as it is written.
    static func steps(of test: TestCase) -> [Step] {
        test.feed.indices.map { Step(at: test.feed[$0].arrival, event: .alert($0)) }
            + test.switches.map { Step(at: $0.at, event: .mode($0)) }
    }

    /// Lives through everything up to `time`.
    mutating func live(to time: Interval) throws {
        while let step = steps.first, step.at <= time {
            steps.removeFirst()
            try take(step)
        }
    }

    private mutating func take(_ step: Step) throws {
        switch step.event {
        case .alert(let item): try feed(item, at: step.at)
        case .mode(let change):
            try bench.advance(to: suite.start + step.at)
            unmet.append(contentsOf: bench.switchMode(change, at: suite.start + step.at))
        case .reload:
            try bench.advance(to: suite.start + step.at)
            try bench.reload(suite.sources, at: suite.start + step.at)
        }
    }

    private mutating func feed(_ item: Int, at arrival: Interval) throws {
        let message = AlertLetter(
            test.feed[item], number: item + 1, start: suite.start, catalog: bench.catalog)
        let late = bench.lateAlerts
        let refusal = try bench.take(
            topic: message.topic, try message.bytes(), received: suite.start + arrival)
        if bench.lateAlerts > late { self.late.insert(item) }
        guard let refusal, test.feed[item].alert.value?.isNaN != true else { return }
        refusals.append(("\(refusal.code.word) at \(refusal.field.pointer)", item))
    }

    /// Brings what happened up to `time` to an end.
    mutating func settle(at time: Interval) throws { try bench.settle(at: suite.start + time) }

    func isOver() -> Bool { steps.isEmpty }
}
