/// An expression ready to be evaluated, as often as wanted, by walking its tree.
///
/// It knows the whole language and is the slow one of the two evaluators: it explains results
/// and cross-checks the typed program.
public struct Program: Sendable {
    public let environment: Environment
    public let parsed: ParsedExpression
    /// By node id; empty for an expression that was only parsed.
    let references: [Reference?]
    /// Rounds of all comprehensions together an evaluation may take.
    public var iterationsMax = 1_000_000
    /// Whether an int beside a double in arithmetic is taken for a double, as typed programs take
    /// literals. The specification has no such rule.
    var promotesIntegers = false

    public init(_ checked: CheckedExpression, in environment: Environment) {
        self.environment = environment
        parsed = checked.parsed
        references = checked.references
    }

    /// A program of an unchecked expression: names are looked up while it runs.
    public init(unchecked parsed: ParsedExpression, in environment: Environment) {
        self.environment = environment
        self.parsed = parsed
        references = []
    }

    /// The expression's value.
    ///
    /// **Fails** with the first error that no `&&`, `||` or `?:` absorbs.
    public func evaluate(
        _ activation: some Activation
    ) throws(EvaluationError) -> Value {
        var evaluator = Evaluator(self, activation, isTracing: false)
        return try evaluator.run()
    }

    /// Evaluates and keeps what every part of the expression came to.
    public func trace(_ activation: some Activation) -> Trace {
        var evaluator = Evaluator(self, activation, isTracing: true)
        let outcome: Trace.Outcome
        do throws(EvaluationError) {
            outcome = .success(try evaluator.run())
        } catch {
            outcome = .failure(error)
        }
        return Trace(parsed: parsed, outcome: outcome, outcomes: evaluator.outcomes)
    }
}
