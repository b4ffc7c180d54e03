/// Gives every node of a parsed expression its type and resolves names and overloads.
///
/// It goes on after a mistake with the type `.error`, which fits everywhere.
struct Checker {
    let environment: Environment
    let parsed: ParsedExpression
    var unifier = TypeUnifier()
    var types: [CELType]
    var references: [Reference?]
    var diagnostics: [Diagnostic] = []
    /// Variables of the comprehensions around the node, innermost last.
    var locals: [(name: String, type: CELType)] = []

    init(_ environment: Environment, _ parsed: ParsedExpression) {
        self.environment = environment
        self.parsed = parsed
        types = Array(repeating: .dyn, count: parsed.idLimit)
        references = Array(repeating: nil, count: parsed.idLimit)
    }

    mutating func check() throws(Diagnostics) -> CheckedExpression {
        infer(parsed.root)
        guard diagnostics.isEmpty else { throw Diagnostics(diagnostics) }
        for index in types.indices { types[index] = unifier.resolve(types[index], settled: true) }
        return CheckedExpression(parsed: parsed, types: types, references: references)
    }

    mutating func report(
        _ code: Diagnostic.Code, _ message: String, at offset: Int, hint: String? = nil
    ) {
        diagnostics.append(
            Diagnostic(code, message, at: offset, in: parsed.source, hint: hint))
    }

    func type(of expr: Expr) -> CELType { types[expr.id] }

    @discardableResult
    mutating func infer(_ expr: Expr) -> CELType {
        let type: CELType =
            switch expr.kind {
            case .constant(let constant): constant.type
            case .identifier(let name): inferIdentifier(expr, name)
            case .select(let operand, let field, let isTest):
                inferSelect(expr, operand, field, isTest)
            case .call(let function, let target, let arguments):
                inferCall(expr, function, target, arguments)
            case .list(let elements): inferList(elements)
            case .map(let entries): inferMap(entries)
            case .message(let name, let fields): inferMessage(expr, name, fields)
            case .comprehension(let fold): inferComprehension(fold)
            }
        types[expr.id] = type
        return type
    }

    // MARK: Names

    private mutating func inferIdentifier(_ expr: Expr, _ name: String) -> CELType {
        if let local = local(name) {
            references[expr.id] = .local(name)
            return local
        }
        if let type = resolve(expr, name) { return type }
        report(
            .name, "nobody declared '\(name)'", at: expr.offset,
            hint: Spelling.hint(for: name, among: knownNames))
        return .error
    }

    private func local(_ name: String) -> CELType? {
        locals.last { $0.name == name }?.type
    }

    private var knownNames: [String] {
        locals.map(\.name) + Array(environment.variables.keys)
            + environment.variables.keys.compactMap {
                $0.split(separator: ".").first.map(String.init)
            }
    }

    /// The type of a declared full name; notes what it stands for.
    private mutating func resolve(_ expr: Expr, _ name: String) -> CELType? {
        for candidate in environment.candidates(for: name) {
            if let type = environment.variables[candidate] {
                references[expr.id] = .variable(candidate)
                return type
            }
            if let value = environment.constant(candidate) {
                references[expr.id] = .constant(value.value)
                return value.type
            }
        }
        return nil
    }

    private mutating func inferSelect(
        _ expr: Expr, _ operand: Expr, _ field: String, _ isTest: Bool
    ) -> CELType {
        if !isTest, let name = expr.qualifiedName, let root = expr.rootName, local(root) == nil,
            let type = resolve(expr, name)
        {
            return type
        }
        if isTest, testsVariable(expr, operand, field) { return .bool }
        if let missing = missingMember(expr, operand) { return missing }
        let type = selectField(field, of: infer(operand), at: expr.offset, isTest)
        return isTest ? .bool : type
    }

    /// `has(a.b)` where `a.b` is a variable of that dotted name and `a` is nothing: whether the
    /// activation has a value for it.
    private mutating func testsVariable(_ expr: Expr, _ operand: Expr, _ field: String) -> Bool {
        guard let prefix = operand.qualifiedName, let root = operand.rootName, local(root) == nil,
            !isResolvable(operand)
        else { return false }
        for candidate in environment.candidates(for: prefix + "." + field) {
            guard environment.variables[candidate] != nil else { continue }
            references[expr.id] = .variable(candidate)
            return true
        }
        return false
    }

    /// Tells a misspelt `sensor.valeu` from an unknown `sensor` when names are declared dotted.
    private mutating func missingMember(_ expr: Expr, _ operand: Expr) -> CELType? {
        guard let prefix = operand.qualifiedName, let root = operand.rootName,
            let field = expr.lastName, local(root) == nil, !isResolvable(operand)
        else { return nil }
        let members = environment.variables.keys.filter { $0.hasPrefix(prefix + ".") }
        guard !members.isEmpty else { return nil }
        let names = members.map { String($0.dropFirst(prefix.utf8.count + 1)) }
        report(
            .field, "'\(prefix)' has no field '\(field)'", at: expr.offset,
            hint: Spelling.hint(for: field, among: names)
                ?? "it has \(names.sorted().prefix(8).joined(separator: ", "))")
        return .error
    }

    private func isResolvable(_ expr: Expr) -> Bool {
        guard let name = expr.qualifiedName else { return true }
        for candidate in environment.candidates(for: name) {
            if environment.variables[candidate] != nil { return true }
            if environment.constant(candidate) != nil { return true }
        }
        if case .select(let operand, _, _) = expr.kind { return isResolvable(operand) }
        return false
    }

    // MARK: Fields

    mutating func selectField(
        _ field: String, of operand: CELType, at offset: Int, _ isTest: Bool
    ) -> CELType {
        switch unifier.resolve(operand) {
        case .dyn, .error: return .dyn
        case .map(_, let value): return value
        case .free:
            _ = unifier.fits([operand], [.dyn])
            return .dyn
        case .opaque("optional_type", let parameters):
            return .optional(selectField(field, of: parameters[0], at: offset, isTest))
        case .message(let name):
            return messageField(field, of: name, at: offset)
        case let other:
            report(
                .field, "'\(other)' has no field '\(field)'", at: offset,
                hint: "fields are selected on messages and maps")
            return .error
        }
    }

    mutating func messageField(_ field: String, of name: String, at offset: Int) -> CELType {
        if let type = environment.fieldType(field, of: name) { return type }
        let fields = environment.types.fieldNames(of: name)
        report(
            .field, "'\(name)' has no field '\(field)'", at: offset,
            hint: Spelling.hint(for: field, among: fields))
        return .error
    }
}

extension Expr {
    fileprivate var lastName: String? {
        switch kind {
        case .identifier(let name): name
        case .select(_, let field, _): field
        default: nil
        }
    }
}

extension Expr.Constant {
    var type: CELType {
        switch self {
        case .null: .null
        case .bool: .bool
        case .int: .int
        case .uint: .uint
        case .double: .double
        case .string: .string
        case .bytes: .bytes
        }
    }
}
