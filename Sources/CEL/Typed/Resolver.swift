/// Turns a parsed expression into typed nodes, or says why the typed path can't take it.
///
/// It accepts a subset of what the checker does and refuses the rest by name: strings that would
/// have to be made, lists and maps that would have to be built, functions without a step of
/// their own.
struct Resolver {
    let environment: TypedEnvironment
    var source: Source
    /// Variables of loops and bindings in sight.
    var locals: [String: TypedNode.Local] = [:]
    var localCount = 0
    /// Fragments being expanded, against those that name themselves.
    var fragments: [String] = []

    init(_ environment: TypedEnvironment, _ source: Source) {
        self.environment = environment
        self.source = source
    }

    mutating func resolve(_ expr: Expr) throws(Diagnostic) -> TypedNode {
        switch expr.kind {
        case .constant(let constant): return try resolve(constant, at: expr)
        case .identifier(let name):
            if let local = locals[name] {
                return TypedNode(.local(local), local.type, at: expr.offset)
            }
            if let node = try meaning(of: name, at: expr) { return node }
            throw unknown(name, at: expr)
        case .select(let operand, let field, let isTest):
            return try resolveSelect(expr, operand, field, isTest: isTest)
        case .call(let function, let target, let arguments):
            return try resolveCall(Call(expr, function, target, arguments))
        case .list(let elements): return try resolve(list: elements, at: expr)
        case .map(let entries): return try resolve(map: entries, at: expr)
        case .comprehension(let fold): return try resolve(fold, at: expr)
        case .message: throw unsupported("a message", at: expr)
        }
    }

    // MARK: Refusals

    func refusal(
        _ code: Diagnostic.Code, _ message: String, at offset: Int, hint: String? = nil
    ) -> Diagnostic {
        Diagnostic(code, message, at: offset, in: source, hint: hint)
    }

    func unsupported(_ what: String, at expr: Expr, hint: String? = nil) -> Diagnostic {
        refusal(
            .unsupported, "\(what) has no place in a compiled condition", at: expr.offset,
            hint: hint)
    }

    func mismatch(_ what: String, _ types: CELType..., at offset: Int) -> Diagnostic {
        let listed = types.map(\.description).joined(separator: ", ")
        return refusal(.overload, "no '\(what)' for (\(listed))", at: offset)
    }

    func unknown(_ name: String, at expr: Expr) -> Diagnostic {
        refusal(
            .name, "undeclared name '\(name)'", at: expr.offset,
            hint: Spelling.hint(for: name, among: environment.names.keys))
    }

    // MARK: Constants and names

    private func resolve(
        _ constant: Expr.Constant, at expr: Expr
    ) throws(Diagnostic) -> TypedNode {
        let literal: TypedLiteral
        var isInteger = false
        switch constant {
        case .null: literal = .scalar(.null, 0)
        case .bool(let value): literal = .bool(value)
        case .int(let value):
            literal = .int(value)
            isInteger = true
        case .uint(let value): literal = .scalar(.uint, value)
        case .double(let value): literal = .double(value)
        case .string(let text): literal = .string(text)
        case .bytes: throw unsupported("a bytes literal", at: expr)
        }
        return TypedNode(
            .constant(literal), literal.type, at: expr.offset, isIntegerLiteral: isInteger)
    }

    /// What a declared name stands for, or nil for one that is not declared.
    private mutating func meaning(
        of name: String, at expr: Expr
    ) throws(Diagnostic) -> TypedNode? {
        let plain = name.hasPrefix(".") ? String(name.dropFirst()) : name
        switch environment.names[plain] {
        case .variable(let type, let slot): return TypedNode(.slot(slot), type, at: expr.offset)
        case .constant(let literal):
            return TypedNode(.constant(literal), literal.type, at: expr.offset)
        case .fragment(let parsed): return try expand(parsed, named: plain, at: expr)
        case nil: return nil
        }
    }

    /// A fragment's text sees the environment and nothing of where it is used.
    private mutating func expand(
        _ parsed: ParsedExpression, named name: String, at expr: Expr
    ) throws(Diagnostic) -> TypedNode {
        guard !fragments.contains(name) else {
            throw refusal(.name, "'\(name)' is defined by itself", at: expr.offset)
        }
        let outside = (source, locals)
        (source, locals) = (parsed.source, [:])
        fragments.append(name)
        let node = try resolve(parsed.root)
        fragments.removeLast()
        (source, locals) = outside
        return node
    }

    // MARK: Selection

    mutating func resolveSelect(
        _ expr: Expr, _ operand: Expr, _ field: String, isTest: Bool
    ) throws(Diagnostic) -> TypedNode {
        if let prefix = operand.qualifiedName, let root = operand.rootName, locals[root] == nil {
            let name = prefix + "." + field
            if isTest, let node = presence(of: name, at: expr) { return node }
            if !isTest, let node = try meaning(of: name, at: expr) { return node }
            if !isDeclared(prefix) { throw unknown(name, at: expr) }
        }
        return try resolveField(expr, operand, field, isTest: isTest)
    }

    // MARK: Entries of open maps

    /// The full name of the entry that a text known at load names in an open map.
    func entryName(of map: Expr, _ key: Expr) -> String? {
        guard let name = map.qualifiedName, let root = map.rootName, locals[root] == nil,
            environment.openMaps.contains(name), case .constant(.string(let field)) = key.kind
        else { return nil }
        return name + "." + field
    }

    func presence(ofEntry name: String, at expr: Expr) throws(Diagnostic) -> TypedNode {
        if let node = presence(of: name, at: expr) { return node }
        throw unknown(name, at: expr)
    }

    mutating func value(ofEntry name: String, at expr: Expr) throws(Diagnostic) -> TypedNode {
        if let node = try meaning(of: name, at: expr) { return node }
        throw unknown(name, at: expr)
    }

    /// Whether the name or one it begins with is declared.
    private func isDeclared(_ name: String) -> Bool {
        var prefix = (name.hasPrefix(".") ? name.dropFirst() : name[...])
        while true {
            if environment.names[String(prefix)] != nil { return true }
            guard let dot = prefix.lastIndex(of: ".") else { return false }
            prefix = prefix[..<dot]
        }
    }

    /// `has` of a dotted name that is a slot or a constant.
    private func presence(of name: String, at expr: Expr) -> TypedNode? {
        switch environment.names[name] {
        case .variable(_, let slot):
            TypedNode(.isPresent(slot: slot), .bool, at: expr.offset)
        case .constant: TypedNode(.constant(.bool(true)), .bool, at: expr.offset)
        case .fragment, nil: nil
        }
    }

    private mutating func resolveField(
        _ expr: Expr, _ operand: Expr, _ field: String, isTest: Bool
    ) throws(Diagnostic) -> TypedNode {
        let map = try resolve(operand)
        switch map.type {
        case .dyn, .map(.string, _), .map(.dyn, _): break
        default:
            throw refusal(.field, "\(map.type) has no field '\(field)'", at: expr.offset)
        }
        if isTest { return TypedNode(.hasField(map, field), .bool, at: expr.offset) }
        return TypedNode(.field(map, field), map.type.elementType, at: expr.offset)
    }
}

extension CELType {
    /// What indexing a value of the type gives.
    var elementType: CELType {
        switch self {
        case .list(let element), .map(_, let element): element
        default: .dyn
        }
    }
}
