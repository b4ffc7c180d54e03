/// Reads one JSON value from bytes.
///
/// Every byte is looked at once and nesting is bounded, so that the longest message takes no longer
/// than its length.
struct JSONNodeParser {
    private let bytes: [UInt8]
    private let depthMax: Int
    private var at = 0

    /// **Fails**: `badEncoding` when it is not one JSON value in UTF-8; `badSchema` when it is
    /// nested too deep or has a member twice.
    static func parse(_ bytes: [UInt8], depthMax: Int) throws(DeskRefusal) -> JSONNode {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw DeskRefusal(.badEncoding, "the message is not UTF-8")
        }
        var parser = JSONNodeParser(bytes: bytes, depthMax: depthMax)
        let node = try parser.value(depth: 1)
        parser.skipSpace()
        guard parser.at == bytes.count else { throw parser.wrong("something follows the value") }
        return node
    }

    private init(bytes: [UInt8], depthMax: Int) {
        (self.bytes, self.depthMax) = (bytes, depthMax)
    }

    private func wrong(_ what: String) -> DeskRefusal {
        DeskRefusal(.badEncoding, "not JSON at byte \(at): \(what)")
    }

    private var next: UInt8 { at < bytes.count ? bytes[at] : 0 }

    private mutating func skipSpace() {
        while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard at < bytes.count, bytes[at] == byte else { return false }
        at += 1
        return true
    }

    private mutating func value(depth: Int) throws(DeskRefusal) -> JSONNode {
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try list(depth: depth)
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw wrong("a value is missing")
        }
    }

    private mutating func word(_ word: String, _ node: JSONNode) throws(DeskRefusal) -> JSONNode {
        guard bytes[at...].starts(with: word.utf8) else { throw wrong("no such word") }
        at += word.utf8.count
        return node
    }

    private mutating func enter(depth: Int) throws(DeskRefusal) {
        guard depth <= depthMax else {
            throw DeskRefusal(.badSchema, "nested more than \(depthMax) deep")
        }
        at += 1
    }

    private mutating func object(depth: Int) throws(DeskRefusal) -> JSONNode {
        try enter(depth: depth)
        var (members, names) = ([JSONNode.Member](), Set<String>())
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object([]) }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw wrong("a member's name is missing") }
            let name = try text()
            guard names.insert(name).inserted else {
                throw DeskRefusal(.badSchema, "the member \"\(name)\" is given twice")
            }
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw wrong("a colon is missing") }
            members.append(JSONNode.Member(name, try value(depth: depth + 1)))
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw wrong("the object does not end") }
        return .object(members)
    }

    private mutating func list(depth: Int) throws(DeskRefusal) -> JSONNode {
        try enter(depth: depth)
        var nodes: [JSONNode] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return .list([]) }
        repeat {
            nodes.append(try value(depth: depth + 1))
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw wrong("the list does not end") }
        return .list(nodes)
    }

    // MARK: Numbers

    private mutating func number() throws(DeskRefusal) -> JSONNode {
        let start = at
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        var isWhole = true
        if take(UInt8(ascii: ".")) {
            isWhole = false
            try digits()
        }
        if next | 0x20 == UInt8(ascii: "e") {
            isWhole = false
            at += 1
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        if isWhole, let number = Int64(text) { return .integer(number) }
        guard let number = Double(text), number.isFinite else {
            throw DeskRefusal(.badValue, "the number \(text.prefix(24)) is too large")
        }
        return .number(number)
    }

    private mutating func digits() throws(DeskRefusal) {
        let start = at
        while (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(next) { at += 1 }
        if at == start { throw wrong("a digit is missing") }
    }

    // MARK: Texts

    private mutating func text() throws(DeskRefusal) -> String {
        at += 1
        var content: [UInt8] = []
        while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
            guard bytes[at] >= 0x20 else { throw wrong("a control character in a text") }
            if bytes[at] == UInt8(ascii: "\\") {
                try escape(into: &content)
            } else {
                content.append(bytes[at])
                at += 1
            }
        }
        guard take(UInt8(ascii: "\"")) else { throw wrong("the text does not end") }
        return String(decoding: content, as: UTF8.self)
    }

    private mutating func escape(into content: inout [UInt8]) throws(DeskRefusal) {
        at += 1
        let letter = next
        at += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(letter)
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "f"): content.append(0x0C)
        case UInt8(ascii: "n"): content.append(0x0A)
        case UInt8(ascii: "r"): content.append(0x0D)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "u"): content += String(Character(try scalar())).utf8
        default: throw wrong("no such escape")
        }
    }

    /// The character of a `\u` escape, or of the two that make up one beyond U+FFFF.
    private mutating func scalar() throws(DeskRefusal) -> Unicode.Scalar {
        var code = try fourDigits()
        if (0xD800..<0xDC00).contains(code) {
            guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
                throw wrong("half a surrogate pair")
            }
            let low = try fourDigits()
            guard (0xDC00..<0xE000).contains(low) else { throw wrong("half a surrogate pair") }
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard code != 0, let scalar = Unicode.Scalar(code) else {
            throw wrong("no such character")
        }
        return scalar
    }

    private mutating func fourDigits() throws(DeskRefusal) -> UInt32 {
        guard at + 4 <= bytes.count,
            bytes[at..<at + 4].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let code = UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16)
        else { throw wrong("four hexadecimal digits are missing") }
        at += 4
        return code
    }
}
