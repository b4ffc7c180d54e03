/// What a scalar means under the core schema of YAML 1.2 (section 10.3.2).
///
/// Resolved here and not by the YAML library, which follows YAML 1.1: there `on`, `yes` and `no`
/// are Booleans, `12:30` is the number 750 and `0777` is octal.
enum CoreScalar: Equatable {
    case null
    case bool(Bool)
    case int(Int64)
    case double(Double)
    case text(String)

    /// A plain scalar's value; a quoted one is always text.
    init(plain text: String) {
        switch text {
        case "", "~", "null", "Null", "NULL": self = .null
        case "true", "True", "TRUE": self = .bool(true)
        case "false", "False", "FALSE": self = .bool(false)
        case ".nan", ".NaN", ".NAN": self = .double(.nan)
        default:
            self =
                CoreScalar.integer(text) ?? CoreScalar.infinity(text) ?? CoreScalar.float(text)
                ?? .text(text)
        }
    }

    private static func integer(_ text: String) -> CoreScalar? {
        if text.hasPrefix("0x") { return Int64(text.dropFirst(2), radix: 16).map { .int($0) } }
        if text.hasPrefix("0o") { return Int64(text.dropFirst(2), radix: 8).map { .int($0) } }
        guard isDigits(text.utf8.dropFirst(signLength(text))) else { return nil }
        return Int64(text).map { .int($0) }
    }

    private static func infinity(_ text: String) -> CoreScalar? {
        switch text.dropFirst(signLength(text)) {
        case ".inf", ".Inf", ".INF": .double(text.hasPrefix("-") ? -.infinity : .infinity)
        default: nil
        }
    }

    /// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
    private static func float(_ text: String) -> CoreScalar? {
        let body = text.utf8.dropFirst(signLength(text))
        let mantissa = body.prefix { $0 != UInt8(ascii: "e") && $0 != UInt8(ascii: "E") }
        let parts = mantissa.split(
            separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.contains(where: isDigits) else { return nil }
        guard parts.allSatisfy({ $0.isEmpty || isDigits($0) }) else { return nil }
        var exponent = body.dropFirst(mantissa.count)
        if exponent.popFirst() != nil {
            if let sign = exponent.first, sign == 0x2B || sign == 0x2D { exponent.removeFirst() }
            guard isDigits(exponent) else { return nil }
        }
        return Double(text.hasSuffix(".") ? text + "0" : text).map { .double($0) }
    }

    private static func signLength(_ text: String) -> Int {
        text.hasPrefix("-") || text.hasPrefix("+") ? 1 : 0
    }

    private static func isDigits(_ text: Substring.UTF8View) -> Bool {
        !text.isEmpty && text.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    }

    /// What to call it in a message.
    var noun: String {
        switch self {
        case .null: "nothing"
        case .bool: "a Boolean"
        case .int: "a whole number"
        case .double: "a number"
        case .text: "text"
        }
    }
}
