// Lists, maps and loops.
extension Resolver {
    /// A list of constants; another would have to be built while values flow.
    mutating func resolve(
        list elements: [Expr.ListElement], at expr: Expr
    ) throws(Diagnostic) -> TypedNode {
        var literals: [TypedLiteral] = []
        var areIntegers = true
        for element in elements {
            let node = try resolve(element.value)
            guard let literal = node.literal, !element.isOptional else {
                throw unsupported(
                    "a list of values not known at load", at: element.value,
                    hint: "compare with each value, joined by ||")
            }
            literals.append(literal)
            areIntegers = areIntegers && node.isIntegerLiteral
        }
        let list = TypedLiteral.list(literals)
        return TypedNode(
            .constant(list), list.type, at: expr.offset,
            isIntegerLiteral: areIntegers && !elements.isEmpty)
    }

    mutating func resolve(
        map entries: [Expr.MapEntry], at expr: Expr
    ) throws(Diagnostic) -> TypedNode {
        var literals: [TypedLiteral: TypedLiteral] = [:]
        var keys: Set<MapKey> = []
        for entry in entries {
            let (key, value) = (try resolve(entry.key), try resolve(entry.value))
            guard let keyLiteral = key.literal, let literal = value.literal, !entry.isOptional
            else { throw unsupported("a map of values not known at load", at: entry.value) }
            guard let mapKey = keyLiteral.mapKey else {
                throw refusal(.type, "a key can't be \(key.type)", at: key.offset)
            }
            guard keys.insert(mapKey).inserted else {
                throw refusal(.type, "the key is there twice", at: key.offset)
            }
            literals[keyLiteral] = literal
        }
        let map = TypedLiteral.map(literals)
        return TypedNode(.constant(map), map.type, at: expr.offset)
    }

    /// A comprehension: a binding or one of the loops with a scalar result.
    mutating func resolve(
        _ fold: Expr.Comprehension, at expr: Expr
    ) throws(Diagnostic) -> TypedNode {
        if fold.accumulator != Macro.accumulator { return try resolveBinding(fold, at: expr) }
        guard let (quantifier, body) = fold.quantifier else {
            throw unsupported(
                "a loop that makes a list or map", at: expr,
                hint: "exists, all, exists_one and size(list.filter(x, …)) make none")
        }
        let loop = try resolveLoop(fold, body)
        guard loop.body.type == .bool || loop.body.type == .dyn else {
            throw refusal(
                .type, "the loop's condition is \(loop.body.type), not bool", at: loop.body.offset)
        }
        return TypedNode(.quantify(quantifier, loop), .bool, at: expr.offset)
    }

    private mutating func resolveBinding(
        _ fold: Expr.Comprehension, at expr: Expr
    ) throws(Diagnostic) -> TypedNode {
        let value = try resolve(fold.initial)
        let local = makeLocal(value.type)
        let hidden = locals.updateValue(local, forKey: fold.accumulator)
        let body = try resolve(fold.result)
        locals[fold.accumulator] = hidden
        return TypedNode(.bind(local, value, body), body.type, at: expr.offset)
    }

    /// `size()` of a filtered list: a count.
    mutating func resolveCount(
        _ fold: Expr.Comprehension, at expr: Expr
    ) throws(Diagnostic) -> TypedNode? {
        guard let condition = fold.filterCondition else { return nil }
        let loop = try resolveLoop(fold, condition)
        guard loop.body.type == .bool || loop.body.type == .dyn else {
            throw mismatch("filter", loop.body.type, at: loop.body.offset)
        }
        return TypedNode(.count(loop), .int, at: expr.offset)
    }

    private mutating func resolveLoop(
        _ fold: Expr.Comprehension, _ body: Expr
    ) throws(Diagnostic) -> TypedNode.Loop {
        let range = try resolve(fold.range)
        let (firstType, secondType) = try elementTypes(
            of: range, isPair: fold.secondVariable != nil)
        let first = makeLocal(firstType)
        let second = fold.secondVariable.map { _ in makeLocal(secondType) }
        let outside = locals
        locals[fold.variable] = first
        if let name = fold.secondVariable { locals[name] = second }
        let resolved = try resolve(body)
        locals = outside
        return TypedNode.Loop(range: range, first: first, second: second, body: resolved)
    }

    private func elementTypes(
        of range: TypedNode, isPair: Bool
    ) throws(Diagnostic) -> (CELType, CELType) {
        switch range.type {
        case .list(let element): return isPair ? (.int, element) : (element, .dyn)
        case .map(let key, let value): return (key, value)
        case .dyn: return (.dyn, .dyn)
        default:
            throw refusal(.type, "\(range.type) has no elements to go through", at: range.offset)
        }
    }

    private mutating func makeLocal(_ type: CELType) -> TypedNode.Local {
        localCount += 1
        return TypedNode.Local(number: localCount, type: type)
    }
}

extension Expr.Comprehension {
    /// Which quantifier the comprehension is the expansion of, and its condition.
    var quantifier: (TypedNode.Quantifier, Expr)? {
        guard case .call(let function, _, let arguments) = step.kind else { return nil }
        switch function {
        case Operator.logicalOr: return (.any, arguments[1])
        case Operator.logicalAnd: return (.all, arguments[1])
        case Operator.conditional:
            guard case .constant(.int(0)) = initial.kind else { return nil }
            return (.one, arguments[0])
        default: return nil
        }
    }

    /// The condition if the comprehension is the expansion of `filter`.
    var filterCondition: Expr? {
        guard case .list = initial.kind,
            case .call(Operator.conditional, _, let arguments) = step.kind,
            case .call(Operator.add, _, let sum) = arguments[1].kind,
            case .list(let elements) = sum[1].kind,
            case .identifier(variable) = elements[0].value.kind
        else { return nil }
        return arguments[0]
    }
}
