extension Macro {
    /// `cel.bind(name, value, body)`: a fold over nothing whose accumulator is the variable.
    static let bindings: [Macro] = [
        Macro("bind", isMember: true, argumentCount: 3) {
            (builder, target, arguments) throws(Diagnostic) in
            guard target?.isNamed("cel") == true else { return nil }
            let name = try variableName(arguments[0], builder)
            return bind(&builder, name, to: arguments[1], in: arguments[2])
        }
    ]

    private static func bind(
        _ builder: inout ExprBuilder, _ name: String, to value: Expr, in body: Expr
    ) -> Expr {
        let range = builder.list()
        let condition = builder.constant(.bool(false))
        let step = builder.identifier(name)
        return builder.make(
            .comprehension(
                .init(
                    range: range, variable: "#unused", secondVariable: nil, accumulator: name,
                    initial: value, condition: condition, step: step, result: body)))
    }

    /// `optMap` and `optFlatMap`.
    static let optionals: [Macro] = [
        optionalMap("optMap", wraps: true), optionalMap("optFlatMap", wraps: false),
    ]

    /// `t.hasValue() ? optional.of(let x = t.value() in body) : optional.none()`
    private static func optionalMap(_ name: String, wraps: Bool) -> Macro {
        Macro(name, isMember: true, argumentCount: 2) {
            (builder, target, arguments) throws(Diagnostic) in
            guard let target else { return nil }
            let name = try variableName(arguments[0], builder)
            let held = "@held\(builder.takeID())"
            let isSet = builder.make(
                .call(function: "hasValue", target: builder.identifier(held), arguments: []))
            let value = builder.make(
                .call(function: "value", target: builder.identifier(held), arguments: []))
            var present = bind(&builder, name, to: value, in: arguments[1])
            if wraps { present = builder.call("optional.of", present) }
            let absent = builder.call("optional.none")
            let choice = builder.call(Operator.conditional, isSet, present, absent)
            return bind(&builder, held, to: target, in: choice)
        }
    }

    /// `cel.block`, `cel.index`, `cel.iterVar`, `cel.accuVar`: expressions with shared parts.
    static let block: [Macro] = [
        Macro("block", isMember: true, argumentCount: 2) {
            (builder, target, arguments) throws(Diagnostic) in
            guard target?.isNamed("cel") == true else { return nil }
            guard case .list = arguments[0].kind else {
                throw builder.refusal("cel.block() takes a list and a value", at: arguments[0])
            }
            return builder.call(Operator.block, arguments[0], arguments[1])
        },
        numbered("index", 1) { "@index\($0[0])" },
        numbered("iterVar", 2) { "@it:\($0[0]):\($0[1])" },
        numbered("accuVar", 2) { "@ac:\($0[0]):\($0[1])" },
    ]

    private static func numbered(
        _ name: String, _ count: Int, _ spell: @escaping @Sendable ([Int64]) -> String
    ) -> Macro {
        Macro(name, isMember: true, argumentCount: count) {
            (builder, target, arguments) throws(Diagnostic) in
            guard target?.isNamed("cel") == true else { return nil }
            var numbers: [Int64] = []
            for argument in arguments {
                guard case .constant(.int(let number)) = argument.kind, number >= 0 else {
                    throw builder.refusal("cel.\(name)() takes a number from 0", at: argument)
                }
                numbers.append(number)
            }
            return builder.identifier(spell(numbers))
        }
    }

    /// `math.greatest` and `math.least`, with any number of arguments.
    static let math: [Macro] = [
        extremum("greatest", function: "math.@max"), extremum("least", function: "math.@min"),
    ]

    private static func extremum(_ name: String, function: String) -> Macro {
        Macro(name, isMember: true, argumentCount: nil) {
            (builder, target, arguments) throws(Diagnostic) in
            guard let target, target.isNamed("math") else { return nil }
            guard !arguments.isEmpty else {
                throw builder.refusal("math.\(name)() needs an argument", at: target)
            }
            for argument in arguments { try refuseNoNumber(argument, arguments.count, builder) }
            guard arguments.count > 2 else {
                return builder.make(.call(function: function, target: nil, arguments: arguments))
            }
            let elements = arguments.map { Expr.ListElement(value: $0, isOptional: false) }
            return builder.call(function, builder.make(.list(elements)))
        }
    }

    /// Constants that are no numbers are refused at once; a single list is fine.
    private static func refuseNoNumber(
        _ argument: Expr, _ count: Int, _ builder: ExprBuilder
    ) throws(Diagnostic) {
        switch argument.kind {
        case .constant(.int), .constant(.uint), .constant(.double): return
        case .constant, .map, .message:
            throw builder.refusal("expected a number", at: argument)
        case .list(let elements):
            guard count == 1, !elements.isEmpty else {
                throw builder.refusal("expected numbers, or one list of numbers", at: argument)
            }
            for element in elements { try refuseNoNumber(element.value, 2, builder) }
        default: return
        }
    }

    /// `proto.hasExt(m, name)` and `proto.getExt(m, name)`: extension fields by full name.
    static let protocolBuffers: [Macro] = [
        extensionField("hasExt", isTest: true), extensionField("getExt", isTest: false),
    ]

    private static func extensionField(_ name: String, isTest: Bool) -> Macro {
        Macro(name, isMember: true, argumentCount: 2) {
            (builder, target, arguments) throws(Diagnostic) in
            guard target?.isNamed("proto") == true else { return nil }
            guard let field = arguments[1].qualifiedName else {
                throw builder.refusal("expected the full name of an extension", at: arguments[1])
            }
            return builder.make(.select(operand: arguments[0], field: field, isTest: isTest))
        }
    }
}

extension Expr {
    fileprivate func isNamed(_ name: String) -> Bool {
        if case .identifier(name) = kind { true } else { false }
    }
}
