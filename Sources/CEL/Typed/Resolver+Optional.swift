// Optionals, as far as they end in a plain value: `a.?b.orValue(c)`, `m[?"k"].hasValue()`,
// `m[?"k"] == optional.of(c)`.
extension Resolver {
    /// A value that may be missing: whether it is there, and what it is if it is.
    private struct Option {
        var isPresent: TypedNode
        var value: TypedNode
        /// Whether the value is worked out also where nothing asks for it: `optional.of(value)`.
        var isMade = false
    }

    mutating func resolveOptional(_ call: Call) throws(Diagnostic) -> TypedNode {
        let option = try resolveOption(call.operands[0])
        if call.function == "hasValue" { return checked(option, option.isPresent) }
        if call.function == "value" { return option.value }
        var otherwise = try resolve(call.operands[1])
        otherwise = promote(otherwise, beside: option.value.type)
        guard let type = option.value.type.common(with: otherwise.type) else {
            throw mismatch("orValue", option.value.type, otherwise.type, at: call.expr.offset)
        }
        return TypedNode(
            .conditional(option.isPresent, option.value, otherwise), type, at: call.expr.offset)
    }

    /// Two optionals are equal when both have equal values or neither has one.
    mutating func resolveOptionalEquality(_ call: Call) throws(Diagnostic) -> TypedNode {
        if let option = call.arguments.first(where: \.isOptional),
            !call.arguments.allSatisfy(\.isOptional)
        {
            throw refusal(
                .overload, "an optional beside a plain value", at: option.offset,
                hint: "end it with .orValue(…), or compare it with optional.of(…)")
        }
        var left = try resolveOption(call.arguments[0])
        var right = try resolveOption(call.arguments[1])
        left.value = promote(left.value, beside: right.value.type)
        right.value = promote(right.value, beside: left.value.type)
        guard
            left.value.type.common(with: right.value.type) != nil
                || left.value.type.isNumber && right.value.type.isNumber
        else {
            throw mismatch(
                call.function.operatorSign, left.value.type, right.value.type,
                at: call.expr.offset)
        }
        let equal = equality(left, right, at: call.expr.offset)
        if call.function == Operator.equals { return equal }
        return TypedNode(.not(equal), .bool, at: call.expr.offset)
    }

    private func equality(_ left: Option, _ right: Option, at offset: Int) -> TypedNode {
        let areEqual = TypedNode(.compare(.equal, left.value, right.value), .bool, at: offset)
        let no = TypedNode(.constant(.bool(false)), .bool, at: offset)
        let rightOnly = TypedNode(.not(right.isPresent), .bool, at: offset)
        return choice(
            left.isPresent, choice(right.isPresent, areEqual, checked(left, no)),
            checked(right, rightOnly))
    }

    private func choice(_ condition: TypedNode, _ yes: TypedNode, _ no: TypedNode) -> TypedNode {
        TypedNode(.conditional(condition, yes, no), .bool, at: condition.offset)
    }

    /// The answer, unless the option's value is worked out first and fails.
    private func checked(_ option: Option, _ answer: TypedNode) -> TypedNode {
        guard option.isMade, option.value.literal == nil else { return answer }
        let itself = TypedNode(
            .compare(.equal, option.value, option.value), .bool, at: option.value.offset)
        return choice(itself, answer, answer)
    }

    /// `a.?b` and `m[?"k"]` of what is plain, `.?c` or `.c` of what is optional already, and
    /// `optional.of(x)`.
    private mutating func resolveOption(_ expr: Expr) throws(Diagnostic) -> Option {
        switch expr.kind {
        case .call(Operator.optionalSelect, _, let arguments),
            .call(Operator.optionalIndex, _, let arguments):
            guard case .constant(.string(let name)) = arguments[1].kind else { break }
            return try resolveField(name, of: arguments[0], at: expr)
        case .select(let operand, let name, isTest: false) where operand.isOptionalChain:
            return try resolveField(name, ofOptional: operand, at: expr)
        case .call(_, _, let arguments) where expr.isMadeOptional:
            guard let argument = arguments.first else { return nothing(at: expr) }
            let value = try resolve(argument)
            let yes = TypedNode(.constant(.bool(true)), .bool, at: expr.offset)
            return Option(isPresent: yes, value: value, isMade: true)
        default: break
        }
        throw unsupported("this optional", at: expr, hint: "write a.?b.orValue(c)")
    }

    /// `optional.none()`
    private func nothing(at expr: Expr) -> Option {
        Option(
            isPresent: TypedNode(.constant(.bool(false)), .bool, at: expr.offset),
            value: TypedNode(.constant(.scalar(.null, 0)), .dyn, at: expr.offset))
    }

    private mutating func resolveField(
        _ name: String, of operand: Expr, at expr: Expr
    ) throws(Diagnostic) -> Option {
        if operand.isOptionalChain { return try resolveField(name, ofOptional: operand, at: expr) }
        let key = TypedLiteral.string(name)
        if let root = operand.rootName, let map = operand.qualifiedName, locals[root] == nil,
            environment.openMaps.contains(map)
        {
            let entry = map + "." + name
            return Option(
                isPresent: try presence(ofEntry: entry, at: expr),
                value: try value(ofEntry: entry, at: expr))
        }
        if case .call(Operator.optionalIndex, _, _) = expr.kind {
            let range = try resolve(operand)
            guard [.dyn, .anyMap].contains(range.type) || range.type.isStringMap else {
                throw mismatch("[?]", range.type, key.type, at: expr.offset)
            }
            return field(name, of: range, at: expr)
        }
        return Option(
            isPresent: try resolveSelect(expr, operand, name, isTest: true),
            value: try resolveSelect(expr, operand, name, isTest: false))
    }

    private func field(_ name: String, of map: TypedNode, at expr: Expr) -> Option {
        Option(
            isPresent: TypedNode(.hasField(map, name), .bool, at: expr.offset),
            value: TypedNode(.field(map, name), map.type.elementType, at: expr.offset))
    }

    private mutating func resolveField(
        _ name: String, ofOptional operand: Expr, at expr: Expr
    ) throws(Diagnostic) -> Option {
        let outer = try resolveOption(operand)
        guard [.dyn, .anyMap].contains(outer.value.type) || outer.value.type.isStringMap else {
            throw refusal(.field, "\(outer.value.type) has no field '\(name)'", at: expr.offset)
        }
        let inner = field(name, of: outer.value, at: expr)
        return Option(
            isPresent: TypedNode(
                .and(outer.isPresent, inner.isPresent), .bool, at: expr.offset),
            value: inner.value)
    }
}

extension Expr {
    /// Whether the expression is `a.?b`, `a[?b]` or a field of such a one.
    fileprivate var isOptionalChain: Bool {
        switch kind {
        case .call(Operator.optionalSelect, _, _), .call(Operator.optionalIndex, _, _): true
        case .select(let operand, _, isTest: false): operand.isOptionalChain
        default: false
        }
    }

    /// `optional.of(x)` or `optional.none()`.
    fileprivate var isMadeOptional: Bool {
        guard case .call(let function, let target, let arguments) = kind else { return false }
        let prefix = target?.qualifiedName.map { $0 + "." } ?? ""
        switch prefix + function {
        case "optional.of": return arguments.count == 1
        case "optional.none": return arguments.isEmpty
        default: return false
        }
    }

    /// Whether the expression gives an optional.
    var isOptional: Bool { isOptionalChain || isMadeOptional }
}

extension CELType {
    /// Whether values are maps whose keys are, or may be, strings.
    var isStringMap: Bool {
        switch self {
        case .map(.string, _), .map(.dyn, _): true
        default: false
        }
    }
}
