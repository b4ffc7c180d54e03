extension Evaluator {
    mutating func call(
        _ expr: Expr, _ name: String, _ target: Expr?, _ arguments: [Expr]
    ) throws(EvaluationError) -> Value {
        if target == nil, let value = try special(name, arguments) { return value }
        var values: [Value] = []
        let function = callee(expr, name, target)
        if let target, !function.isNamespaced { values.append(try evaluate(target)) }
        for argument in arguments { values.append(try evaluate(argument)) }
        if target == nil, let value = try binary(name, values) { return value }
        return try dispatch(
            function.name, values, isMember: target != nil && !function.isNamespaced)
    }

    /// The full name of the function a call means and whether its target is part of it.
    private func callee(
        _ expr: Expr, _ name: String, _ target: Expr?
    ) -> (name: String, isNamespaced: Bool) {
        if case .function(let full, _, let isNamespaced) = reference(expr) {
            return (full, isNamespaced)
        }
        guard let target, let space = target.qualifiedName, let root = target.rootName,
            !isLocal(root)
        else { return (name, false) }
        let full = space + "." + name
        return program.environment.isCallable(full) ? (full, true) : (name, false)
    }

    /// Runs the first overload the values fit.
    private func dispatch(
        _ name: String, _ values: [Value], isMember: Bool
    ) throws(EvaluationError) -> Value {
        guard let function = program.environment.function(named: name) else {
            return try enumConversion(name, values)
        }
        for overload in function.overloads where overload.isMember == isMember {
            guard let body = overload.body, overload.parameters.count == values.count,
                zip(values, overload.parameters).allSatisfy({ $0.fits($1) })
            else { continue }
            return try body(values)
        }
        let types = values.map(\.type.name).joined(separator: ", ")
        throw EvaluationError(.noSuchOverload, "no such overload: \(name)(\(types))")
    }

    /// Where enums are types: `Enum(1)` and `Enum('NAME')`; `int(e)` and others never come here.
    private func enumConversion(
        _ name: String, _ values: [Value]
    ) throws(EvaluationError) -> Value {
        for full in program.environment.candidates(for: name) {
            guard let constants = program.environment.types.enumConstants(full) else { continue }
            switch values.first {
            case .int(let number):
                guard let number = Int32(exactly: number) else {
                    throw EvaluationError(.range, "enum out of range: \(number)")
                }
                return .enumeration(full, number)
            case .string(let text):
                guard let number = constants[text] else {
                    throw EvaluationError(.invalidArgument, "no such enum constant: \(text)")
                }
                return .enumeration(full, number)
            default: break
            }
        }
        throw EvaluationError(.noSuchOverload, "no such function: \(name)")
    }

    // MARK: Operators

    /// Calls that do not evaluate all their arguments first.
    private mutating func special(
        _ name: String, _ arguments: [Expr]
    ) throws(EvaluationError) -> Value? {
        switch name {
        case Operator.logicalAnd: return try logical(arguments, absorbing: false)
        case Operator.logicalOr: return try logical(arguments, absorbing: true)
        case Operator.conditional:
            let condition = try evaluate(arguments[0])
            guard case .bool(let holds) = condition else {
                throw EvaluationError(.noSuchOverload, "a condition is a bool: \(condition.type)")
            }
            return try evaluate(arguments[holds ? 1 : 2])
        case Operator.notStrictlyFalse: return try notStrictlyFalse(arguments[0])
        case Operator.optionalSelect: return try optionalSelect(arguments)
        case Operator.block: return try block(arguments)
        default: return nil
        }
    }

    /// `&&` and `||`: the absorbing value wins over an error on either side.
    private mutating func logical(
        _ arguments: [Expr], absorbing: Bool
    ) throws(EvaluationError) -> Value {
        var failure: EvaluationError?
        for argument in arguments {
            do throws(EvaluationError) {
                let value = try evaluate(argument)
                guard case .bool(let truth) = value else {
                    throw EvaluationError(.noSuchOverload, "no bool: \(value.type)")
                }
                if truth == absorbing { return .bool(absorbing) }
            } catch {
                guard error.code != .iterationLimit else { throw error }
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
        return .bool(!absorbing)
    }

    private mutating func notStrictlyFalse(_ argument: Expr) throws(EvaluationError) -> Value {
        do throws(EvaluationError) {
            guard case .bool(false) = try evaluate(argument) else { return .bool(true) }
            return .bool(false)
        } catch {
            guard error.code != .iterationLimit else { throw error }
            return .bool(true)
        }
    }

    /// `a.?b`: an optional of the field, empty if it is not set.
    private mutating func optionalSelect(
        _ arguments: [Expr]
    ) throws(EvaluationError) -> Value {
        var subject = try evaluate(arguments[0])
        if case .optional(let inner) = subject {
            guard let inner else { return .optional(nil) }
            subject = inner
        }
        guard case .string(let name) = try evaluate(arguments[1]) else {
            throw EvaluationError(.noSuchOverload, "a field's name is a text")
        }
        return .optional(try field(name, of: subject, mode: .test))
    }

    private mutating func block(_ arguments: [Expr]) throws(EvaluationError) -> Value {
        guard case .list(let parts) = arguments[0].kind else {
            throw EvaluationError(.invalidArgument, "a block's parts are a list")
        }
        let mark = locals.count
        defer { locals.removeSubrange(mark...) }
        for (index, part) in parts.enumerated() {
            locals.append(Local(name: "@index\(index)", state: .pending(part.value)))
        }
        return try evaluate(arguments[1])
    }

    /// Operators over finished operands.
    private func binary(_ name: String, _ operands: [Value]) throws(EvaluationError) -> Value? {
        let values = program.promotesIntegers ? Operators.promoted(operands) : operands
        switch name {
        case Operator.logicalNot:
            guard case .bool(let truth) = values[0] else {
                throw EvaluationError(.noSuchOverload, "no such overload: !\(values[0].type)")
            }
            return .bool(!truth)
        case Operator.negate: return try Operators.negate(values[0])
        case Operator.equals: return .bool(values[0] == values[1])
        case Operator.notEquals: return .bool(!(values[0] == values[1]))
        case Operator.add: return try Operators.add(values[0], values[1])
        case Operator.subtract: return try Operators.subtract(values[0], values[1])
        case Operator.multiply: return try Operators.multiply(values[0], values[1])
        case Operator.divide: return try Operators.divide(values[0], values[1])
        case Operator.modulo: return try Operators.modulo(values[0], values[1])
        case Operator.in: return try Operators.contains(values[0], in: values[1])
        case Operator.index: return try index(values[0], values[1])
        case Operator.optionalIndex: return try optionalIndex(values[0], values[1])
        default: return try comparison(name, values)
        }
    }

    private func comparison(_ name: String, _ values: [Value]) throws(EvaluationError) -> Value? {
        switch name {
        case Operator.less: try Operators.compare(values[0], values[1], [.less])
        case Operator.lessEquals: try Operators.compare(values[0], values[1], [.less, .equal])
        case Operator.greater: try Operators.compare(values[0], values[1], [.greater])
        case Operator.greaterEquals:
            try Operators.compare(values[0], values[1], [.greater, .equal])
        default: nil
        }
    }

    /// Indexing an optional gives an optional.
    private func index(_ operand: Value, _ key: Value) throws(EvaluationError) -> Value {
        guard case .optional = operand else { return try Operators.index(operand, key) }
        return try optionalIndex(operand, key)
    }

    private func optionalIndex(_ operand: Value, _ key: Value) throws(EvaluationError) -> Value {
        var operand = operand
        if case .optional(let inner) = operand {
            guard let inner else { return .optional(nil) }
            operand = inner
        }
        do throws(EvaluationError) {
            return .optional(try Operators.index(operand, key))
        } catch {
            guard error.code == .noSuchKey || error.code == .indexOutOfRange else { throw error }
            return .optional(nil)
        }
    }
}
