import CEL
import Domain
import Foundation
import Pipeline
import RuleBook
import Scoring
import Tasking

/// A cell's score: its warning, and what it is made of.
struct ScoreStory {
    let tree: ExplanationTree

    init(_ bench: borrowing Bench, _ cell: CellID, _ category: Domain.Category, at time: Timestamp)
    {
        let standing = bench.standing(cell, category, at: time)
        let factors = bench.factors(cell, category, at: time).filter { $0.points > 0 }
        let parts = factors.map { ScoreStory.text($0, bench.rules) }
        let words = factors.count > 1 ? "; of a group the largest counts, groups combine" : ""
        let score = ExplanationTree(
            "score \(ScoreStory.tenths(standing.score.points)) of 100\(words)", parts)
        tree = ExplanationTree(
            "warning \(standing.warning.word) of \(category.word) in \(bench.cells.path(cell)): "
                + ScoreStory.threshold(standing.warning, bench.catalog), [score])
    }

    private static func text(_ factor: ScoreFactor, _ rules: [RuleFact]) -> ExplanationTree {
        let rule = rules[factor.rule.int]
        let lent = factor.isSpread ? ", lent by a neighbour" : ""
        let alerts = factor.alerts == 1 ? "1 alert" : "\(factor.alerts) alerts"
        return ExplanationTree(
            "\(tenths(factor.points)) from \(rule.id)@\(rule.revision)\(lent): \(alerts), "
                + "\(factor.first.wireText) to \(factor.last.wireText)")
    }

    private static func threshold(_ level: WarningLevel, _ catalog: Catalog) -> String {
        if level == .none { return "below every threshold" }
        let (raise, clear) = (
            Double(catalog.warnings.raise[Int(level.rawValue)]) / 1000,
            Double(catalog.warnings.clear[Int(level.rawValue)]) / 1000
        )
        return "raised at \(raise.plainText), cleared below \(clear.plainText)"
    }

    static func tenths(_ points: Double) -> String {
        ((points * 10).rounded() / 10).plainText
    }
}

/// A rule's state for a key, and what its conditions came to.
struct RuleStory {
    private let rule: RuleFact
    private let view: KeyView
    private let time: Timestamp

    init(_ rule: RuleFact, _ view: KeyView, at time: Timestamp) {
        (self.rule, self.view, self.time) = (rule, view, time)
    }

    func tree(as transition: Transition? = nil) -> ExplanationTree {
        let key = zip(rule.keyNames, rule.keySlots).map { name, slot in
            "\(name) \(view.values[Int(slot)].map { $0.plainText } ?? "?")"
        }.joined(separator: ", ")
        let state = transition.map { "\($0)" } ?? "\(view.phase.word)"
        var parts: [ExplanationTree] = []
        if let why = rule.why { parts.append(ExplanationTree(why)) }
        if let since = view.since {
            let held = Interval(nanoseconds: time.nanoseconds - since.nanoseconds)
            parts.append(ExplanationTree("\(view.phase.word) for \(held.ruleText)"))
        }
        let mode = view.values[Int(RuleSlot.mode.rawValue)].map { $0.plainText } ?? "normal"
        for condition in rule.conditions(in: mode) where condition.isOfState {
            let line = "\(condition.part) (line \(condition.place.line))"
            parts.append(
                ExplanationTree(line, rule.trace(condition, over: view.values)))
        }
        return ExplanationTree("rule \(rule.id)@\(rule.revision) for \(key): \(state)", parts)
    }
}

extension ConditionFact {
    /// Whether it is judged over what the rule keeps, and not over one alert.
    var isOfState: Bool {
        part.hasPrefix("raise") || part.hasPrefix("clear") || part.hasPrefix("score")
    }
}

/// An alert's own words: where it is from, what it says; nothing it says of people.
struct AlertWords {
    private struct Message: Decodable {
        struct Measure: Decodable {
            let value: Double
            let unit: String?
        }

        struct Payload: Decodable {
            let kind: String
            let confidence: Double?
            let measures: [Measure]?
        }

        let id: String
        let source: String
        let time: String
        let data: Payload
    }

    /// `source#id`
    let name: String
    let kind: String
    let text: String

    init(_ body: [UInt8]) {
        do {
            let message = try JSONDecoder().decode(Message.self, from: Data(body))
            name = "\(message.source)#\(message.id)"
            kind = message.data.kind
            var words = "\(name): \(message.data.kind)"
            if let measure = message.data.measures?.first {
                words += " \(measure.value.plainText)" + (measure.unit.map { " \($0)" } ?? "")
            }
            if let confidence = message.data.confidence {
                words += ", confidence \(confidence.plainText)"
            }
            text = words + " at \(message.time)"
        } catch {
            (name, kind, text) = ("?", "?", "an alert that can't be read")
        }
    }
}

/// The priority matrix in words.
struct PriorityWords {
    private let rows: [PriorityRow]

    init(_ catalog: Catalog) { rows = catalog.priority }

    /// The first row that fits the task, from 1, as the file says it.
    func row(for task: TaskView) -> (number: Int, priority: Int, text: String)? {
        guard let severity = Severity.allCases.first(where: { "\($0.word)" == task.severity }),
            let urgency = Urgency.allCases.first(where: { "\($0.word)" == task.urgency }),
            let certainty = Certainty.allCases.first(where: { "\($0.word)" == task.certainty })
        else { return nil }
        let index = rows.firstIndex { row in
            (row.severities >> severity.rawValue) & (row.urgencies >> urgency.rawValue)
                & (row.certainties >> certainty.rawValue) & 1 == 1
        }
        guard let index else { return nil }
        let row = rows[index]
        let parts = [
            PriorityWords.words("severity", row.severities, Severity.allCases.map(\.word)),
            PriorityWords.words("urgency", row.urgencies, Urgency.allCases.map(\.word)),
            PriorityWords.words("certainty", row.certainties, Certainty.allCases.map(\.word)),
        ].compactMap { $0 }
        let text = "{\((parts + ["is: P\(row.priority.rawValue)"]).joined(separator: ", "))}"
        return (index + 1, Int(row.priority.rawValue), text)
    }

    /// Nil where any word fits.
    private static func words(
        _ name: String, _ set: UInt8, _ words: [StaticString]
    ) -> String? {
        let named = words.indices.filter { set >> UInt8($0) & 1 == 1 }.map { "\(words[$0])" }
        if named.count == words.count { return nil }
        return "\(name): " + (named.count == 1 ? named[0] : "[\(named.joined(separator: ", "))]")
    }
}
