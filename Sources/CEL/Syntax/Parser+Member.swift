extension Parser {
    /// A primary with its selections, calls, indexes and message fields.
    mutating func parseMember() throws(Diagnostic) -> Expr {
        try parsePostfix(parsePrimary())
    }

    mutating func parsePostfix(_ primary: Expr) throws(Diagnostic) -> Expr {
        var operand = primary
        while true {
            switch token.kind {
            case .dot: operand = try parseSelection(of: operand)
            case .leftBracket: operand = try parseIndex(of: operand)
            case .leftBrace:
                guard let name = operand.qualifiedName else { return operand }
                operand = try parseMessage(name, from: operand.range.lowerBound)
            default: return operand
            }
        }
    }

    private mutating func parseSelection(of operand: Expr) throws(Diagnostic) -> Expr {
        try advance()
        let isOptional = try accept(.question)
        let name = token
        let start = operand.range.lowerBound
        let field = try parseFieldName()
        if isOptional {
            let key = try make(.constant(.string(field)), at: name.start, from: name.start)
            return try make(
                .call(function: Operator.optionalSelect, target: nil, arguments: [operand, key]),
                at: name.start, from: start)
        }
        guard token.kind == .leftParen, name.kind == .identifier else {
            return try make(
                .select(operand: operand, field: field, isTest: false), at: name.start, from: start)
        }
        let arguments = try parseArguments()
        return try call(field, on: operand, arguments, at: name.start, from: start)
    }

    /// A field name: any word that is no keyword of the grammar, or a name in backquotes.
    private mutating func parseFieldName() throws(Diagnostic) -> String {
        guard token.kind == .identifier || token.kind == .quotedIdentifier else {
            throw unexpected(
                "expected a field name", hint: "other keys are read with brackets: a['key']")
        }
        let quoted = token.kind == .quotedIdentifier ? 1 : 0
        let name = source.text(from: token.start + quoted, to: token.end - quoted)
        try advance()
        return name
    }

    private mutating func parseIndex(of operand: Expr) throws(Diagnostic) -> Expr {
        let mark = token.start
        try advance()
        let isOptional = try accept(.question)
        let index = try parseExpression()
        try expect(.rightBracket)
        return try make(
            .call(
                function: isOptional ? Operator.optionalIndex : Operator.index, target: nil,
                arguments: [operand, index]),
            at: mark, from: operand.range.lowerBound)
    }

    mutating func parseArguments() throws(Diagnostic) -> [Expr] {
        try expect(.leftParen)
        var arguments: [Expr] = []
        while token.kind != .rightParen {
            arguments.append(try parseExpression())
            guard try accept(.comma) else { break }
            guard token.kind != .rightParen else {
                throw unexpected("expected an argument after ','")
            }
        }
        try expect(.rightParen)
        return arguments
    }

    /// A call, or what a macro of that name makes of it.
    func macro(_ name: String, _ target: Expr?, _ count: Int) -> Macro? {
        macros.find(name, isMember: target != nil, argumentCount: count)
    }

    mutating func call(
        _ function: String, on target: Expr?, _ arguments: [Expr], at offset: Int, from start: Int
    ) throws(Diagnostic) -> Expr {
        let kind = Expr.Kind.call(function: function, target: target, arguments: arguments)
        guard let macro = macro(function, target, arguments.count) else {
            return try make(kind, at: offset, from: start)
        }
        builder.place(at: offset, range: start..<previousEnd)
        guard let expanded = try macro.expand(&builder, target, arguments) else {
            return try make(kind, at: offset, from: start)
        }
        macroCalls[expanded.id] = try make(kind, at: offset, from: start)
        return try checked(expanded)
    }

    // MARK: Primaries

    private mutating func parsePrimary() throws(Diagnostic) -> Expr {
        let start = token.start
        switch token.kind {
        case .leftParen: return try parseParenthesized()
        case .leftBracket: return try parseList()
        case .leftBrace: return try parseMap()
        case .identifier: return try parseName(leadingDot: false)
        case .dot:
            try advance()
            guard token.kind == .identifier else { throw unexpected("expected a name after '.'") }
            return try parseName(leadingDot: true)
        default:
            guard let constant = try parseConstant() else {
                throw unexpected("expected a value", hint: missingValueHint)
            }
            return try make(.constant(constant), at: start, from: start)
        }
    }

    private var missingValueHint: String? {
        switch token.kind {
        case .end: "the expression breaks off"
        case .and, .or, .equal, .star, .slash: "an operand is missing in front of the operator"
        case .quotedIdentifier: "names in backquotes stand after a dot"
        default: nil
        }
    }

    private mutating func parseConstant() throws(Diagnostic) -> Expr.Constant? {
        let literal = Literal(source: source)
        let constant: Expr.Constant
        switch token.kind {
        case .int: constant = .int(try literal.int(token, isNegative: false))
        case .uint: constant = .uint(try literal.uint(token))
        case .double: constant = .double(try literal.double(token))
        case .string: constant = .string(try literal.string(token))
        case .bytes: constant = .bytes(try literal.bytes(token))
        case .true: constant = .bool(true)
        case .false: constant = .bool(false)
        case .null: constant = .null
        default: return nil
        }
        try advance()
        return constant
    }

    private mutating func parseParenthesized() throws(Diagnostic) -> Expr {
        try advance()
        let inner = try parseExpression()
        try expect(.rightParen)
        return inner
    }

    private mutating func parseName(leadingDot: Bool) throws(Diagnostic) -> Expr {
        let name = token
        var text = source.text(from: name.start, to: name.end)
        let start = leadingDot ? name.start - 1 : name.start
        try advance()
        if token.kind == .leftParen {
            let arguments = try parseArguments()
            if leadingDot { text = "." + text }
            return try call(text, on: nil, arguments, at: name.start, from: start)
        }
        guard !Self.reserved.contains(text) else {
            throw Diagnostic(
                .syntax, "'\(text)' is a reserved word", at: name.start, in: source,
                hint: "as a field it may stand after a dot: a.\(text)")
        }
        return try make(
            .identifier(leadingDot ? "." + text : text), at: name.start, from: start)
    }

    private static let reserved: Set<String> = [
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let",
        "loop", "package", "namespace", "return", "var", "void", "while",
    ]

    private mutating func parseList() throws(Diagnostic) -> Expr {
        let start = token.start
        try advance()
        var elements: [Expr.ListElement] = []
        while token.kind != .rightBracket {
            let isOptional = try accept(.question)
            elements.append(.init(value: try parseExpression(), isOptional: isOptional))
            guard try accept(.comma) else { break }
        }
        try expect(.rightBracket)
        return try make(.list(elements), at: start, from: start)
    }

    private mutating func parseMap() throws(Diagnostic) -> Expr {
        let start = token.start
        try advance()
        var entries: [Expr.MapEntry] = []
        while token.kind != .rightBrace {
            let isOptional = try accept(.question)
            let key = try parseExpression()
            try expect(.colon, hint: "a map is written {key: value}")
            let value = try parseExpression()
            let id = builder.takeID()
            entries.append(.init(id: id, key: key, value: value, isOptional: isOptional))
            guard try accept(.comma) else { break }
        }
        try expect(.rightBrace)
        return try make(.map(entries), at: start, from: start)
    }

    private mutating func parseMessage(
        _ name: String, from start: Int
    ) throws(Diagnostic) -> Expr {
        let mark = token.start
        try advance()
        var fields: [Expr.FieldEntry] = []
        while token.kind != .rightBrace {
            let isOptional = try accept(.question)
            let offset = token.start
            let field = try parseFieldName()
            try expect(.colon, hint: "a message is written Type{field: value}")
            let value = try parseExpression()
            fields.append(
                .init(
                    id: builder.takeID(), name: field, offset: offset, value: value,
                    isOptional: isOptional))
            guard try accept(.comma) else { break }
        }
        try expect(.rightBrace)
        return try make(.message(typeName: name, fields: fields), at: mark, from: start)
    }
}
