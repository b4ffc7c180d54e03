/// What one evaluation can cost at most, computed before any.
///
/// **Units** `steps` are nodes evaluated, with text and lists that are looked through counted by
/// their size; `iterations` are rounds of comprehensions, the unit of `Program.iterationsMax`.
/// Both stop at `UInt64.max`.
public struct CostBound: Sendable, Hashable {
    public var steps: UInt64
    public var iterations: UInt64
}

/// How large the values an expression reads may be.
public struct DeclaredSizes: Sendable {
    /// Elements of a list or map, bytes of a text, by the variable's full name.
    public var variables: [String: UInt64]
    /// What is not declared: other variables, elements of elements, results of functions.
    public var otherwise: UInt64

    public init(_ variables: [String: UInt64] = [:], otherwise: UInt64 = 256) {
        self.variables = variables
        self.otherwise = otherwise
    }
}

extension CheckedExpression {
    /// The bound for values within the declared sizes.
    public func costBound(_ sizes: DeclaredSizes) -> CostBound {
        var estimator = CostEstimator(checked: self, sizes: sizes)
        let estimate = estimator.estimate(root)
        return CostBound(steps: estimate.steps, iterations: estimate.iterations)
    }
}

/// Walks a tree once and multiplies where it loops.
private struct CostEstimator {
    let checked: CheckedExpression
    let sizes: DeclaredSizes
    /// Sizes of the variables of the comprehensions around the node.
    private var locals: [(name: String, size: UInt64)] = []

    /// What a node costs and how large its value is.
    struct Estimate {
        var steps: UInt64 = 1
        var iterations: UInt64 = 0
        var size: UInt64 = 1

        /// Adds a part that is evaluated once.
        mutating func add(_ part: Estimate) {
            steps = steps.saturatingAdd(part.steps)
            iterations = iterations.saturatingAdd(part.iterations)
        }
    }

    init(checked: CheckedExpression, sizes: DeclaredSizes) {
        self.checked = checked
        self.sizes = sizes
    }

    mutating func estimate(_ expr: Expr) -> Estimate {
        switch expr.kind {
        case .constant(.string(let text)): return Estimate(size: UInt64(text.utf8.count))
        case .constant(.bytes(let bytes)): return Estimate(size: UInt64(bytes.count))
        case .constant: return Estimate()
        case .identifier, .select: return access(expr)
        case .call(let name, _, _): return call(expr, name)
        case .list(let elements):
            var total = sum(elements.map(\.value))
            total.size = UInt64(elements.count)
            return total
        case .map(let entries):
            var total = sum(entries.flatMap { [$0.key, $0.value] })
            total.size = UInt64(entries.count)
            return total
        case .message(_, let fields): return sum(fields.map(\.value))
        case .comprehension(let fold): return comprehension(fold)
        }
    }

    private mutating func sum(_ parts: [Expr]) -> Estimate {
        var total = Estimate()
        for part in parts { total.add(estimate(part)) }
        return total
    }

    private mutating func access(_ expr: Expr) -> Estimate {
        var total = Estimate()
        switch checked.reference(of: expr) {
        case .variable(let name): total.size = sizes.variables[name] ?? size(checked.type(of: expr))
        case .local(let name):
            total.size = locals.last { $0.name == name }?.size ?? sizes.otherwise
        default:
            if case .select(let operand, _, _) = expr.kind { total.add(estimate(operand)) }
            total.size = size(checked.type(of: expr))
        }
        return total
    }

    /// Only types that can be long count as long.
    private func size(_ type: CELType) -> UInt64 {
        switch type {
        case .bool, .int, .uint, .double, .null, .timestamp, .duration, .wrapper(.bool),
            .wrapper(.int), .wrapper(.uint), .wrapper(.double), .type, .enumeration:
            1
        default: sizes.otherwise
        }
    }

    private mutating func call(_ expr: Expr, _ name: String) -> Estimate {
        var total = Estimate()
        var largest: UInt64 = 0
        var together: UInt64 = 0
        for part in expr.children {
            let estimate = estimate(part)
            total.add(estimate)
            largest = max(largest, estimate.size)
            together = together.saturatingAdd(estimate.size)
        }
        switch name {
        case Operator.add: total.size = together
        case Operator.conditional: total.size = largest
        default: total.size = min(size(checked.type(of: expr)), max(together, sizes.otherwise))
        }
        if !Self.isConstantTime(name) { total.steps = total.steps.saturatingAdd(together) }
        return total
    }

    private static func isConstantTime(_ name: String) -> Bool {
        switch name {
        case Operator.conditional, Operator.logicalAnd, Operator.logicalOr, Operator.logicalNot,
            Operator.notStrictlyFalse, Operator.index, Operator.optionalIndex, "size":
            true
        default: false
        }
    }

    private mutating func comprehension(_ fold: Expr.Comprehension) -> Estimate {
        var total = estimate(fold.range)
        let rounds = total.size
        total.add(estimate(fold.initial))
        let mark = locals.count
        // A list that grows by one element a round ends as long as the range.
        let isBinding = fold.isBinding
        let held = isBinding ? estimate(fold.initial).size : rounds
        locals.append((fold.accumulator, held))
        locals.append((fold.variable, sizes.otherwise))
        if let second = fold.secondVariable { locals.append((second, sizes.otherwise)) }
        var round = estimate(fold.condition)
        round.add(estimate(fold.step))
        if !isBinding {
            total.steps = total.steps.saturatingAdd(round.steps.saturatingMultiply(rounds))
            let inner = round.iterations.saturatingAdd(1)
            total.iterations = total.iterations.saturatingAdd(inner.saturatingMultiply(rounds))
        }
        let result = estimate(fold.result)
        locals.removeSubrange(mark...)
        total.add(result)
        total.size = result.size
        return total
    }
}

extension Expr.Comprehension {
    /// Whether the loop never runs: `cel.bind` folds over nothing.
    fileprivate var isBinding: Bool {
        if case .list(let elements) = range.kind { elements.isEmpty } else { false }
    }
}

extension UInt64 {
    fileprivate func saturatingAdd(_ other: UInt64) -> UInt64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }

    fileprivate func saturatingMultiply(_ other: UInt64) -> UInt64 {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? .max : product
    }
}
