/// Steps through JSON text value by value, without building any.
///
/// **Fails**: with `notJSON`, wherever the text leaves RFC 8259 or nests deeper than 64.
struct JSONScanner {
    enum Kind {
        case object, array, text, number, truth, null
    }

    private let bytes: [UInt8]
    private var at = 0
    /// Whether the innermost array or object has had an element yet.
    private var isFirst = false
    private var depth = 0

    private static let depthMax = 64

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Skips the mark of UTF-8 that some editors write first.
    mutating func skipMark() {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    }

    /// What the next value is.
    mutating func peek() throws(GridFault) -> Kind {
        skipSpace()
        guard at < bytes.count else { throw .notJSON }
        switch bytes[at] {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .text
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .truth
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        default: throw .notJSON
        }
    }

    /// What the first element of the array that comes next is; nil when it is empty.
    mutating func peekInside() throws(GridFault) -> Kind? {
        let (place, first) = (at, isFirst)
        defer { (at, isFirst) = (place, first) }
        skipSpace()
        at += 1
        skipSpace()
        if at < bytes.count, bytes[at] == UInt8(ascii: "]") { return nil }
        return try peek()
    }

    /// Steps into the array or object that comes next.
    mutating func open() throws(GridFault) {
        skipSpace()
        at += 1
        depth += 1
        isFirst = true
        guard depth <= JSONScanner.depthMax else { throw .notJSON }
    }

    /// Whether another element of the array comes; steps out of it when none does.
    mutating func nextElement() throws(GridFault) -> Bool { try advance(to: UInt8(ascii: "]")) }

    /// The name of the object's next member; nil, and out of it, when there is none.
    mutating func nextMember() throws(GridFault) -> String? {
        guard try advance(to: UInt8(ascii: "}")) else { return nil }
        let name = try text()
        skipSpace()
        try take(UInt8(ascii: ":"))
        return name
    }

    /// Nothing but space may come after the value.
    mutating func end() throws(GridFault) {
        skipSpace()
        guard at == bytes.count else { throw .notJSON }
    }

    /// Steps over a whole document of any kind.
    mutating func skipDocument() throws(GridFault) {
        try skip()
        try end()
    }

    /// Steps over the next value.
    mutating func skip() throws(GridFault) {
        switch try peek() {
        case .text: try skipText()
        case .number: _ = try number()
        case .null: try take("null")
        case .truth: try take(bytes[at] == UInt8(ascii: "t") ? "true" : "false")
        case .array:
            try open()
            while try nextElement() { try skip() }
        case .object:
            try open()
            while try advance(to: UInt8(ascii: "}")) {
                skipSpace()
                try skipText()
                skipSpace()
                try take(UInt8(ascii: ":"))
                try skip()
            }
        }
    }

    private mutating func advance(to closing: UInt8) throws(GridFault) -> Bool {
        skipSpace()
        guard at < bytes.count else { throw .notJSON }
        if bytes[at] == closing {
            at += 1
            depth -= 1
            isFirst = false
            return false
        }
        if !isFirst { try take(UInt8(ascii: ",")) }
        isFirst = false
        skipSpace()
        return true
    }

    private mutating func skipSpace() {
        while at < bytes.count {
            switch bytes[at] {
            case 0x20, 0x09, 0x0A, 0x0D: at += 1
            default: return
            }
        }
    }

    private mutating func take(_ byte: UInt8) throws(GridFault) {
        guard at < bytes.count, bytes[at] == byte else { throw .notJSON }
        at += 1
    }

    private mutating func take(_ word: StaticString) throws(GridFault) {
        for byte in "\(word)".utf8 { try take(byte) }
    }
}

extension JSONScanner {
    /// The text that comes next.
    mutating func text() throws(GridFault) -> String {
        let start = at + 1
        let isPlain = try skipText()
        if isPlain, let text = String(validating: bytes[start..<at - 1], as: UTF8.self) {
            return text
        }
        var units: [UInt16] = []
        var spare = JSONScanner(bytes)
        spare.at = start
        while spare.at < at - 1 { try spare.unescape(into: &units) }
        guard let text = String(validating: units, as: UTF16.self) else { throw .notJSON }
        return text
    }

    /// Steps over a text; whether it has no escapes.
    @discardableResult
    private mutating func skipText() throws(GridFault) -> Bool {
        try take(UInt8(ascii: "\""))
        var isPlain = true
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "\""):
                at += 1
                return isPlain
            case UInt8(ascii: "\\"):
                isPlain = false
                try skipEscape()
            case 0..<0x20: throw .notJSON
            default: at += 1
            }
        }
        throw .notJSON
    }

    private mutating func skipEscape() throws(GridFault) {
        var units: [UInt16] = []
        try unescape(into: &units)
    }

    /// Appends the next character, or the run of them up to the next escape.
    private mutating func unescape(into units: inout [UInt16]) throws(GridFault) {
        guard bytes[at] == UInt8(ascii: "\\") else {
            let start = at
            while at < bytes.count, bytes[at] != UInt8(ascii: "\\"),
                bytes[at] != UInt8(ascii: "\"")
            {
                at += 1
            }
            guard let text = String(validating: bytes[start..<at], as: UTF8.self) else {
                throw .notJSON
            }
            units += text.utf16
            return
        }
        guard at + 1 < bytes.count else { throw .notJSON }
        let letter = bytes[at + 1]
        at += 2
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): units.append(UInt16(letter))
        case UInt8(ascii: "b"): units.append(0x08)
        case UInt8(ascii: "f"): units.append(0x0C)
        case UInt8(ascii: "n"): units.append(0x0A)
        case UInt8(ascii: "r"): units.append(0x0D)
        case UInt8(ascii: "t"): units.append(0x09)
        case UInt8(ascii: "u"): units.append(try fourDigits())
        default: throw .notJSON
        }
    }

    private mutating func fourDigits() throws(GridFault) -> UInt16 {
        guard at + 4 <= bytes.count else { throw .notJSON }
        var unit: UInt16 = 0
        for byte in bytes[at..<at + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw .notJSON }
            unit = unit << 4 | UInt16(digit)
        }
        at += 4
        return unit
    }
}

extension JSONScanner {
    /// The number that comes next, rounded as `Double(_: String)` rounds it.
    mutating func number() throws(GridFault) -> Double {
        let start = at
        let isNegative = bytes[at] == UInt8(ascii: "-")
        if isNegative { at += 1 }
        var digits = Digits()
        let whole = takeDigits(&digits)
        guard whole == 1 || (whole > 1 && bytes[at - whole] != UInt8(ascii: "0")) else {
            throw .notJSON
        }
        var places = 0
        if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
            at += 1
            places = takeDigits(&digits)
            guard places > 0 else { throw .notJSON }
        }
        // Up to here both parts are exact as doubles, and so is the only rounding.
        if try !takeExponent(), digits.isExact, places < JSONScanner.powersOfTen.count {
            let value = Double(digits.value) / JSONScanner.powersOfTen[places]
            return isNegative ? -value : value
        }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        guard let value = Double(text), value.isFinite else { throw .notJSON }
        return value
    }

    /// 10 to the power of the index, exact as doubles.
    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]

    /// Digits as one whole number, which is exact as a double below 2 to the power of 53.
    private struct Digits {
        var value: UInt64 = 0
        var count = 0
        var isExact: Bool { count <= 18 && value < 1 << 53 }
    }

    private mutating func takeDigits(_ digits: inout Digits) -> Int {
        let start = at
        while at < bytes.count, case let digit = bytes[at] &- UInt8(ascii: "0"), digit < 10 {
            digits.value = digits.value &* 10 &+ UInt64(digit)
            at += 1
        }
        digits.count += at - start
        return at - start
    }

    private mutating func takeExponent() throws(GridFault) -> Bool {
        guard at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") else { return false }
        at += 1
        if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") {
            at += 1
        }
        var digits = Digits()
        guard takeDigits(&digits) > 0 else { throw .notJSON }
        return true
    }
}
