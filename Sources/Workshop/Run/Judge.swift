import Domain
import Pipeline
import RuleBook
import Scoring

/// Holds one moment's expectations against a walk that stands at it.
struct Judge {
    private let expectation: Expectation
    private let time: Timestamp
    private var mismatches: [Mismatch] = []

    private init(_ expectation: Expectation, _ start: Timestamp) {
        self.expectation = expectation
        time = start + expectation.at
    }

    static func look(
        _ moment: CaseRunner.Moment, _ walk: inout CaseWalk, _ start: Timestamp
    ) -> [Mismatch] {
        if let value = moment.value {
            return ValueJudge(value, at: start + value.at).look(&walk.bench)
        }
        guard let expectation = moment.expectation else { return [] }
        var judge = Judge(expectation, start)
        judge.lookAtState(&walk.bench)
        judge.lookAtScores(walk.bench)
        judge.lookAtWarning(walk.bench)
        judge.lookAtReasons(walk.bench)
        judge.lookAtTasks(&walk.bench)
        return judge.mismatches
    }

    private mutating func expect(
        _ expected: String, _ actual: String, _ what: String, why: [String] = [],
        fix: Fix? = nil
    ) {
        if expected == actual { return }
        mismatches.append(
            Mismatch(
                line: expectation.spot.line, what: "at \(expectation.at.ruleText), \(what)",
                expected: expected, actual: actual, why: why, fix: fix))
    }

    private mutating func lookAtState(_ bench: inout Bench) {
        guard let state = expectation.state, let rule = expectation.rule,
            let index = bench.rule(rule)
        else { return }
        let view = bench.view(index, key: expectation.key, at: time)
        let key = expectation.key.joined(separator: ", ")
        if Judge.isMet(state.text, by: view.phase) { return }
        let why = Explanation.lines(bench.rules[index], view, at: time)
        expect(
            state.text, "\(view.phase.word)", "the state of \(rule) for \(key)", why: why,
            fix: Fix(state.spot, "\(view.phase.word)"))
    }

    /// A rule stands raised, `active`, also while its clear condition is being held.
    private static func isMet(_ state: String, by phase: RulePhase) -> Bool {
        state == "\(phase.word)" || state == "active" && phase == .clearing
    }

    /// The cell named, or the key where it is one.
    private var cell: String? { expectation.cell ?? expectation.key.first }

    private mutating func lookAtScores(_ bench: borrowing Bench) {
        guard let cell else { return }
        for one in expectation.scores {
            let what = "the \(one.category.word) score of \(cell)"
            guard let number = bench.cells.find(cell) else {
                expect("\(one.points)", "no such cell", what)
                continue
            }
            let actual = bench.standing(number, one.category, at: time).score.points
            guard abs(actual - one.points) > expectation.within + 1e-9 else { continue }
            let factors = bench.factors(number, one.category, at: time)
            expect(
                "\(one.points) within \(expectation.within)", "\(actual)", what,
                why: Explanation.lines(factors, bench.rules),
                fix: Fix(one.spot, Judge.rounded(actual)))
        }
    }

    /// To a tenth of a point, as people write scores.
    private static func rounded(_ points: Double) -> String {
        ((points * 10).rounded() / 10).plainText
    }

    private mutating func lookAtWarning(_ bench: borrowing Bench) {
        guard let cell, let warning = expectation.warning, let number = bench.cells.find(cell)
        else { return }
        let categories = warning.category.map { [$0] } ?? Category.allCases
        var worst = WarningLevel.none
        for category in categories {
            worst = max(worst, bench.standing(number, category, at: time).warning)
        }
        let name = warning.category.map { "\($0.word)" } ?? "worst"
        expect(
            "\(warning.level.word)", "\(worst.word)", "the \(name) warning of \(cell)",
            fix: Fix(warning.spot, "\(worst.word)"))
    }

    /// The parts of the score, each once; of the categories whose scores are named, else of all.
    private mutating func lookAtReasons(_ bench: borrowing Bench) {
        guard let cell, let because = expectation.because, let number = bench.cells.find(cell)
        else { return }
        let named = expectation.scores.map(\.category)
        var reasons: Set<String> = []
        for category in named.isEmpty ? Category.allCases : named {
            for factor in bench.factors(number, category, at: time) where factor.points > 0 {
                reasons.insert(factor.isSpread ? "spread" : bench.rules[factor.rule.int].id)
            }
        }
        let expected = Set(because).sorted().joined(separator: ", ")
        expect(expected, reasons.sorted().joined(separator: ", "), "what \(cell) scores by")
    }

    private mutating func lookAtTasks(_ bench: inout Bench) {
        guard let tasks = expectation.tasks else { return }
        let open = TaskMatch(expectation).open(&bench)
        let actual = open.isEmpty ? "none" : open.map(\.text).joined(separator: "; ")
        switch tasks {
        case .count(let count, let spot):
            expect(
                "\(count)", "\(open.count)", "open tasks",
                why: open.map(\.text), fix: Fix(spot, "\(open.count)"))
        case .one(let pattern):
            let fits = TaskMatch.isExact(open, [pattern], &bench)
            let fix = open.count == 1 ? TaskMatch.fix(pattern, open[0]) : nil
            expect(pattern.text, fits ? pattern.text : actual, "the open task", fix: fix)
        case .exactly(let patterns):
            let expected = patterns.map(\.text).joined(separator: ", ")
            let fits = TaskMatch.isExact(open, patterns, &bench)
            let isOne = open.count == 1 && patterns.count == 1
            let fix = isOne ? TaskMatch.fix(patterns[0], open[0]) : nil
            expect(expected, fits ? expected : actual, "open tasks", fix: fix)
        }
    }
}
