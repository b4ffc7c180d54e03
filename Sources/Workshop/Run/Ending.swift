import Domain
import Scoring

/// Where a case ends: what has to be the same for any order of arrival.
struct Ending: Equatable {
    /// `what: value`, in the order looked at.
    private var facts: [String] = []

    init(_ bench: inout Bench, _ test: TestCase, at time: Timestamp) {
        let cells = Set(test.feed.compactMap(\.alert.cell)).sorted()
        for cell in cells {
            guard let number = bench.cells.find(cell) else { continue }
            for category in Category.allCases {
                let standing = bench.standing(number, category, at: time)
                facts.append(
                    "\(category.word) of \(cell): \(standing.score.points) \(standing.warning.word)"
                )
            }
        }
        for (rule, key) in Ending.keys(test) {
            guard let index = bench.rule(rule) else { continue }
            let phase = bench.view(index, key: key, at: time).phase
            facts.append("\(rule) for \(key.joined(separator: ", ")): \(phase.word)")
        }
        let tasks = bench.ledger.tasks.map { task in
            "task: \(task.rule) \(task.kind) \(task.cell) P\(task.priority) "
                + (task.isOpen ? "open" : "closed")
        }
        facts += tasks.sorted()
    }

    private static func keys(_ test: TestCase) -> [(rule: String, key: [String])] {
        var seen: Set<[String]> = []
        return test.expectations.compactMap { one in
            guard let rule = one.rule, !one.key.isEmpty, seen.insert([rule] + one.key).inserted
            else { return nil }
            return (rule, one.key)
        }
    }

    /// The first fact that differs.
    static func difference(
        _ expected: Ending, _ actual: Ending
    ) -> (expected: String, actual: String) {
        for (index, fact) in expected.facts.enumerated() {
            guard index < actual.facts.count else { return (fact, "nothing") }
            if actual.facts[index] != fact { return (fact, actual.facts[index]) }
        }
        return ("nothing more", actual.facts.dropFirst(expected.facts.count).first ?? "the same")
    }
}
