/// Decodes the literals the lexer delimited.
struct Literal {
    let source: Source

    /// An integer: decimal or `0x` hexadecimal, with its sign.
    func int(_ token: Token, isNegative: Bool) throws(Diagnostic) -> Int64 {
        let (digits, radix) = digits(token)
        guard let value = Int64((isNegative ? "-" : "") + digits, radix: radix) else {
            throw Diagnostic(
                .syntax, "this integer does not fit into 64 bits", at: token.start, in: source,
                hint: "int runs from -9223372036854775808 to 9223372036854775807")
        }
        return value
    }

    /// An unsigned integer; its `u` is the token's last byte.
    func uint(_ token: Token) throws(Diagnostic) -> UInt64 {
        var token = token
        token.end -= 1
        let (digits, radix) = digits(token)
        guard let value = UInt64(digits, radix: radix) else {
            throw Diagnostic(
                .syntax, "this uint does not fit into 64 bits", at: token.start, in: source,
                hint: "uint runs from 0u to 18446744073709551615u")
        }
        return value
    }

    func double(_ token: Token) throws(Diagnostic) -> Double {
        var text = source.text(from: token.start, to: token.end)
        if text.hasPrefix(".") { text = "0" + text }
        guard let value = Double(text), value.isFinite else {
            throw Diagnostic(.syntax, "this number is no double", at: token.start, in: source)
        }
        return value
    }

    private func digits(_ token: Token) -> (String, Int) {
        let text = source.text(from: token.start, to: token.end)
        guard text.hasPrefix("0x") || text.hasPrefix("0X") else { return (text, 10) }
        return (String(text.dropFirst(2)), 16)
    }

    func string(_ token: Token) throws(Diagnostic) -> String {
        let body = body(token)
        guard !body.isRaw else {
            return String(decoding: source.bytes[body.range], as: UTF8.self)
        }
        let bytes = try unescape(body.range, asBytes: false)
        return String(decoding: bytes, as: UTF8.self)
    }

    func bytes(_ token: Token) throws(Diagnostic) -> [UInt8] {
        let body = body(token)
        guard !body.isRaw else { return Array(source.bytes[body.range]) }
        return try unescape(body.range, asBytes: true)
    }

    /// The bytes between the quotes.
    private func body(_ token: Token) -> (range: Range<Int>, isRaw: Bool) {
        let bytes = source.bytes
        var start = token.start
        var isRaw = false
        while Ascii.isLetter(bytes[start]) {
            isRaw = isRaw || bytes[start] | 0x20 == UInt8(ascii: "r")
            start += 1
        }
        let quote = bytes[start]
        let isTriple =
            token.end - start >= 6 && bytes[start + 1] == quote && bytes[start + 2] == quote
        let width = isTriple ? 3 : 1
        return (start + width..<token.end - width, isRaw)
    }

    // MARK: Escapes

    private func unescape(_ range: Range<Int>, asBytes: Bool) throws(Diagnostic) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = source.bytes[index]
            guard byte == UInt8(ascii: "\\") else {
                output.append(byte)
                index += 1
                continue
            }
            index = try escape(at: index, upTo: range.upperBound, asBytes, into: &output)
        }
        return output
    }

    /// Decodes the escape at `start` and returns where the text goes on.
    private func escape(
        at start: Int, upTo limit: Int, _ asBytes: Bool, into output: inout [UInt8]
    ) throws(Diagnostic) -> Int {
        guard start + 1 < limit else { throw badEscape(start) }
        let byte = source.bytes[start + 1]
        if let simple = Self.simpleEscape(byte) {
            output.append(simple)
            return start + 2
        }
        let (first, count, radix): (Int, Int, UInt32) =
            switch byte {
            case UInt8(ascii: "x"), UInt8(ascii: "X"): (start + 2, 2, 16)
            case UInt8(ascii: "u") where !asBytes: (start + 2, 4, 16)
            case UInt8(ascii: "U") where !asBytes: (start + 2, 8, 16)
            case 0x30...0x33: (start + 1, 3, 8)
            default: throw badEscape(start)
            }
        guard first + count <= limit else { throw badEscape(start) }
        var code: UInt32 = 0
        for index in first..<first + count {
            guard let digit = Ascii.hexValue(source.bytes[index]), digit < radix else {
                throw badEscape(start)
            }
            code = code * radix + digit
        }
        if asBytes {
            output.append(UInt8(truncatingIfNeeded: code))
        } else {
            guard let scalar = Unicode.Scalar(code) else { throw badEscape(start) }
            output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
        return first + count
    }

    private static func simpleEscape(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "a"): 0x07
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "v"): 0x0B
        case UInt8(ascii: "\\"), UInt8(ascii: "?"), UInt8(ascii: "\""), UInt8(ascii: "'"),
            UInt8(ascii: "`"):
            byte
        default: nil
        }
    }

    private func badEscape(_ start: Int) -> Diagnostic {
        Diagnostic(
            .syntax, "there is no such escape", at: start, in: source,
            hint:
                "a backslash itself is '\\\\'; in a raw text r'…' it needs no escape"
        )
    }
}
