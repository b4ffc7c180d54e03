// Operators and functions.
extension Resolver {
    /// A call as it is written.
    struct Call {
        var expr: Expr
        var function: String
        var target: Expr?
        var arguments: [Expr]

        init(_ expr: Expr, _ function: String, _ target: Expr?, _ arguments: [Expr]) {
            self.expr = expr
            self.function = function
            self.target = target
            self.arguments = arguments
        }

        /// Target and arguments in one row.
        var operands: [Expr] { (target.map { [$0] } ?? []) + arguments }
    }

    mutating func resolveCall(_ call: Call) throws(Diagnostic) -> TypedNode {
        switch call.function {
        case Operator.logicalAnd, Operator.logicalOr, Operator.logicalNot:
            return try resolveLogic(call)
        case Operator.conditional: return try resolveConditional(call)
        case Operator.equals, Operator.notEquals: return try resolveEquality(call)
        case Operator.less: return try resolveOrder(call, .less)
        case Operator.lessEquals: return try resolveOrder(call, .lessEqual)
        case Operator.greater: return try resolveOrder(call, .greater)
        case Operator.greaterEquals: return try resolveOrder(call, .greaterEqual)
        case Operator.add: return try resolveArithmetic(call, .add)
        case Operator.subtract: return try resolveArithmetic(call, .subtract)
        case Operator.multiply: return try resolveArithmetic(call, .multiply)
        case Operator.divide: return try resolveArithmetic(call, .divide)
        case Operator.modulo: return try resolveArithmetic(call, .modulo)
        case Operator.negate: return try resolveNegation(call)
        case Operator.in: return try resolveMembership(call)
        case Operator.index: return try resolveIndex(call)
        default: return try resolveFunction(call)
        }
    }

    // MARK: Logic

    private mutating func resolveCondition(
        _ expr: Expr, of operation: String
    ) throws(Diagnostic) -> TypedNode {
        let node = try resolve(expr)
        guard node.type == .bool || node.type == .dyn else {
            throw refusal(
                .overload, "'\(operation)' takes bool, not \(node.type)", at: node.offset)
        }
        return node
    }

    private mutating func resolveLogic(_ call: Call) throws(Diagnostic) -> TypedNode {
        let name = call.function.filter { $0 != "_" }
        let first = try resolveCondition(call.arguments[0], of: name)
        if call.function == Operator.logicalNot {
            return TypedNode(.not(first), .bool, at: call.expr.offset)
        }
        let second = try resolveCondition(call.arguments[1], of: name)
        let kind: TypedNode.Kind =
            call.function == Operator.logicalAnd ? .and(first, second) : .or(first, second)
        return TypedNode(kind, .bool, at: call.expr.offset)
    }

    private mutating func resolveConditional(_ call: Call) throws(Diagnostic) -> TypedNode {
        let condition = try resolveCondition(call.arguments[0], of: "?:")
        let (first, second) = try resolvePair(call.arguments[1], call.arguments[2])
        guard let type = first.type.common(with: second.type) else {
            throw refusal(
                .type, "the two ends are \(first.type) and \(second.type)", at: call.expr.offset,
                hint: "both ends of '? :' have one type")
        }
        return TypedNode(.conditional(condition, first, second), type, at: call.expr.offset)
    }

    // MARK: Comparison

    private mutating func resolveEquality(_ call: Call) throws(Diagnostic) -> TypedNode {
        if call.arguments[0].isOptional || call.arguments[1].isOptional {
            return try resolveOptionalEquality(call)
        }
        let (left, right) = try resolvePair(call.arguments[0], call.arguments[1])
        guard left.type.common(with: right.type) != nil || left.type.isNumber && right.type.isNumber
        else {
            throw mismatch(call.function.operatorSign, left.type, right.type, at: call.expr.offset)
        }
        let equal = TypedNode(.compare(.equal, left, right), .bool, at: call.expr.offset)
        if call.function == Operator.equals { return equal }
        return TypedNode(.not(equal), .bool, at: call.expr.offset)
    }

    private mutating func resolveOrder(
        _ call: Call, _ comparison: TypedNode.Comparison
    ) throws(Diagnostic) -> TypedNode {
        let (left, right) = try resolvePair(call.arguments[0], call.arguments[1])
        let areNumbers = left.type.isNumber && right.type.isNumber
        let common = left.type.common(with: right.type)
        guard areNumbers || common?.isOrdered == true,
            left.type.isOrdered, right.type.isOrdered
        else {
            throw mismatch(call.function.operatorSign, left.type, right.type, at: call.expr.offset)
        }
        return TypedNode(.compare(comparison, left, right), .bool, at: call.expr.offset)
    }

    private mutating func resolveMembership(_ call: Call) throws(Diagnostic) -> TypedNode {
        if let name = entryName(of: call.arguments[1], call.arguments[0]) {
            return try presence(ofEntry: name, at: call.expr)
        }
        var element = try resolve(call.arguments[0])
        var range = try resolve(call.arguments[1])
        switch range.type {
        case .list(let type):
            range = promote(range, beside: element.type)
            element = promote(element, beside: type)
        case .map, .dyn: break
        default: throw mismatch("in", element.type, range.type, at: call.expr.offset)
        }
        let expected = range.type.keyType
        guard
            element.type.common(with: expected) != nil
                || element.type.isNumber && expected.isNumber
        else { throw mismatch("in", element.type, range.type, at: call.expr.offset) }
        return TypedNode(.contained(element, range), .bool, at: call.expr.offset)
    }

    private mutating func resolveIndex(_ call: Call) throws(Diagnostic) -> TypedNode {
        if let name = entryName(of: call.arguments[0], call.arguments[1]) {
            return try value(ofEntry: name, at: call.expr)
        }
        let range = try resolve(call.arguments[0])
        let index = try resolve(call.arguments[1])
        switch (range.type, index.type) {
        case (.list, .int), (.list, .dyn), (.map, _), (.dyn, _): break
        default: throw mismatch("[]", range.type, index.type, at: call.expr.offset)
        }
        if case .map = range.type, case .string(let name)? = index.literal {
            return TypedNode(.field(range, name), range.type.elementType, at: call.expr.offset)
        }
        return TypedNode(.index(range, index), range.type.elementType, at: call.expr.offset)
    }

    // MARK: Arithmetic

    private mutating func resolveArithmetic(
        _ call: Call, _ arithmetic: Arithmetic
    ) throws(Diagnostic) -> TypedNode {
        let (left, right) = try resolvePair(call.arguments[0], call.arguments[1])
        let offset = call.expr.offset
        if left.type == .string || right.type == .string {
            throw unsupported("text that has to be put together", at: call.expr)
        }
        guard let type = arithmetic.resultType(left.type, right.type) else {
            throw arithmeticRefusal(call, left.type, right.type)
        }
        if let a = left.literal?.slot, let b = right.literal?.slot {
            let value = arithmetic.value(a, b)
            if value.tag != .error {
                return TypedNode(
                    .constant(.scalar(value.tag, value.bits)), type, at: offset,
                    isIntegerLiteral: left.isIntegerLiteral && right.isIntegerLiteral)
            }
        }
        return TypedNode(.arithmetic(arithmetic, left, right), type, at: offset)
    }

    private func arithmeticRefusal(
        _ call: Call, _ left: CELType, _ right: CELType
    ) -> Diagnostic {
        guard left.isNumber, right.isNumber, left != right else {
            return mismatch(call.function.operatorSign, left, right, at: call.expr.offset)
        }
        return refusal(
            .intBesideDouble, "no '\(call.function.operatorSign)' for (\(left), \(right))",
            at: call.expr.offset,
            hint: "write double(…) around the \(left == .double ? right : left)")
    }

    private mutating func resolveNegation(_ call: Call) throws(Diagnostic) -> TypedNode {
        let operand = try resolve(call.arguments[0])
        guard [.int, .double, .dyn].contains(operand.type) else {
            throw mismatch("-", operand.type, at: call.expr.offset)
        }
        return TypedNode(.negate(operand), operand.type, at: call.expr.offset)
    }

    // MARK: Literals beside doubles

    /// Two operands, an int literal beside a double made one if the environment says so.
    mutating func resolvePair(
        _ first: Expr, _ second: Expr
    ) throws(Diagnostic) -> (TypedNode, TypedNode) {
        let (left, right) = (try resolve(first), try resolve(second))
        return (promote(left, beside: right.type), promote(right, beside: left.type))
    }

    func promote(_ node: TypedNode, beside type: CELType) -> TypedNode {
        guard environment.promotesIntegerLiterals, node.isIntegerLiteral, type == .double,
            let literal = node.literal
        else { return node }
        let promoted = literal.promoted
        return TypedNode(.constant(promoted), promoted.type, at: node.offset)
    }
}

extension TypedLiteral {
    /// The literal with ints as doubles.
    var promoted: TypedLiteral {
        switch self {
        case .scalar(.int, let bits): .double(Double(Int64(bitPattern: bits)))
        case .list(let elements): .list(elements.map(\.promoted))
        default: self
        }
    }
}

extension String {
    /// `_+_` as authors write it: `+`.
    var operatorSign: String { filter { $0 != "_" && $0 != "@" } }
}

extension CELType {
    /// The type both are, or nil; parts only known at run time fit everything.
    func common(with other: CELType) -> CELType? {
        if self == other { return self }
        switch (self, other) {
        case (.dyn, _), (_, .dyn): return .dyn
        case (.list(let a), .list(let b)): return a.common(with: b).map { .list($0) }
        case (.map(let a, let b), .map(let c, let d)):
            guard let key = a.common(with: c), let value = b.common(with: d) else { return nil }
            return .map(key, value)
        default: return nil
        }
    }

    var isOrdered: Bool {
        switch self {
        case .bool, .int, .uint, .double, .string, .timestamp, .duration, .dyn: true
        default: false
        }
    }

    /// What can be asked with `in`: a list's elements, a map's keys.
    var keyType: CELType {
        switch self {
        case .list(let element): element
        case .map(let key, _): key
        default: .dyn
        }
    }
}

extension Arithmetic {
    /// The type of the result, or nil if the operands can't be.
    func resultType(_ left: CELType, _ right: CELType) -> CELType? {
        if left == .dyn || right == .dyn { return left == .dyn ? .dyn : dynResult(beside: left) }
        if left == right, left.isNumber {
            return left == .double && self == .modulo ? nil : left
        }
        guard let a = left.slotTag, let b = right.slotTag else { return nil }
        let tag =
            switch self {
            case .add: Self.sumTag(a, b)
            case .subtract: Self.differenceTag(a, b)
            default: SlotTag?.none
            }
        return tag.map { CELType($0) }
    }

    /// A number beside something unknown gives a number of its type or an error.
    private func dynResult(beside type: CELType) -> CELType? {
        if type.isNumber { return type == .double && self == .modulo ? nil : type }
        return type == .timestamp || type == .duration ? .dyn : nil
    }
}
