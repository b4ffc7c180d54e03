import Foundation
import RuleBook

/// What new rules make of a recording, beside what the old ones made of it.
public struct ReplayReport: Codable, Sendable {
    public var new: ReplayOutcome
    public var old: ReplayOutcome?
    public var differences: [TaskDifference]
    /// What a budget said.
    public var budget: String?
    public var isWithinBudget = true

    public init(new: ReplayOutcome, old: ReplayOutcome? = nil, budget: TaskBudget? = nil) {
        self.new = new
        self.old = old
        differences = old.map { TaskDifference.between($0, new) } ?? []
        if let budget {
            let verdict = budget.judge(new, old: old)
            self.budget = verdict.text
            isWithinBudget = verdict.isKept
        }
    }

    public func json() throws -> String {
        try prettyJSON(self)
    }

    public var text: String {
        var lines = ["\(new.alerts) alerts, \(new.accepted) accepted, \(new.from) to \(new.to)"]
        lines += new.refused.sorted { $0.key < $1.key }.map { "  refused \($0.key): \($0.value)" }
        lines.append("\(new.tasks.count) tasks" + (old.map { ", were \($0.tasks.count)" } ?? ""))
        lines += table("by rule") { $0.rule }
        lines += table("by kind") { $0.kind }
        lines += table("by priority") { "P\($0.priority)" }
        if old != nil { lines += differenceLines }
        if let budget { lines.append(budget) }
        return lines.joined(separator: "\n")
    }

    private func table(_ title: String, _ part: (TaskEpisode) -> String) -> [String] {
        let counts = new.counts(part)
        let before = Dictionary(
            uniqueKeysWithValues: old?.counts(part).map { ($0.name, $0.count) } ?? [])
        let gone = before.filter { name, _ in !counts.contains { $0.name == name } }
        let rows = counts + gone.keys.sorted().map { (name: $0, count: 0) }
        guard !rows.isEmpty else { return [] }
        let width = rows.map(\.name.count).max() ?? 0
        return ["  \(title)"]
            + rows.map { name, count in
                let padding = String(repeating: " ", count: width - name.count)
                let was = old == nil ? "" : " (was \(before[name] ?? 0))"
                return "    \(name)\(padding)  \(count)\(was)"
            }
    }

    private var differenceLines: [String] {
        if differences.isEmpty { return ["no task differs"] }
        let counts = TaskDifference.Change.allCases.compactMap { change in
            let count = differences.count { $0.change == change }
            return count == 0 ? nil : "\(count) \(change.words)"
        }
        return [counts.joined(separator: ", ")] + differences.map { "  \($0.text)" }
    }
}

extension TaskDifference.Change {
    fileprivate var words: String {
        switch self {
        case .appears: "appear"
        case .vanishes: "vanish"
        case .earlier: "come earlier"
        case .later: "come later"
        case .priority: "change priority"
        }
    }
}

extension TaskDifference {
    /// `+ 2026-03-01T00:01:16Z fire.smoke in T/g1/: Smoke in g1`
    var text: String {
        let mark =
            switch change {
            case .appears: "+"
            case .vanishes: "-"
            case .earlier: "<"
            case .later: ">"
            case .priority: "!"
            }
        var notes: [String] = []
        if let seconds {
            let span = Double((abs(seconds) * 1000).rounded()) / 1000
            notes.append("\(span.plainText)s \(change.rawValue)")
        }
        if change == .priority, let oldPriority, let newPriority {
            notes.append("P\(oldPriority) to P\(newPriority)")
        }
        let tail = notes.isEmpty ? "" : " (\(notes.joined(separator: ", ")))"
        return "\(mark) \(time) \(rule) in \(cell): \(title)\(tail)"
    }
}
