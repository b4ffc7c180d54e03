import CEL

/// A condition's syntax tree, looked at for what types don't tell: which windows it reads, and
/// whether it asks first if there is a value.
struct ConditionText {
    private let root: Expr
    private let fragments: [String: Expr]

    /// Nil when the text is no expression; that is reported where it is compiled.
    init?(_ source: String, fragments: [String: Expr]) {
        guard let root = ConditionText.parse(source) else { return nil }
        self.root = root
        self.fragments = fragments
    }

    private static let language = Environment()

    static func parse(_ source: String) -> Expr? {
        do {
            return try language.parse(Source(source)).root
        } catch {
            return nil
        }
    }

    /// Whether the text names anything that is not known at load.
    static func readsAnything(_ source: String) -> Bool {
        guard let root = parse(source) else { return true }
        return readsAnything(root)
    }

    private static func readsAnything(_ expr: Expr) -> Bool {
        if let name = expr.qualifiedName { return !name.hasPrefix("param.") }
        return expr.children.contains { readsAnything($0) }
    }

    /// Whether the name is read at all.
    func reads(_ name: String) -> Bool { contains(name, in: root, depth: 0) }

    /// Byte offset at which the name is read without `has(name)` around it; nil when there is none.
    func unguarded(_ name: String) -> Int? { unguarded(name, in: root, depth: 0) }

    /// Fragments may name fragments; one that names itself is refused by the compiler.
    private static let depthMax = 16

    private func fragment(_ expr: Expr, _ depth: Int) -> Expr? {
        guard depth < ConditionText.depthMax else { return nil }
        return expr.qualifiedName.flatMap { fragments[$0] }
    }

    private func contains(_ name: String, in expr: Expr, depth: Int) -> Bool {
        if expr.qualifiedName == name || ConditionText.tests(name, expr) { return true }
        if let fragment = fragment(expr, depth) {
            return contains(name, in: fragment, depth: depth + 1)
        }
        return expr.children.contains { contains(name, in: $0, depth: depth) }
    }

    private func unguarded(_ name: String, in expr: Expr, depth: Int) -> Int? {
        if expr.qualifiedName == name { return expr.range.lowerBound }
        if ConditionText.tests(name, expr) { return nil }
        if let fragment = fragment(expr, depth) {
            let found = unguarded(name, in: fragment, depth: depth + 1)
            return found.map { _ in expr.range.lowerBound }
        }
        let isGuarded = guardedParts(of: expr, name, depth)
        for (index, child) in expr.children.enumerated() where !isGuarded.contains(index) {
            if let found = unguarded(name, in: child, depth: depth) { return found }
        }
        return nil
    }

    /// Which parts of `a && b`, `a || b` and `a ? b : c` are only of weight when the name has a
    /// value.
    private func guardedParts(of expr: Expr, _ name: String, _ depth: Int) -> Set<Int> {
        guard case .call(let function, _, let parts) = expr.kind else { return [] }
        switch function {
        case "_&&_" where parts.contains { holdsOnlyWith(name, $0, depth) }: return [0, 1]
        case "_||_" where parts.contains { holdsOnlyWithout(name, $0, depth) }: return [0, 1]
        case "_?_:_" where holdsOnlyWith(name, parts[0], depth): return [1]
        case "_?_:_" where holdsOnlyWithout(name, parts[0], depth): return [2]
        default: return []
        }
    }

    /// Whether the expression is false without a value: `has(name)`, alone or in a conjunction.
    private func holdsOnlyWith(_ name: String, _ expr: Expr, _ depth: Int) -> Bool {
        if ConditionText.tests(name, expr) { return true }
        if let fragment = fragment(expr, depth) {
            return holdsOnlyWith(name, fragment, depth + 1)
        }
        guard case .call("_&&_", _, let parts) = expr.kind else { return false }
        return parts.contains { holdsOnlyWith(name, $0, depth) }
    }

    /// Whether the expression is true without a value: `!has(name)`, alone or in a disjunction.
    private func holdsOnlyWithout(_ name: String, _ expr: Expr, _ depth: Int) -> Bool {
        if let fragment = fragment(expr, depth) {
            return holdsOnlyWithout(name, fragment, depth + 1)
        }
        guard case .call(let function, _, let parts) = expr.kind else { return false }
        if function == "!_" { return ConditionText.tests(name, parts[0]) }
        return function == "_||_" && parts.contains { holdsOnlyWithout(name, $0, depth) }
    }

    /// `has(name)`
    private static func tests(_ name: String, _ expr: Expr) -> Bool {
        guard case .select(let operand, let field, isTest: true) = expr.kind else { return false }
        return operand.qualifiedName.map { "\($0).\(field)" } == name
    }
}
