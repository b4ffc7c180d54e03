/// Cuts the text of an expression into tokens, on demand.
///
/// Literals are only delimited here; `Literal` decodes them when the parser needs them.
struct Lexer {
    let source: Source
    private let bytes: [UInt8]
    private var offset = 0

    init(_ source: Source) {
        self.source = source
        bytes = source.bytes
    }

    /// The next token; `.end` for ever after the last.
    mutating func next() throws(Diagnostic) -> Token {
        skipBlanks()
        let start = offset
        guard start < bytes.count else { return Token(kind: .end, start: start, end: start) }
        let kind = try scan(bytes[start])
        return Token(kind: kind, start: start, end: offset)
    }

    private func peek(_ ahead: Int = 0) -> UInt8 {
        offset + ahead < bytes.count ? bytes[offset + ahead] : 0
    }

    /// Blanks are space, tab, new line, form feed and carriage return; `//` runs to the line's end.
    private mutating func skipBlanks() {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x09, 0x0A, 0x0C, 0x0D: offset += 1
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"):
                while offset < bytes.count, bytes[offset] != 0x0A { offset += 1 }
            default: return
            }
        }
    }

    private mutating func scan(_ byte: UInt8) throws(Diagnostic) -> Token.Kind {
        if Ascii.isLetter(byte) { return try scanWord() }
        if Ascii.isDigit(byte) { return try scanNumber() }
        if byte == UInt8(ascii: "."), Ascii.isDigit(peek(1)) { return try scanNumber() }
        switch byte {
        case UInt8(ascii: "'"), UInt8(ascii: "\""):
            return try scanText(.string, from: offset, isRaw: false)
        case UInt8(ascii: "`"): return try scanQuotedIdentifier()
        default: return try scanOperator(byte)
        }
    }

    // MARK: Words

    private mutating func scanWord() throws(Diagnostic) -> Token.Kind {
        let start = offset
        while offset < bytes.count, Ascii.isWord(bytes[offset]) { offset += 1 }
        if offset - start <= 2, peek() == 0x22 || peek() == 0x27 {
            if let prefix = TextPrefix(bytes[start..<offset]) {
                return try scanText(prefix.kind, from: start, isRaw: prefix.isRaw)
            }
        }
        switch offset - start {
        case 2 where matches("in", at: start): return .in
        case 4 where matches("true", at: start): return .true
        case 4 where matches("null", at: start): return .null
        case 5 where matches("false", at: start): return .false
        default: return .identifier
        }
    }

    private func matches(_ word: StaticString, at start: Int) -> Bool {
        var index = start
        for scalar in word.description.utf8 {
            guard bytes[index] == scalar else { return false }
            index += 1
        }
        return true
    }

    private mutating func scanQuotedIdentifier() throws(Diagnostic) -> Token.Kind {
        let start = offset
        offset += 1
        while offset < bytes.count, Ascii.isQuotedWord(bytes[offset]) { offset += 1 }
        guard peek() == UInt8(ascii: "`"), offset > start + 1 else {
            throw Diagnostic(
                .syntax, "a name in backquotes ends with a backquote", at: start, in: source,
                hint: "backquotes hold letters, digits, '_', '.', '-', '/' and blanks")
        }
        offset += 1
        return .quotedIdentifier
    }

    // MARK: Numbers

    private mutating func scanNumber() throws(Diagnostic) -> Token.Kind {
        let start = offset
        var kind = Token.Kind.int
        if peek() == UInt8(ascii: "0"), peek(1) | 0x20 == UInt8(ascii: "x") {
            offset += 2
            let digits = offset
            while Ascii.hexValue(peek()) != nil { offset += 1 }
            guard offset > digits else { throw badNumber(start) }
        } else {
            kind = scanDecimal()
        }
        if kind == .int, peek() | 0x20 == UInt8(ascii: "u") {
            offset += 1
            kind = .uint
        }
        guard offset >= bytes.count || !Ascii.isWord(bytes[offset]) else { throw badNumber(start) }
        return kind
    }

    private mutating func scanDecimal() -> Token.Kind {
        var kind = Token.Kind.int
        skipDigits()
        if peek() == UInt8(ascii: "."), Ascii.isDigit(peek(1)) {
            offset += 1
            skipDigits()
            kind = .double
        }
        if peek() | 0x20 == UInt8(ascii: "e") {
            let sign = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-") ? 1 : 0
            if Ascii.isDigit(peek(1 + sign)) {
                offset += 1 + sign
                skipDigits()
                kind = .double
            }
        }
        return kind
    }

    private mutating func skipDigits() {
        while Ascii.isDigit(peek()) { offset += 1 }
    }

    private func badNumber(_ start: Int) -> Diagnostic {
        Diagnostic(.syntax, "this is not a number", at: start, in: source)
    }

    // MARK: Text

    private mutating func scanText(
        _ kind: Token.Kind, from start: Int, isRaw: Bool
    ) throws(Diagnostic) -> Token.Kind {
        let quote = bytes[offset]
        let isTriple = peek(1) == quote && peek(2) == quote
        offset += isTriple ? 3 : 1
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == quote, !isTriple || (peek(1) == quote && peek(2) == quote) {
                offset += isTriple ? 3 : 1
                return kind
            }
            guard isTriple || (byte != 0x0A && byte != 0x0D) else { break }
            offset += byte == UInt8(ascii: "\\") && !isRaw ? 2 : 1
        }
        throw Diagnostic(
            .syntax, "this text has no end", at: start, in: source,
            hint: "close it with the quote it opened with; triple quotes hold line breaks")
    }

    // MARK: Operators

    private mutating func scanOperator(_ byte: UInt8) throws(Diagnostic) -> Token.Kind {
        let second = peek(1)
        if let kind = Self.doubleOperator(byte, second) {
            offset += 2
            return kind
        }
        guard let kind = Self.singleOperator(byte) else { throw strayByte(byte) }
        offset += 1
        return kind
    }

    private static func doubleOperator(_ first: UInt8, _ second: UInt8) -> Token.Kind? {
        switch (first, second) {
        case (UInt8(ascii: "&"), UInt8(ascii: "&")): .and
        case (UInt8(ascii: "|"), UInt8(ascii: "|")): .or
        case (UInt8(ascii: "="), UInt8(ascii: "=")): .equal
        case (UInt8(ascii: "!"), UInt8(ascii: "=")): .notEqual
        case (UInt8(ascii: "<"), UInt8(ascii: "=")): .lessEqual
        case (UInt8(ascii: ">"), UInt8(ascii: "=")): .greaterEqual
        default: nil
        }
    }

    private static func singleOperator(_ byte: UInt8) -> Token.Kind? {
        switch byte {
        case UInt8(ascii: "("): .leftParen
        case UInt8(ascii: ")"): .rightParen
        case UInt8(ascii: "["): .leftBracket
        case UInt8(ascii: "]"): .rightBracket
        case UInt8(ascii: "{"): .leftBrace
        case UInt8(ascii: "}"): .rightBrace
        case UInt8(ascii: "."): .dot
        case UInt8(ascii: ","): .comma
        case UInt8(ascii: ":"): .colon
        case UInt8(ascii: "?"): .question
        case UInt8(ascii: "!"): .not
        case UInt8(ascii: "+"): .plus
        case UInt8(ascii: "-"): .minus
        case UInt8(ascii: "*"): .star
        case UInt8(ascii: "/"): .slash
        case UInt8(ascii: "%"): .percent
        case UInt8(ascii: "<"): .less
        case UInt8(ascii: ">"): .greater
        default: nil
        }
    }

    private func strayByte(_ byte: UInt8) -> Diagnostic {
        let hint: String? =
            switch byte {
            case UInt8(ascii: "="): "equality is '=='"
            case UInt8(ascii: "&"): "'and' is '&&'"
            case UInt8(ascii: "|"): "'or' is '||'"
            case UInt8(ascii: ";"): "an expression has no ';'"
            default: nil
            }
        return Diagnostic(
            .syntax, "an expression has no such character", at: offset, in: source, hint: hint)
    }
}
