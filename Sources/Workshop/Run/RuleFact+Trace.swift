import CEL
import Domain
import RuleBook
import Scoring

extension RuleFact {
    /// What the rule's conditions may name, for expressions that tests and questions bring.
    var environment: TypedEnvironment {
        var environment = TypedEnvironment()
        for name in names { environment.declare(name.name, name.type, slot: name.slot) }
        let words =
            Severity.allCases.map { ("severity.\($0.word)", Value.int(Int64($0.rawValue))) }
            + WarningLevel.allCases.map { ("warning.\($0.word)", .int(Int64($0.rawValue))) }
            + [("rule.id", .string(id))]
        for (name, value) in words {
            do throws(Diagnostics) {
                try environment.define(name, value)
            } catch {
                preconditionFailure("numbers and texts always fit a slot")
            }
        }
        return environment
    }

    /// What is wrong with an expression; nil when it compiles.
    func mistake(in expression: String) -> Diagnostic? {
        var library = ProgramLibrary()
        var memory = SlotMemory()
        do throws(Diagnostics) {
            _ = try library.compile(expression, in: environment, memory: &memory)
            return nil
        } catch {
            return error.items.first
        }
    }

    /// What a condition came to over the values of a key.
    func trace(_ condition: ConditionFact, over values: SlotValues) -> Evaluated {
        Evaluated(condition.expanded, in: environment, over: values)
    }

    /// The conditions of a mode; where it has none of a part, those of the normal mode.
    func conditions(in mode: String) -> [ConditionFact] {
        let own = Set(conditions.filter { $0.mode == mode }.map(\.part))
        return conditions.filter {
            $0.mode == mode || $0.mode == "normal" && !own.contains($0.part)
        }
    }
}

/// An expression and what each part of it came to.
struct Evaluated: Codable, Sendable {
    /// A part of the expression, as deep as it stands below the whole.
    struct Part: Codable, Sendable {
        var text: String
        var value: String
        var depth: Int
    }

    /// `true`, `42`, `error: …`
    var value: String
    /// The whole first, then its parts; what was never reached is left out.
    var parts: [Part] = []
    var literal: YAMLLiteral = .nothing

    private enum CodingKeys: String, CodingKey { case value, parts }

    init(_ text: String, in environment: TypedEnvironment, over values: SlotValues) {
        do {
            let trace = try environment.trace(text, over: values)
            value = Evaluated.text(trace.outcome)
            literal = Evaluated.literal(trace.outcome)
            parts = Evaluated.parts(trace)
        } catch {
            value = "error: \(error.items.first?.message ?? "does not compile")"
        }
    }

    var isTrue: Bool { literal == .truth(true) }

    private static func text(_ outcome: Trace.Outcome) -> String {
        switch outcome {
        case .success(let value): value.description
        case .failure(let error): "error: \(error.message)"
        }
    }

    private static func literal(_ outcome: Trace.Outcome) -> YAMLLiteral {
        switch outcome {
        case .success(.int(let number)): .number(Double(number))
        case .success(.uint(let number)): .number(Double(number))
        case .success(.double(let number)): .number(number)
        case .success(.bool(let truth)): .truth(truth)
        case .success(.string(let text)): .text(text)
        case .success(.null), .failure: .nothing
        case .success(let value): .text(value.description)
        }
    }

    /// Names of what holds other names (`alert`, `w`) say nothing by themselves, and are left out;
    /// so is a part that stood before with the same text.
    private static func parts(_ trace: Trace) -> [Part] {
        var seen: Set<String> = []
        var open: [Range<Int>] = []
        var parts: [Part] = []
        for part in trace.parts {
            while let last = open.last, !last.contains(part.range) { open.removeLast() }
            guard let outcome = part.outcome, !isSpace(outcome) else { continue }
            let words = ExpressionText.whole(trace.parsed.source, part.range)
            guard seen.insert(words).inserted else { continue }
            parts.append(Part(text: words, value: text(outcome), depth: open.count))
            open.append(part.range)
        }
        return parts
    }

    private static func isSpace(_ outcome: Trace.Outcome) -> Bool {
        if case .success(.map) = outcome { true } else { false }
    }
}

extension Range<Int> {
    fileprivate func contains(_ other: Range<Int>) -> Bool {
        lowerBound <= other.lowerBound && other.upperBound <= upperBound
    }
}
