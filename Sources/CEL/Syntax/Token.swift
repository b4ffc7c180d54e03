/// One word of an expression: its kind and where it lies, in byte offsets.
struct Token {
    enum Kind: UInt8 {
        case end, identifier, quotedIdentifier, int, uint, double, string, bytes
        case leftParen, rightParen, leftBracket, rightBracket, leftBrace, rightBrace
        case dot, comma, colon, question, not
        case plus, minus, star, slash, percent
        case less, lessEqual, greater, greaterEqual, equal, notEqual, and, or
        case `in`, `true`, `false`, null
    }

    var kind: Kind
    var start: Int
    var end: Int
}

extension Token.Kind {
    /// The word for the token in a message.
    var description: String {
        switch self {
        case .end: "end of expression"
        case .identifier, .quotedIdentifier: "name"
        case .int, .uint, .double: "number"
        case .string, .bytes: "text"
        case .leftParen: "'('"
        case .rightParen: "')'"
        case .leftBracket: "'['"
        case .rightBracket: "']'"
        case .leftBrace: "'{'"
        case .rightBrace: "'}'"
        case .dot: "'.'"
        case .comma: "','"
        case .colon: "':'"
        case .question: "'?'"
        default: "operator"
        }
    }
}
