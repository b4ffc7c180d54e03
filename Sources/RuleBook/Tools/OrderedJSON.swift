/// JSON whose members stay in the order they are given, for files that people read and compare.
indirect enum OrderedJSON: Sendable {
    case text(String)
    case whole(Int64)
    case number(Double)
    case bool(Bool)
    case list([OrderedJSON])
    case object([(String, OrderedJSON)])

    /// The value, indented by two blanks a level.
    func written(_ indent: String = "") -> String {
        let inner = indent + "  "
        switch self {
        case .text(let text): return OrderedJSON.quoted(text)
        case .whole(let number): return "\(number)"
        case .number(let number):
            return number == number.rounded() && abs(number) < 1e15
                ? "\(Int64(number))" : "\(number)"
        case .bool(let value): return value ? "true" : "false"
        case .list(let items):
            if items.isEmpty { return "[]" }
            let lines = items.map { inner + $0.written(inner) }
            return "[\n" + lines.joined(separator: ",\n") + "\n\(indent)]"
        case .object(let members):
            if members.isEmpty { return "{}" }
            let lines = members.map {
                "\(inner)\(OrderedJSON.quoted($0.0)): \($0.1.written(inner))"
            }
            return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            default:
                if scalar.value < 0x20 {
                    let digits = String(scalar.value, radix: 16)
                    result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }
}
