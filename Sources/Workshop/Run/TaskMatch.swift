import Domain
import RuleBook
import Scoring

/// Which open tasks an expectation is about, and whether they are the ones it lists.
struct TaskMatch {
    private let expectation: Expectation

    init(_ expectation: Expectation) { self.expectation = expectation }

    /// The open tasks of the rule, the cell and the key that the expectation names.
    func open(_ bench: inout Bench) -> [TaskView] {
        let incident = incident(&bench)
        let keyCell = incident == nil ? keyCell(bench) : nil
        return bench.ledger.tasks.filter { task in
            guard task.isOpen else { return false }
            if let rule = expectation.rule, task.rule != rule { return false }
            if let incident { return task.incident == incident }
            if let cell = expectation.cell ?? keyCell {
                return TaskView.isSameCell(task.cell, cell)
            }
            return true
        }
    }

    /// Where the key of the rule holds all that the key of its task is made of, the one task meant.
    private func incident(_ bench: inout Bench) -> String? {
        guard !expectation.key.isEmpty, let rule = expectation.rule.flatMap({ bench.rule($0) })
        else { return nil }
        let values = Dictionary(zip(bench.rules[rule].key, expectation.key)) { first, _ in first }
        let slots = bench.taskKey(rule)
        let key = slots.compactMap { values[$0] }
        guard !slots.isEmpty, key.count == slots.count else { return nil }
        return bench.incident(rule, key: key) ?? ""
    }

    /// The cell in the rule's key, where that tells which tasks are meant.
    private func keyCell(_ bench: borrowing Bench) -> String? {
        guard let rule = expectation.rule.flatMap({ bench.rule($0) }) else { return nil }
        return zip(bench.rules[rule].key, expectation.key)
            .first { slot, _ in slot == .alertCell || slot == .cellCode }?.1
    }

    /// Whether each pattern finds a task of its own and no task is left over.
    static func isExact(
        _ tasks: [TaskView], _ patterns: [TaskPattern], _ bench: inout Bench
    ) -> Bool {
        var rest = tasks
        for pattern in patterns {
            var found: Int?
            for (index, task) in rest.enumerated() where found == nil {
                if fits(task, pattern, &bench) { found = index }
            }
            guard let found else { return false }
            rest.remove(at: found)
        }
        return rest.isEmpty
    }

    private static func fits(
        _ task: TaskView, _ pattern: TaskPattern, _ bench: inout Bench
    ) -> Bool {
        guard pattern.fields.allSatisfy({ task.fits($0) }) else { return false }
        if pattern.key.isEmpty { return true }
        guard let rule = bench.rule(task.rule) else { return false }
        return bench.incident(rule, key: pattern.key) == task.incident
    }

    /// The first field that differs, as it is.
    static func fix(_ pattern: TaskPattern, _ task: TaskView) -> Fix? {
        pattern.fields.first { !task.fits($0) }.map { Fix($0.spot, task.text(of: $0.name)) }
    }
}
