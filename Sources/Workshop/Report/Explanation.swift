import CEL
import Domain
import Pipeline
import RuleBook
import Scoring

/// Why something is as it is, in lines of text.
enum Explanation {
    /// The conditions that decide a rule's state, with every part's value.
    static func lines(_ rule: RuleFact, _ view: KeyView, at time: Timestamp) -> [String] {
        guard view.isKnown else { return ["the rule has not seen this key"] }
        var lines: [String] = []
        if let since = view.since {
            let held = Interval(nanoseconds: (time - since).nanoseconds)
            lines.append("\(view.phase.word) for \(held.ruleText)")
        }
        let mode = view.values[Int(RuleSlot.mode.rawValue)].map { $0.plainText } ?? "normal"
        for condition in rule.conditions(in: mode) where Explanation.decides(condition) {
            let evaluated = rule.trace(condition, over: view.values)
            lines.append("\(condition.part) is \(evaluated.value)")
            lines += Explanation.lines(evaluated, indent: 1)
        }
        return lines
    }

    /// Whether it is judged anew for every answer on the rule's state.
    static func decides(_ condition: ConditionFact) -> Bool {
        condition.part.hasPrefix("raise") || condition.part.hasPrefix("clear")
    }

    static func lines(_ evaluated: Evaluated, indent: Int) -> [String] {
        evaluated.parts.map { part in
            String(repeating: "  ", count: part.depth + indent) + "\(part.text) = \(part.value)"
        }
    }

    /// What a score is made of.
    static func lines(_ factors: [ScoreFactor], _ rules: [RuleFact]) -> [String] {
        if factors.isEmpty { return ["nothing adds to it"] }
        return factors.map { factor in
            let points = (factor.points * 10).rounded() / 10
            let spread = factor.isSpread ? ", lent by a neighbour" : ""
            return "\(points) from \(rules[factor.rule.int].id)\(spread)"
        }
    }
}
