/// A Pratt parser over the lexer's tokens that builds the tree and expands macros on the way.
///
/// It stops at the first mistake: what follows a syntax error is guesswork.
struct Parser {
    let source: Source
    let macros: MacroTable
    let limits: ParserLimits
    private var lexer: Lexer
    private(set) var token = Token(kind: .end, start: 0, end: 0)
    /// End of the token before `token`: where the node just parsed ends.
    private(set) var previousEnd = 0
    private var nesting = 0
    var builder: ExprBuilder
    var macroCalls: [Int: Expr] = [:]

    init(_ source: Source, macros: MacroTable, limits: ParserLimits) {
        self.source = source
        self.macros = macros
        self.limits = limits
        lexer = Lexer(source)
        builder = ExprBuilder(source: source)
    }

    /// Parses the whole text as one expression.
    mutating func parse() throws(Diagnostic) -> ParsedExpression {
        guard source.bytes.count <= limits.textBytesMax else {
            throw tooLarge("an expression has at most \(limits.textBytesMax) bytes", at: 0)
        }
        try advance()
        let root = try parseExpression()
        guard token.kind == .end else {
            throw unexpected("the expression ends here, or an operator is missing")
        }
        return ParsedExpression(
            source: source, root: root, idLimit: builder.nextID, macroCalls: macroCalls)
    }

    // MARK: Tokens

    mutating func advance() throws(Diagnostic) {
        previousEnd = token.end
        token = try lexer.next()
    }

    mutating func accept(_ kind: Token.Kind) throws(Diagnostic) -> Bool {
        guard token.kind == kind else { return false }
        try advance()
        return true
    }

    mutating func expect(_ kind: Token.Kind, hint: String? = nil) throws(Diagnostic) {
        guard token.kind == kind else {
            throw unexpected("expected \(kind.description)", hint: hint)
        }
        try advance()
    }

    func unexpected(_ message: String, hint: String? = nil) -> Diagnostic {
        let found =
            token.kind == .end
            ? "found the end" : "found '\(source.text(from: token.start, to: token.end))'"
        return Diagnostic(.syntax, "\(message): \(found)", at: token.start, in: source, hint: hint)
    }

    func tooLarge(_ message: String, at offset: Int) -> Diagnostic {
        Diagnostic(.limit, message, at: offset, in: source)
    }

    // MARK: Expressions

    mutating func parseExpression() throws(Diagnostic) -> Expr {
        try enter()
        defer { nesting -= 1 }
        let condition = try parseBinary(atLeast: .or)
        guard token.kind == .question else { return condition }
        let mark = token.start
        try advance()
        let whenTrue = try parseBinary(atLeast: .or)
        try expect(.colon, hint: "a condition is written 'a ? b : c'")
        let whenFalse = try parseExpression()
        return try make(
            .call(
                function: Operator.conditional, target: nil,
                arguments: [condition, whenTrue, whenFalse]),
            at: mark, from: condition.range.lowerBound)
    }

    private mutating func enter() throws(Diagnostic) {
        nesting += 1
        guard nesting <= limits.nestingMax else {
            throw tooLarge("more than \(limits.nestingMax) levels of nesting", at: token.start)
        }
    }

    /// Parses operators that bind at least as tightly as `lowest`, all of them from the left.
    private mutating func parseBinary(atLeast lowest: Binding) throws(Diagnostic) -> Expr {
        var left = try parseUnary()
        while let found = BinaryOperator(token.kind), found.binding >= lowest {
            if found.isLogical {
                left = try parseLogical(found, first: left)
                continue
            }
            let mark = token.start
            try advance()
            let right = try parseBinary(atLeast: found.binding.tighter)
            left = try make(
                .call(function: found.function, target: nil, arguments: [left, right]), at: mark,
                from: left.range.lowerBound)
        }
        return left
    }

    /// Collects a chain of `&&` or `||` and balances it: a long chain stays a low tree.
    private mutating func parseLogical(
        _ found: BinaryOperator, first: Expr
    ) throws(Diagnostic) -> Expr {
        var terms = [first]
        var marks: [Int] = []
        while BinaryOperator(token.kind)?.function == found.function {
            marks.append(token.start)
            try advance()
            terms.append(try parseBinary(atLeast: found.binding.tighter))
        }
        return try balance(terms, marks, found.function)
    }

    private mutating func balance(
        _ terms: [Expr], _ marks: [Int], _ function: String
    ) throws(Diagnostic) -> Expr {
        guard terms.count > 1 else { return terms[0] }
        let middle = (terms.count + 1) / 2
        let left = try balance(
            Array(terms[..<middle]), Array(marks[..<(middle - 1)]), function)
        let right = try balance(Array(terms[middle...]), Array(marks[middle...]), function)
        let kind = Expr.Kind.call(function: function, target: nil, arguments: [left, right])
        return try checked(
            builder.make(
                kind, at: marks[middle - 1], range: left.range.lowerBound..<right.range.upperBound))
    }

    private mutating func parseUnary() throws(Diagnostic) -> Expr {
        guard token.kind == .not || token.kind == .minus else { return try parseMember() }
        let mark = token
        let function = mark.kind == .not ? Operator.logicalNot : Operator.negate
        var count = 0
        while token.kind == mark.kind {
            count += 1
            if mark.kind == .minus, try followsNumber(), count % 2 == 1 {
                return try parseNegativeNumber(from: mark.start)
            }
            try advance()
        }
        let operand = try parseMember()
        guard count % 2 == 1 else { return operand }
        return try make(
            .call(function: function, target: nil, arguments: [operand]), at: mark.start,
            from: mark.start)
    }

    /// Whether the token after the current one is a signed number's digits.
    private func followsNumber() throws(Diagnostic) -> Bool {
        var ahead = lexer
        let next = try ahead.next()
        return next.kind == .int || next.kind == .double
    }

    /// A minus in front of digits belongs to the number: the least int has no positive twin.
    private mutating func parseNegativeNumber(from start: Int) throws(Diagnostic) -> Expr {
        try advance()
        let literal = Literal(source: source)
        let constant: Expr.Constant =
            token.kind == .int
            ? .int(try literal.int(token, isNegative: true))
            : .double(-(try literal.double(token)))
        try advance()
        let number = try make(.constant(constant), at: start, from: start)
        return try parsePostfix(number)
    }

    // MARK: Nodes

    /// A node that ends at the last token read.
    mutating func make(
        _ kind: Expr.Kind, at offset: Int, from start: Int
    ) throws(Diagnostic) -> Expr {
        try checked(builder.make(kind, at: offset, range: start..<max(start, previousEnd)))
    }

    func checked(_ expr: Expr) throws(Diagnostic) -> Expr {
        guard expr.height <= limits.heightMax else {
            throw tooLarge("the expression is higher than \(limits.heightMax)", at: expr.offset)
        }
        guard expr.id <= limits.nodesMax else {
            throw tooLarge("more than \(limits.nodesMax) parts", at: expr.offset)
        }
        return expr
    }
}

/// How tightly an operator binds.
enum Binding: UInt8, Comparable {
    case or = 1
    case and, relation, sum, product, unary

    var tighter: Binding { Binding(rawValue: rawValue + 1) ?? .unary }

    static func < (left: Binding, right: Binding) -> Bool { left.rawValue < right.rawValue }
}

/// An operator between two operands.
struct BinaryOperator {
    let function: String
    let binding: Binding

    var isLogical: Bool { binding <= .and }

    init?(_ kind: Token.Kind) {
        switch kind {
        case .or: (function, binding) = (Operator.logicalOr, .or)
        case .and: (function, binding) = (Operator.logicalAnd, .and)
        case .less: (function, binding) = (Operator.less, .relation)
        case .lessEqual: (function, binding) = (Operator.lessEquals, .relation)
        case .greater: (function, binding) = (Operator.greater, .relation)
        case .greaterEqual: (function, binding) = (Operator.greaterEquals, .relation)
        case .equal: (function, binding) = (Operator.equals, .relation)
        case .notEqual: (function, binding) = (Operator.notEquals, .relation)
        case .in: (function, binding) = (Operator.in, .relation)
        case .plus: (function, binding) = (Operator.add, .sum)
        case .minus: (function, binding) = (Operator.subtract, .sum)
        case .star: (function, binding) = (Operator.multiply, .product)
        case .slash: (function, binding) = (Operator.divide, .product)
        case .percent: (function, binding) = (Operator.modulo, .product)
        default: return nil
        }
    }
}
