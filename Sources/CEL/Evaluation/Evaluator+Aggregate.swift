extension Evaluator {
    mutating func list(_ elements: [Expr.ListElement]) throws(EvaluationError) -> Value {
        var values: [Value] = []
        values.reserveCapacity(elements.count)
        for element in elements {
            let value = try evaluate(element.value)
            if let present = try present(value, element.isOptional) { values.append(present) }
        }
        return .list(values)
    }

    mutating func map(_ entries: [Expr.MapEntry]) throws(EvaluationError) -> Value {
        var map = MapValue()
        for entry in entries {
            let keyValue = try evaluate(entry.key)
            let value = try evaluate(entry.value)
            guard let present = try present(value, entry.isOptional) else { continue }
            if case .double = keyValue { throw noKey(keyValue) }
            guard let key = MapKey(keyValue) else { throw noKey(keyValue) }
            guard map.insert(key, present) else {
                throw EvaluationError(.duplicateKey, "repeated key: \(keyValue)")
            }
        }
        return .map(map)
    }

    private func noKey(_ value: Value) -> EvaluationError {
        EvaluationError(.noSuchOverload, "no map key: \(value.type)")
    }

    /// The value itself, or what the optional behind a `?` holds.
    private func present(_ value: Value, _ isOptional: Bool) throws(EvaluationError) -> Value? {
        guard isOptional else { return value }
        guard case .optional(let inner) = value else {
            throw EvaluationError(.noSuchOverload, "'?' takes an optional: \(value.type)")
        }
        return inner
    }

    mutating func message(
        _ expr: Expr, _ name: String, _ entries: [Expr.FieldEntry]
    ) throws(EvaluationError) -> Value {
        let types = program.environment.types
        var full = program.environment.candidates(for: name).first { types.hasMessage($0) }
        if case .constant(.type(.message(let resolved))) = reference(expr) { full = resolved }
        guard let full else { throw EvaluationError(.noSuchType, "no message '\(name)'") }
        var fields: [(name: String, value: Value)] = []
        for entry in entries {
            let value = try evaluate(entry.value)
            guard let present = try present(value, entry.isOptional) else { continue }
            fields.append((entry.name, present))
        }
        return try types.make(full, fields)
    }

    // MARK: Comprehensions

    mutating func comprehension(_ fold: Expr.Comprehension) throws(EvaluationError) -> Value {
        let range = try evaluate(fold.range)
        let initial = try evaluate(fold.initial)
        let mark = locals.count
        defer { locals.removeSubrange(mark...) }
        locals.append(Local(name: fold.accumulator, state: .known(initial)))
        switch range {
        case .list(let list):
            for (index, element) in list.enumerated() {
                let pair: (Value, Value?) =
                    fold.secondVariable == nil ? (element, nil) : (.int(Int64(index)), element)
                guard try round(fold, pair.0, pair.1, accumulator: mark) else { break }
            }
        case .map(let map):
            for key in map.keys {
                guard try round(fold, key.value, map[key], accumulator: mark) else { break }
            }
        default:
            throw EvaluationError(.noSuchOverload, "no list or map to run over: \(range.type)")
        }
        return try evaluate(fold.result)
    }

    /// One round; false if the condition ends the loop before it.
    private mutating func round(
        _ fold: Expr.Comprehension, _ first: Value, _ second: Value?, accumulator: Int
    ) throws(EvaluationError) -> Bool {
        guard case .bool(true) = try evaluate(fold.condition) else { return false }
        rounds += 1
        guard rounds <= program.iterationsMax else {
            throw EvaluationError(
                .iterationLimit, "more than \(program.iterationsMax) rounds of comprehensions")
        }
        let mark = locals.count
        defer { locals.removeSubrange(mark...) }
        locals.append(Local(name: fold.variable, state: .known(first)))
        if let name = fold.secondVariable {
            locals.append(Local(name: name, state: .known(second ?? .null)))
        }
        do throws(EvaluationError) {
            try step(fold.step, fold, accumulator)
        } catch {
            guard error.code != .iterationLimit, fold.absorbsErrors else { throw error }
            locals[accumulator].state = .failed(error)
        }
        return true
    }

    /// Runs a step; what only adds to the accumulator does so in place.
    private mutating func step(
        _ step: Expr, _ fold: Expr.Comprehension, _ accumulator: Int
    ) throws(EvaluationError) {
        guard !isTracing, case .call(let name, nil, let arguments) = step.kind else {
            locals[accumulator].state = .known(try evaluate(step))
            return
        }
        switch name {
        case Operator.conditional where arguments[2].isIdentifier(fold.accumulator):
            guard case .bool(let holds) = try evaluate(arguments[0]) else {
                throw EvaluationError(.noSuchOverload, "a condition is a bool")
            }
            if holds { try self.step(arguments[1], fold, accumulator) }
        case Operator.add where arguments[0].isIdentifier(fold.accumulator):
            let addition = try evaluate(arguments[1])
            try append(addition, to: accumulator)
        default:
            locals[accumulator].state = .known(try evaluate(step))
        }
    }

    private mutating func append(
        _ addition: Value, to accumulator: Int
    ) throws(EvaluationError) {
        guard case .known(var held) = locals[accumulator].state else { return }
        guard case .list(let more) = addition, case .list(var list) = held else {
            locals[accumulator].state = .known(try Operators.add(held, addition))
            return
        }
        // Both other owners let go, so that the list grows in place.
        held = .null
        locals[accumulator].state = .known(held)
        list.append(contentsOf: more)
        locals[accumulator].state = .known(.list(list))
    }
}

extension Expr {
    fileprivate func isIdentifier(_ name: String) -> Bool {
        if case .identifier(name) = kind { true } else { false }
    }
}

extension Expr.Comprehension {
    /// Whether the loop goes on after an error that a later round may absorb.
    fileprivate var absorbsErrors: Bool {
        if case .call(Operator.notStrictlyFalse, _, _) = condition.kind { true } else { false }
    }
}
