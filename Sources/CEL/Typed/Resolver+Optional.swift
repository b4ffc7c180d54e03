// Optional fields, as far as they end in a plain value: `a.?b.orValue(c)` and `a.?b.hasValue()`.
extension Resolver {
    /// A field that may be missing: whether it is there, and its value if it is.
    private struct OptionalField {
        var isPresent: TypedNode
        var value: TypedNode
    }

    mutating func resolveOptional(_ call: Call) throws(Diagnostic) -> TypedNode {
        let field = try resolveOptionalField(call.operands[0])
        if call.function == "hasValue" { return field.isPresent }
        var otherwise = try resolve(call.operands[1])
        otherwise = promote(otherwise, beside: field.value.type)
        guard let type = field.value.type.common(with: otherwise.type) else {
            throw mismatch("orValue", field.value.type, otherwise.type, at: call.expr.offset)
        }
        return TypedNode(
            .conditional(field.isPresent, field.value, otherwise), type, at: call.expr.offset)
    }

    /// `a.?b` of a plain `a`, and `.?c` or `.c` of what is optional already.
    private mutating func resolveOptionalField(_ expr: Expr) throws(Diagnostic) -> OptionalField {
        switch expr.kind {
        case .call(Operator.optionalSelect, _, let arguments):
            guard case .constant(.string(let name)) = arguments[1].kind else { break }
            if arguments[0].isOptionalChain {
                return try resolveField(name, of: arguments[0], at: expr)
            }
            let parts = (operand: arguments[0], field: name)
            return OptionalField(
                isPresent: try resolveSelect(expr, parts.operand, parts.field, isTest: true),
                value: try resolveSelect(expr, parts.operand, parts.field, isTest: false))
        case .select(let operand, let name, isTest: false) where operand.isOptionalChain:
            return try resolveField(name, of: operand, at: expr)
        default: break
        }
        throw unsupported("this optional", at: expr, hint: "write a.?b.orValue(c)")
    }

    private mutating func resolveField(
        _ name: String, of operand: Expr, at expr: Expr
    ) throws(Diagnostic) -> OptionalField {
        let outer = try resolveOptionalField(operand)
        guard [.dyn, .anyMap].contains(outer.value.type) || outer.value.type.isStringMap else {
            throw refusal(.field, "\(outer.value.type) has no field '\(name)'", at: expr.offset)
        }
        let inner = TypedNode(.hasField(outer.value, name), .bool, at: expr.offset)
        return OptionalField(
            isPresent: TypedNode(.and(outer.isPresent, inner), .bool, at: expr.offset),
            value: TypedNode(
                .field(outer.value, name), outer.value.type.elementType, at: expr.offset))
    }
}

extension Expr {
    /// Whether the expression is `a.?b` or a field of such a one.
    fileprivate var isOptionalChain: Bool {
        switch kind {
        case .call(Operator.optionalSelect, _, _): true
        case .select(let operand, _, isTest: false): operand.isOptionalChain
        default: false
        }
    }
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
