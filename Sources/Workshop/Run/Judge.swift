import Domain
import RuleBook
import Scoring

/// Holds one expectation against the bench at its moment.
struct Judge {
    let expectation: Expectation
    private(set) var mismatches: [Mismatch] = []

    init(_ expectation: Expectation) { self.expectation = expectation }

    mutating func look(_ bench: inout Bench) {
        lookAtState(&bench)
        lookAtScores(bench)
        lookAtWarning(bench)
        lookAtTasks(bench)
    }

    private mutating func expect(_ expected: String, _ actual: String, _ what: String) {
        if expected == actual { return }
        mismatches.append(
            Mismatch(
                line: expectation.spot.line, what: "at \(expectation.at.ruleText), \(what)",
                expected: expected, actual: actual))
    }

    private mutating func lookAtState(_ bench: inout Bench) {
        guard let state = expectation.state, let rule = expectation.rule,
            let index = bench.rules.firstIndex(where: { $0.id == rule })
        else { return }
        let phase = bench.phase(index, key: expectation.key)
        let key = expectation.key.joined(separator: ", ")
        expect(state, "\(phase.word)", "the state of \(rule) for \(key)")
    }

    /// The cell named, or the key where it is one.
    private var cell: String? { expectation.cell ?? expectation.key.first }

    private mutating func lookAtScores(_ bench: borrowing Bench) {
        guard let cell else { return }
        for (category, points) in expectation.scores {
            let what = "the \(category.word) score of \(cell)"
            guard let standing = bench.standing(cell, category, at: expectation.at) else {
                expect("\(points)", "no such cell", what)
                continue
            }
            let actual = standing.score.points
            let isNear = abs(actual - points) <= expectation.within + 1e-9
            let expected = "\(points) within \(expectation.within)"
            expect(expected, isNear ? expected : "\(actual)", what)
        }
    }

    private mutating func lookAtWarning(_ bench: borrowing Bench) {
        guard let cell, let warning = expectation.warning else { return }
        let categories = warning.category.map { [$0] } ?? Category.allCases
        let levels = categories.compactMap {
            bench.standing(cell, $0, at: expectation.at)?.warning
        }
        let worst = levels.max() ?? .none
        let name = warning.category.map { "\($0.word)" } ?? "worst"
        expect("\(warning.level.word)", "\(worst.word)", "the \(name) warning of \(cell)")
    }

    private mutating func lookAtTasks(_ bench: borrowing Bench) {
        guard let tasks = expectation.tasks else { return }
        let open = bench.tasks.filter { isMeant($0) }
        let actual = open.isEmpty ? "none" : open.map(\.text).joined(separator: "; ")
        switch tasks {
        case .count(let count):
            expect("\(count)", "\(open.count)", "open tasks (\(actual))")
        case .exactly(let patterns):
            let expected = patterns.map(\.text).joined(separator: ", ")
            let fits = Judge.isExact(open, patterns)
            expect(expected, fits ? expected : actual, "open tasks")
        }
    }

    /// Open, and of the cell and rule that the expectation is about.
    private func isMeant(_ task: TaskView) -> Bool {
        guard task.isOpen else { return false }
        if let rule = expectation.rule, task.rule != rule { return false }
        if let cell = expectation.cell { return TaskView.isSameCell(task.cell, cell) }
        return true
    }

    /// Whether each pattern finds a task of its own and no task is left over.
    private static func isExact(_ tasks: [TaskView], _ patterns: [TaskPattern]) -> Bool {
        var rest = tasks
        for pattern in patterns {
            guard let index = rest.firstIndex(where: { $0.fits(pattern) }) else { return false }
            rest.remove(at: index)
        }
        return rest.isEmpty
    }
}
