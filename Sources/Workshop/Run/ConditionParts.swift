import CEL
import RuleBook
import Scoring

/// The parts of a rule set's conditions that are true or false by themselves: the operands of `&&`,
/// `||`, `!` and `?:`, and each condition as a whole.
///
/// Each is compiled as an expression of its own, and evaluated wherever the engine judges the
/// condition: also those that the condition's own evaluation would not reach.
struct ConditionParts: Sendable {
    struct Part: Sendable {
        var rule: Int
        var condition: ConditionFact
        var text: String
    }

    private(set) var parts: [Part] = []

    init(_ rules: [RuleFact]) {
        for (number, rule) in rules.enumerated() {
            for condition in rule.conditions where condition.program.isSet {
                let environment = rule.environment
                for text in ConditionParts.operands(of: condition.expanded, in: environment) {
                    parts.append(Part(rule: number, condition: condition, text: text))
                }
            }
        }
    }

    /// The same condition of a set loaded again, whose programs have other numbers.
    static func program(of part: Part, in rules: [RuleFact]) -> Condition {
        let same = rules[part.rule].conditions.first {
            $0.part == part.condition.part && $0.mode == part.condition.mode
                && $0.place == part.condition.place && $0.expanded == part.condition.expanded
        }
        return same?.program ?? .none
    }

    /// What the loader is to compile, in the order of the parts.
    func probes(_ rules: [RuleFact]) -> [RuleProbe] {
        parts.map { part in
            RuleProbe(
                rule: rules[part.rule].id, text: part.text,
                file: SourceFile(path: part.condition.place.file, text: ""),
                line: part.condition.place.line, column: part.condition.place.column)
        }
    }

    /// The texts that are true or false by themselves, the whole first.
    private static func operands(
        of text: String, in environment: TypedEnvironment
    ) -> [String] {
        do {
            let parsed = try Environment(libraries: FunctionLibrary.all).parse(Source(text))
            var texts: [String] = []
            collect(parsed, parsed.root, isOperand: true, &texts)
            var seen: Set<String> = []
            return texts.filter { seen.insert($0).inserted && isTruth($0, in: environment) }
        } catch {
            return []
        }
    }

    private static func collect(
        _ parsed: ParsedExpression, _ expr: Expr, isOperand: Bool, _ texts: inout [String]
    ) {
        if isOperand {
            texts.append(ExpressionText.whole(parsed.source, expr.range))
        }
        // What a macro makes of its parts can't stand alone.
        guard parsed.macroCalls[expr.id] == nil,
            case .call(let function, let target, let arguments) = expr.kind
        else { return }
        let isLogical = [
            Operator.logicalAnd, Operator.logicalOr, Operator.logicalNot, Operator.conditional,
        ].contains(function)
        for part in arguments + [target].compactMap({ $0 }) {
            collect(parsed, part, isOperand: isLogical, &texts)
        }
    }

    private static func isTruth(_ text: String, in environment: TypedEnvironment) -> Bool {
        var library = ProgramLibrary()
        var memory = SlotMemory()
        do throws(Diagnostics) {
            return try library.compile(text, in: environment, memory: &memory).resultType == .bool
        } catch {
            return false
        }
    }
}
