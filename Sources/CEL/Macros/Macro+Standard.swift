extension Macro {
    /// `has` and the comprehension macros with one variable.
    static let standard: [Macro] = [
        has,
        fold("all", variables: 1, quantifyAll), fold("exists", variables: 1, quantifyAny),
        fold("exists_one", variables: 1, quantifyOne), fold("existsOne", variables: 1, quantifyOne),
        fold("filter", variables: 1, filter),
        fold("map", variables: 1, map), fold("map", variables: 1, parts: 2, map),
    ]

    /// The comprehension macros with two variables: index or key, and value.
    static let twoVariable: [Macro] = [
        fold("all", variables: 2, quantifyAll), fold("exists", variables: 2, quantifyAny),
        fold("exists_one", variables: 2, quantifyOne), fold("existsOne", variables: 2, quantifyOne),
        fold("transformList", variables: 2, map),
        fold("transformList", variables: 2, parts: 2, map),
        fold("transformMap", variables: 2, transformMap),
        fold("transformMap", variables: 2, parts: 2, transformMap),
        fold("transformMapEntry", variables: 2, transformMapEntry),
        fold("transformMapEntry", variables: 2, parts: 2, transformMapEntry),
    ]

    private static let has = Macro("has", isMember: false, argumentCount: 1) {
        (builder, _, arguments) throws(Diagnostic) in
        guard case .select(let operand, let field, isTest: false) = arguments[0].kind else {
            throw builder.refusal(
                "has() takes a field selection", at: arguments[0], hint: "write has(a.b)")
        }
        return builder.make(.select(operand: operand, field: field, isTest: true))
    }

    /// The accumulator's name; no author can write it.
    static let accumulator = "@result"

    /// What a fold macro was called with: the last part is the body, the one before it a guard.
    private struct Parts {
        var range: Expr
        var variable: String
        var secondVariable: String?
        var bodies: [Expr]

        var guardPart: Expr? { bodies.count == 2 ? bodies[0] : nil }
    }

    private typealias Expand = @Sendable (inout ExprBuilder, Parts) -> Expr

    private static func fold(
        _ name: String, variables: Int, parts: Int = 1, _ expand: @escaping Expand
    ) -> Macro {
        Macro(name, isMember: true, argumentCount: variables + parts) {
            (builder, target, arguments) throws(Diagnostic) in
            guard let target else { return nil }
            let first = try variableName(arguments[0], builder)
            let second = variables == 2 ? try variableName(arguments[1], builder) : nil
            guard first != second else {
                throw builder.refusal("the two variables need different names", at: arguments[1])
            }
            let bodies = Array(arguments[variables...])
            return expand(
                &builder,
                Parts(range: target, variable: first, secondVariable: second, bodies: bodies))
        }
    }

    static func variableName(
        _ expr: Expr, _ builder: ExprBuilder
    ) throws(Diagnostic) -> String {
        guard case .identifier(let name) = expr.kind, !name.hasPrefix("."), name != accumulator
        else {
            throw builder.refusal(
                "expected the name of a new variable", at: expr,
                hint: "write for example items.exists(item, item > 3)")
        }
        return name
    }

    // MARK: Expansions

    private static func make(
        _ builder: inout ExprBuilder, _ parts: Parts, initial: Expr,
        loop: (condition: Expr, step: Expr), result: Expr
    ) -> Expr {
        builder.make(
            .comprehension(
                .init(
                    range: parts.range, variable: parts.variable,
                    secondVariable: parts.secondVariable, accumulator: accumulator,
                    initial: initial, condition: loop.condition, step: loop.step, result: result)))
    }

    private static func quantifyAll(_ builder: inout ExprBuilder, _ parts: Parts) -> Expr {
        let initial = builder.constant(.bool(true))
        let condition = builder.call(
            Operator.notStrictlyFalse, builder.identifier(accumulator))
        let step = builder.call(
            Operator.logicalAnd, builder.identifier(accumulator), parts.bodies[0])
        let result = builder.identifier(accumulator)
        return make(&builder, parts, initial: initial, loop: (condition, step), result: result)
    }

    private static func quantifyAny(_ builder: inout ExprBuilder, _ parts: Parts) -> Expr {
        let initial = builder.constant(.bool(false))
        let negated = builder.call(Operator.logicalNot, builder.identifier(accumulator))
        let condition = builder.call(Operator.notStrictlyFalse, negated)
        let step = builder.call(
            Operator.logicalOr, builder.identifier(accumulator), parts.bodies[0])
        let result = builder.identifier(accumulator)
        return make(&builder, parts, initial: initial, loop: (condition, step), result: result)
    }

    private static func quantifyOne(_ builder: inout ExprBuilder, _ parts: Parts) -> Expr {
        let initial = builder.constant(.int(0))
        let condition = builder.constant(.bool(true))
        let one = builder.constant(.int(1))
        let sum = builder.call(Operator.add, builder.identifier(accumulator), one)
        let step = builder.call(
            Operator.conditional, parts.bodies[0], sum, builder.identifier(accumulator))
        let result = builder.call(
            Operator.equals, builder.identifier(accumulator), builder.constant(.int(1)))
        return make(&builder, parts, initial: initial, loop: (condition, step), result: result)
    }

    private static func filter(_ builder: inout ExprBuilder, _ parts: Parts) -> Expr {
        let element = builder.list(builder.identifier(parts.variable))
        return collect(&builder, parts, initial: builder.list(), element, guards: parts.bodies[0])
    }

    private static func map(_ builder: inout ExprBuilder, _ parts: Parts) -> Expr {
        let element = builder.list(parts.bodies[parts.bodies.count - 1])
        return collect(
            &builder, parts, initial: builder.list(), element, guards: parts.guardPart)
    }

    private static func transformMap(_ builder: inout ExprBuilder, _ parts: Parts) -> Expr {
        let key = builder.identifier(parts.variable)
        let entry = Expr.MapEntry(
            id: builder.takeID(), key: key, value: parts.bodies[parts.bodies.count - 1],
            isOptional: false)
        return collect(
            &builder, parts, initial: builder.make(.map([])), builder.make(.map([entry])),
            guards: parts.guardPart)
    }

    private static func transformMapEntry(_ builder: inout ExprBuilder, _ parts: Parts) -> Expr {
        collect(
            &builder, parts, initial: builder.make(.map([])), parts.bodies[parts.bodies.count - 1],
            guards: parts.guardPart)
    }

    /// Adds `element` to the accumulator for every round the guard lets through.
    ///
    /// Lists are joined by `_+_`; maps by `cel.@mapInsert`, which refuses a repeated key.
    private static func collect(
        _ builder: inout ExprBuilder, _ parts: Parts, initial: Expr, _ element: Expr, guards: Expr?
    ) -> Expr {
        var join = Operator.add
        if case .map = initial.kind { join = mapInsert }
        var step = builder.call(join, builder.identifier(accumulator), element)
        if let guards {
            step = builder.call(
                Operator.conditional, guards, step, builder.identifier(accumulator))
        }
        let condition = builder.constant(.bool(true))
        let result = builder.identifier(accumulator)
        return make(&builder, parts, initial: initial, loop: (condition, step), result: result)
    }

    /// The function that joins two maps and refuses a key both have.
    static let mapInsert = "cel.@mapInsert"
}
