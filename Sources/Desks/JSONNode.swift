/// A JSON value in memory: what the conversation's small messages are made of.
///
/// Strict both ways (RFC 8259, UTF-8), and a member that is given twice is refused; Foundation's
/// decoder keeps one of them in silence.
public enum JSONNode: Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    case list([JSONNode])
    case object([Member])

    public struct Member: Sendable, Equatable {
        public var name: String
        public var value: JSONNode

        public init(_ name: String, _ value: JSONNode) { (self.name, self.value) = (name, value) }
    }

    /// The value of a member; nil where there is none, where it is `null`, and where this is no
    /// object.
    public subscript(name: String) -> JSONNode? {
        guard case .object(let members) = self else { return nil }
        let value = members.first { $0.name == name }?.value
        return value == .null ? nil : value
    }

    /// What it is, for those who wanted something else.
    var kind: String {
        switch self {
        case .null: "null"
        case .bool: "true or false"
        case .integer, .number: "a number"
        case .text: "a text"
        case .list: "a list"
        case .object: "an object"
        }
    }

    // MARK: Writing

    /// As JSON, without spaces.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return bytes
    }

    func write(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes += "null".utf8
        case .bool(let flag): bytes += (flag ? "true" : "false").utf8
        case .integer(let number): bytes += String(number).utf8
        case .number(let number): bytes += number.description.utf8
        case .text(let text): Self.write(text, to: &bytes)
        case .list(let nodes): Self.write(nodes, "[", "]", to: &bytes) { $0.write(to: &$1) }
        case .object(let members):
            Self.write(members, "{", "}", to: &bytes) { member, bytes in
                Self.write(member.name, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                member.value.write(to: &bytes)
            }
        }
    }

    private static func write<Part>(
        _ parts: [Part], _ open: StaticString, _ close: StaticString, to bytes: inout [UInt8],
        _ each: (Part, inout [UInt8]) -> Void
    ) {
        bytes += "\(open)".utf8
        for (index, part) in parts.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            each(part, &bytes)
        }
        bytes += "\(close)".utf8
    }

    private static func write(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes += [UInt8(ascii: "\\"), byte]
            case 0..<0x20:
                let digits = String(byte, radix: 16)
                bytes += ("\\u00" + (digits.count == 1 ? "0" : "") + digits).utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
