/// What each part of an expression came to in one evaluation.
public struct Trace: Sendable {
    public typealias Outcome = Result<Value, EvaluationError>

    public let parsed: ParsedExpression
    /// Of the whole expression.
    public let outcome: Outcome
    /// By node id; parts never reached are missing, parts in a loop show their last round.
    public let outcomes: [Int: Outcome]
}

extension Trace {
    /// A part of the expression's text and what it came to; nil if it was never reached.
    public struct Part: Sendable {
        public let range: Range<Int>
        public let text: String
        public let outcome: Outcome?
    }

    /// The parts an author wrote, the whole first and each in front of its own parts.
    ///
    /// Constants are left out, and so is what macros add: of `tags.exists(t, t == 'x')` the call,
    /// `tags` and the condition are shown.
    public var parts: [Part] {
        var parts: [Part] = []
        collect(parsed.root, within: nil, &parts)
        return parts
    }

    private func collect(_ expr: Expr, within macro: Range<Int>?, _ parts: inout [Part]) {
        let isMacro = parsed.macroCalls[expr.id] != nil
        if isMacro || expr.range != macro, !expr.isConstant {
            let text = parsed.source.text(from: expr.range.lowerBound, to: expr.range.upperBound)
            parts.append(Part(range: expr.range, text: text, outcome: outcomes[expr.id]))
        }
        let inner = isMacro ? expr.range : macro
        for child in expr.children { collect(child, within: inner, &parts) }
    }
}

extension Expr {
    fileprivate var isConstant: Bool {
        if case .constant = kind { true } else { false }
    }
}
