extension Value: CustomStringConvertible {
    /// The value as `string()` and `%s` write it.
    public var plainText: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .int(let value): String(value)
        case .uint(let value): String(value)
        case .double(let value): DecimalDigits(value).general
        case .string(let value): value
        case .bytes(let value): String(decoding: value, as: UTF8.self)
        case .list(let list): "[\(list.map(\.plainText).joined(separator: ", "))]"
        case .map(let map):
            "{"
                + map.keys.map { "\($0.value.plainText): \((map[$0] ?? .null).plainText)" }
                .joined(separator: ", ") + "}"
        case .timestamp(let value): value.description
        case .duration(let value): value.description
        case .type(let type): type.name
        case .optional(let value): value.map { "optional(\($0.plainText))" } ?? "optional.none()"
        case .message(let message): message.text
        case .enumeration(let name, let number): "\(name)(\(number))"
        case .opaque(let value): value.text
        }
    }

    /// The value as an author would write it, for messages and traces.
    public var description: String {
        switch self {
        case .string(let text): StringQuoting.quoted(text)
        case .uint(let value): "\(value)u"
        case .double(let value): value.isFinite ? value.description : plainText
        case .list(let list): "[\(list.map(\.description).joined(separator: ", "))]"
        case .map(let map):
            "{"
                + map.keys.map { "\($0.value): \(map[$0] ?? .null)" }.joined(separator: ", ") + "}"
        default: plainText
        }
    }
}

/// A double's shortest decimal digits.
struct DecimalDigits {
    private let value: Double
    /// Significant digits without leading or trailing zeros; empty for zero.
    private let digits: [UInt8]
    /// Where the decimal point stands, counted from the digits' start.
    private let point: Int

    init(_ value: Double) {
        self.value = value
        guard value.isFinite, value != 0 else {
            (digits, point) = ([], 1)
            return
        }
        let text = value.magnitude.description
        let parts = text.split(separator: "e")
        let mantissa = parts[0].split(separator: ".")
        var digits = Array(mantissa[0].utf8)
        var point = digits.count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
        if mantissa.count > 1 { digits += Array(mantissa[1].utf8) }
        while digits.first == UInt8(ascii: "0") {
            digits.removeFirst()
            point -= 1
        }
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        self.digits = digits
        self.point = point
    }

    private var special: String? {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
        return value == 0 ? (value.sign == .minus ? "-0" : "0") : nil
    }

    private var sign: String { value < 0 ? "-" : "" }

    /// Without an exponent: `0.0045`, `100000000`.
    var plain: String {
        if let special { return special }
        if point <= 0 {
            return sign + "0." + String(repeating: "0", count: -point) + text(digits[...])
        }
        guard point < digits.count else {
            return sign + text(digits[...]) + String(repeating: "0", count: point - digits.count)
        }
        return sign + text(digits[..<point]) + "." + text(digits[point...])
    }

    /// With an exponent below 1e-4 and from 1e21 on: `1e+100`, `123456`.
    var general: String {
        if let special { return value.isInfinite ? (value < 0 ? "-Inf" : "+Inf") : special }
        let exponent = point - 1
        guard exponent < -4 || exponent >= 21 else { return plain }
        let rest = digits.count > 1 ? "." + text(digits[1...]) : ""
        let width = abs(exponent) < 10 ? "0" : ""
        return sign + text(digits[..<1]) + rest + (exponent < 0 ? "e-" : "e+") + width
            + String(abs(exponent))
    }

    private func text(_ digits: ArraySlice<UInt8>) -> String {
        String(decoding: digits, as: UTF8.self)
    }
}

/// Text as an author would write it.
enum StringQuoting {
    /// The text in double quotes, with what needs it escaped.
    static func quoted(_ text: String) -> String {
        var output = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\u{07}": output += "\\a"
            case "\u{08}": output += "\\b"
            case "\u{0C}": output += "\\f"
            case "\n": output += "\\n"
            case "\r": output += "\\r"
            case "\t": output += "\\t"
            case "\u{0B}": output += "\\v"
            case "\\": output += "\\\\"
            case "\"": output += "\\\""
            default: output.unicodeScalars.append(scalar)
            }
        }
        return output + "\""
    }
}
