import Domain
import RuleBook
import Scoring

/// Holds the value of an expression at a moment against what it is to be.
struct ValueJudge {
    private let value: ValueExpectation
    private let time: Timestamp

    init(_ value: ValueExpectation, at time: Timestamp) {
        self.value = value
        self.time = time
    }

    func look(_ bench: inout Bench) -> [Mismatch] {
        guard let rule = bench.rule(value.rule) else { return [] }
        let view = bench.view(rule, key: value.key, at: time)
        let evaluated = Evaluated(
            value.expression, in: bench.rules[rule].environment, over: view.values)
        guard !isExpected(evaluated.literal) else { return [] }
        let key = value.key.isEmpty ? "" : " for \(value.key.joined(separator: ", "))"
        let isScalar = evaluated.literal != .nothing
        return [
            Mismatch(
                line: value.spot.line,
                what: "at \(value.at.ruleText), `\(value.expression)` of \(value.rule)\(key)",
                expected: value.expected.text, actual: evaluated.value,
                why: Explanation.lines(evaluated, indent: 0),
                fix: isScalar ? Fix(value.expectedSpot, evaluated.literal.text) : nil)
        ]
    }

    private func isExpected(_ actual: YAMLLiteral) -> Bool {
        if case .number(let wanted) = value.expected, case .number(let number) = actual {
            return abs(wanted - number) <= value.within
        }
        return actual == value.expected
    }
}
