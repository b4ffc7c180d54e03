import Domain
import RuleBook
import Scoring

/// What a case says is never to be, held against all that was.
struct NeverCheck {
    private let patterns: [TaskPattern]

    init(_ test: TestCase) { patterns = test.never }

    func mismatches(_ bench: borrowing Bench) -> [Mismatch] {
        var found: [Mismatch] = []
        for pattern in patterns {
            let tasks = bench.ledger.tasks.filter { task in
                pattern.fields.allSatisfy { task.fits($0) }
            }
            let seen = tasks.map(\.text) + raised(pattern, bench)
            guard !seen.isEmpty else { continue }
            found.append(
                Mismatch(
                    line: pattern.spot.line, what: "never \(pattern.text)", expected: "none",
                    actual: seen.joined(separator: "; ")))
        }
        return found
    }

    /// A pattern that names nothing but a rule also means that the rule is not raised.
    private func raised(_ pattern: TaskPattern, _ bench: borrowing Bench) -> [String] {
        guard pattern.fields.count == 1, pattern.fields[0].name == "rule",
            let index = bench.rule(pattern.fields[0].text)
        else { return [] }
        let counters = bench.counters(index)
        let times = bench.rules[index].isPulse ? counters.matched : counters.raised
        return times > 0 ? ["raised \(times) times"] : []
    }
}
