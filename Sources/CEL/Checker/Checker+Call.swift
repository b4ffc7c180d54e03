extension Checker {
    mutating func inferCall(
        _ expr: Expr, _ name: String, _ target: Expr?, _ arguments: [Expr]
    ) -> CELType {
        if let type = inferSpecial(expr, name, arguments) { return type }
        guard let target else {
            let types = arguments.map { infer($0) }
            return resolveCall(expr, name, types, isMember: false)
        }
        if let space = target.qualifiedName, target.rootName.map(isFree) == true,
            environment.isCallable(space + "." + name)
        {
            let types = arguments.map { infer($0) }
            return resolveCall(expr, space + "." + name, types, isMember: false, true)
        }
        var types = [infer(target)]
        for argument in arguments { types.append(infer(argument)) }
        return resolveCall(expr, name, types, isMember: true)
    }

    private func isFree(_ root: String) -> Bool {
        !locals.contains { $0.name == root }
    }

    // MARK: Operators with rules of their own

    private mutating func inferSpecial(
        _ expr: Expr, _ name: String, _ arguments: [Expr]
    ) -> CELType? {
        switch name {
        case Operator.optionalSelect: return inferOptionalSelect(expr, arguments)
        case Operator.block: return inferBlock(expr, arguments)
        default: return nil
        }
    }

    private mutating func inferOptionalSelect(_ expr: Expr, _ arguments: [Expr]) -> CELType {
        let type = infer(arguments[0])
        let operand = unifier.resolve(type)
        infer(arguments[1])
        references[expr.id] = .function(
            Operator.optionalSelect, overloads: ["select_optional_field"], isNamespaced: false)
        guard case .constant(.string(let field)) = arguments[1].kind else { return .error }
        let inner = operand.optionalElement ?? operand
        return .optional(selectField(field, of: inner, at: expr.offset, false))
    }

    /// Each part of a block may use the parts in front of it.
    private mutating func inferBlock(_ expr: Expr, _ arguments: [Expr]) -> CELType {
        guard case .list(let parts) = arguments[0].kind else { return .error }
        let mark = locals.count
        for (index, part) in parts.enumerated() {
            locals.append(("@index\(index)", infer(part.value)))
        }
        types[arguments[0].id] = .anyList
        let result = infer(arguments[1])
        locals.removeSubrange(mark...)
        references[expr.id] = .function(
            Operator.block, overloads: ["cel_block_list"], isNamespaced: false)
        return result
    }

    // MARK: Overloads

    private mutating func resolveCall(
        _ expr: Expr, _ name: String, _ types: [CELType], isMember: Bool,
        _ isNamespaced: Bool = false
    ) -> CELType {
        guard let function = environment.function(named: name) else {
            if let type = enumConversion(expr, name, types) { return type }
            report(
                .name, "there is no function '\(name)'", at: expr.offset,
                hint: Spelling.hint(for: name, among: environment.functions.keys))
            return .error
        }
        var matching: [String] = []
        var result: CELType?
        for overload in function.overloads where overload.isMember == isMember {
            guard overload.parameters.count == types.count else { continue }
            var names: [String: CELType] = [:]
            let wanted = overload.parameters.map { unifier.instantiate($0, &names) }
            guard unifier.fits(types, wanted) else { continue }
            matching.append(overload.id)
            let instance = unifier.instantiate(overload.result, &names)
            let type = unifier.resolve(instance)
            if let known = result, !known.isDyn, known != type { result = .dyn }
            if result == nil { result = type }
        }
        guard let result else {
            reportNoOverload(expr, function, types, isMember)
            return .error
        }
        references[expr.id] = .function(
            function.name, overloads: matching, isNamespaced: isNamespaced)
        if function.name == "matches" { checkPattern(expr) }
        return result
    }

    /// A constant pattern that is none is known to fail before anything runs.
    private mutating func checkPattern(_ expr: Expr) {
        guard let last = expr.children.last, case .constant(.string(let pattern)) = last.kind
        else { return }
        do throws(RegexError) {
            _ = try Regex(pattern)
        } catch {
            report(
                .pattern, error.description, at: last.offset,
                hint: "the syntax is RE2's; in a raw text r'…' a backslash needs no twin")
        }
    }

    /// Where enums are types, their name converts an int or a string.
    private mutating func enumConversion(
        _ expr: Expr, _ name: String, _ types: [CELType]
    ) -> CELType? {
        guard environment.enums == .asType, types.count == 1 else { return nil }
        let full = environment.candidates(for: name).first {
            environment.types.enumConstants($0) != nil
        }
        guard let full else { return nil }
        guard unifier.fits(types, [.int]) || unifier.fits(types, [.string]) else { return nil }
        references[expr.id] = .function(full, overloads: ["enum_conversion"], isNamespaced: true)
        return .enumeration(full)
    }

    private mutating func reportNoOverload(
        _ expr: Expr, _ function: Function, _ types: [CELType], _ isMember: Bool
    ) {
        let types = types.map { unifier.resolve($0, settled: true) }
        let shown = types.map(\.description)
        let operands =
            isMember
            ? "\(shown[0]).(\(shown.dropFirst().joined(separator: ", ")))"
            : "(\(shown.joined(separator: ", ")))"
        let numbers = Set(types.filter { [.int, .uint, .double].contains($0) })
        if numbers.count > 1 {
            report(
                .intBesideDouble, "no '\(function.spelling)' for \(operands)", at: expr.offset,
                hint: numberHint(expr, numbers))
            return
        }
        report(
            .overload, "no '\(function.spelling)' for \(operands)", at: expr.offset,
            hint: "it takes \(function.signatures)")
    }

    private func numberHint(_ expr: Expr, _ numbers: Set<CELType>) -> String {
        guard numbers.contains(.double) else { return "convert one side: int(…) or uint(…)" }
        guard case .call(_, _, let arguments) = expr.kind else { return "convert with double(…)" }
        for argument in arguments {
            if case .constant(.int(let number)) = argument.kind {
                return "write \(number).0, numbers of different types do not mix"
            }
        }
        return "convert one side: double(…)"
    }
}

extension Function {
    /// The operator's sign or the function's name.
    var spelling: String {
        name == Operator.in
            ? "in"
            : String(name.filter { $0 != "_" || !(name.hasPrefix("_") || name.hasSuffix("_")) })
    }

    /// The overloads as an author would call them, the first few.
    var signatures: String {
        let shown = overloads.prefix(4).map { overload in
            let parameters = overload.parameters.map(\.description)
            return overload.isMember
                ? "\(parameters[0]).(\(parameters.dropFirst().joined(separator: ", ")))"
                : "(\(parameters.joined(separator: ", ")))"
        }
        return shown.joined(separator: " or ") + (overloads.count > 4 ? ", …" : "")
    }
}
