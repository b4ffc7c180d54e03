private import Glibc

/// `string.format(list)`: `%s %d %f %e %b %o %x %X %%`, with a precision for `%f` and `%e`.
struct TextFormatter {
    private let template: [Unicode.Scalar]
    private let arguments: [Value]
    private var index = 0
    private var used = 0
    private var output = ""

    /// Digits behind the point; more than a double can show.
    private static let precisionMax = 1000

    init(_ template: [Unicode.Scalar], _ arguments: [Value]) {
        self.template = template
        self.arguments = arguments
    }

    mutating func run() throws(EvaluationError) -> String {
        while index < template.count {
            let scalar = template[index]
            index += 1
            if scalar == "%" {
                try clause()
            } else {
                output.unicodeScalars.append(scalar)
            }
        }
        return output
    }

    private mutating func clause() throws(EvaluationError) {
        guard let first = next() else { throw refusal("a '%' at the end") }
        if first == "%" {
            output += "%"
            return
        }
        var verb = first
        var precision = 6
        if first == "." {
            (precision, verb) = try readPrecision()
        }
        guard used < arguments.count else {
            throw EvaluationError(.indexOutOfRange, "index \(used) out of range")
        }
        let argument = arguments[used]
        used += 1
        output += try format(argument, verb, precision)
    }

    private mutating func next() -> Unicode.Scalar? {
        guard index < template.count else { return nil }
        index += 1
        return template[index - 1]
    }

    private mutating func readPrecision() throws(EvaluationError) -> (Int, Unicode.Scalar) {
        var precision = 0
        while let scalar = next() {
            guard ("0"..."9").contains(scalar) else { return (precision, scalar) }
            precision = precision * 10 + Int(scalar.value - 0x30)
            guard precision <= Self.precisionMax else { throw refusal("too many digits") }
        }
        throw refusal("a clause without a verb")
    }

    private func format(
        _ value: Value, _ verb: Unicode.Scalar, _ precision: Int
    ) throws(EvaluationError) -> String {
        switch verb {
        case "s": try text(value)
        case "d": try decimal(value)
        case "f": try real(value, precision, isScientific: false)
        case "e": try real(value, precision, isScientific: true)
        case "b": try digits(value, 2, takesBool: true)
        case "o": try digits(value, 8, takesBool: false)
        case "x": try hexadecimal(value, isUppercase: false)
        case "X": try hexadecimal(value, isUppercase: true)
        default: throw refusal("unrecognized formatting clause \"\(verb)\"")
        }
    }

    // MARK: Clauses

    private func text(_ value: Value) throws(EvaluationError) -> String {
        switch value {
        case .double(let number): return DecimalDigits(number).plain
        case .list(let list):
            var parts: [String] = []
            for element in list { parts.append(try text(element)) }
            return "[" + parts.joined(separator: ", ") + "]"
        case .map(let map):
            var parts: [(key: String, value: String)] = []
            for key in map.keys {
                parts.append((try text(key.value), try text(map[key] ?? .null)))
            }
            parts.sort { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            return "{" + parts.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
        case .null, .bool, .int, .uint, .string, .bytes, .timestamp, .duration, .type:
            return value.plainText
        default: throw refusal("string clause takes no \(value.type)")
        }
    }

    private func decimal(_ value: Value) throws(EvaluationError) -> String {
        switch value {
        case .int(let number): return String(number)
        case .uint(let number): return String(number)
        case .double(let number): return DecimalDigits(number).plain
        default: throw refusal("decimal clause takes only integers, was given \(value.type)")
        }
    }

    private func real(
        _ value: Value, _ precision: Int, isScientific: Bool
    ) throws(EvaluationError) -> String {
        let number: Double
        switch value {
        case .double(let double): number = double
        case .int(let int): number = Double(int)
        case .uint(let uint): number = Double(uint)
        default: throw refusal("a fixed-point or scientific clause takes no \(value.type)")
        }
        guard number.isFinite else { return DecimalDigits(number).plain }
        return Self.printed(number, precision, isScientific ? "%.*e" : "%.*f")
    }

    /// The C library rounds exactly, to even on a tie, and writes exponents with two digits.
    private static func printed(_ number: Double, _ precision: Int, _ format: String) -> String {
        // 309 digits in front of the point, the sign, the point, the precision and the end.
        var bytes = [CChar](repeating: 0, count: 320 + precision)
        let arguments: [any CVarArg] = [Int32(precision), number]
        let count = unsafe withVaList(arguments) { list in
            unsafe vsnprintf(&bytes, bytes.count, format, list)
        }
        return String(
            decoding: bytes.prefix(Int(count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private func digits(
        _ value: Value, _ radix: Int, takesBool: Bool
    ) throws(EvaluationError) -> String {
        switch value {
        case .int(let number): return String(number, radix: radix)
        case .uint(let number): return String(number, radix: radix)
        case .bool(let truth) where takesBool: return truth ? "1" : "0"
        default: throw refusal("this clause takes only integers, was given \(value.type)")
        }
    }

    private func hexadecimal(
        _ value: Value, isUppercase: Bool
    ) throws(EvaluationError) -> String {
        switch value {
        case .int(let number): String(number, radix: 16, uppercase: isUppercase)
        case .uint(let number): String(number, radix: 16, uppercase: isUppercase)
        case .string(let text): Self.hexadecimal(Array(text.utf8), isUppercase)
        case .bytes(let bytes): Self.hexadecimal(bytes, isUppercase)
        default: throw refusal("hex clause takes integers, bytes and strings, not \(value.type)")
        }
    }

    private static func hexadecimal(_ bytes: [UInt8], _ isUppercase: Bool) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: isUppercase) }.joined()
    }

    private func refusal(_ message: String) -> EvaluationError {
        EvaluationError(.invalidArgument, "format: \(message)")
    }
}
