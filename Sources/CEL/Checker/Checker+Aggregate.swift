extension Checker {
    mutating func inferList(_ elements: [Expr.ListElement]) -> CELType {
        var joined: CELType?
        for element in elements {
            var type = infer(element.value)
            if element.isOptional { type = unwrap(type, at: element.value.offset) }
            joined = unifier.join(joined, type)
        }
        return .list(joined ?? unifier.fresh())
    }

    mutating func inferMap(_ entries: [Expr.MapEntry]) -> CELType {
        var key: CELType?
        var value: CELType?
        for entry in entries {
            key = unifier.join(key, infer(entry.key))
            var type = infer(entry.value)
            if entry.isOptional { type = unwrap(type, at: entry.value.offset) }
            value = unifier.join(value, type)
        }
        return .map(key ?? unifier.fresh(), value ?? unifier.fresh())
    }

    /// The element of what is written after `?`; only optionals may be.
    private mutating func unwrap(_ type: CELType, at offset: Int) -> CELType {
        let resolved = unifier.resolve(type)
        if let element = resolved.optionalElement { return element }
        if resolved.isDyn { return .dyn }
        let element = unifier.fresh()
        if unifier.fits([type], [.optional(element)]) { return element }
        report(
            .type, "'?' takes an optional, this is \(resolved)", at: offset,
            hint: "wrap it: optional.of(…), or leave the '?' out")
        return .error
    }

    mutating func inferMessage(
        _ expr: Expr, _ name: String, _ fields: [Expr.FieldEntry]
    ) -> CELType {
        guard let full = messageName(name) else {
            report(.name, "there is no message '\(name)'", at: expr.range.lowerBound)
            for field in fields { infer(field.value) }
            return .error
        }
        let result = WellKnownType(full)?.type ?? .message(full)
        references[expr.id] = .constant(.type(.message(full)))
        for field in fields {
            var type = infer(field.value)
            if field.isOptional { type = unwrap(type, at: field.value.offset) }
            let wanted = messageField(field.name, of: full, at: field.offset)
            guard !unifier.fits([type], [wanted]) else { continue }
            report(
                .type, "field '\(field.name)' is \(wanted), not \(unifier.resolve(type))",
                at: field.value.offset)
        }
        return result
    }

    private func messageName(_ name: String) -> String? {
        environment.candidates(for: name).first { environment.types.hasMessage($0) }
    }

    // MARK: Comprehensions

    mutating func inferComprehension(_ fold: Expr.Comprehension) -> CELType {
        let variables = rangeTypes(infer(fold.range), fold)
        let initial = infer(fold.initial)
        locals.append((fold.accumulator, initial))
        let mark = locals.count
        locals.append((fold.variable, variables.first))
        if let second = fold.secondVariable { locals.append((second, variables.second)) }
        infer(fold.condition)
        expect(fold.condition, .bool)
        let step = infer(fold.step)
        if !unifier.fits([step], [initial]) {
            report(
                .type,
                "the accumulator is \(unifier.resolve(initial)) and becomes "
                    + "\(unifier.resolve(step))", at: fold.step.offset)
        }
        locals.removeSubrange(mark...)
        let result = infer(fold.result)
        locals.removeLast()
        return unifier.resolve(result)
    }

    private mutating func expect(_ expr: Expr, _ wanted: CELType) {
        guard !unifier.fits([type(of: expr)], [wanted]) else { return }
        report(
            .type, "expected \(wanted), found \(unifier.resolve(type(of: expr)))", at: expr.offset)
    }

    /// The types of a comprehension's variables over a range.
    private mutating func rangeTypes(
        _ range: CELType, _ fold: Expr.Comprehension
    ) -> (first: CELType, second: CELType) {
        let hasSecond = fold.secondVariable != nil
        switch unifier.resolve(range) {
        case .list(let element): return hasSecond ? (.int, element) : (element, .dyn)
        case .map(let key, let value): return (key, value)
        case .dyn, .error: return (.dyn, .dyn)
        case .free:
            _ = unifier.fits([range], [.dyn])
            return (.dyn, .dyn)
        case let other:
            report(
                .type, "a comprehension runs over a list or a map, not \(other)",
                at: fold.range.offset)
            return (.error, .error)
        }
    }
}
