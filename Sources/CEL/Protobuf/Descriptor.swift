/// The shape of a message type.
public final class MessageDescriptor: Sendable {
    public let name: String
    /// Without field presence for scalars: proto3.
    public let isProto3: Bool
    public let fields: [String: FieldDescriptor]
    let fieldsByNumber: [Int32: FieldDescriptor]

    public init(name: String, isProto3: Bool, fields: [FieldDescriptor]) {
        self.name = name
        self.isProto3 = isProto3
        self.fields = Dictionary(fields.map { ($0.name, $0) }) { $1 }
        fieldsByNumber = Dictionary(fields.map { ($0.number, $0) }) { $1 }
    }
}

/// One field of a message, or one extension of it.
public struct FieldDescriptor: Sendable {
    public enum Kind: Sendable, Hashable {
        case double, float, int32, int64, uint32, uint64, sint32, sint64
        case fixed32, fixed64, sfixed32, sfixed64, bool, string, bytes
        case message(String)
        case group(String)
        case enumeration(String)
    }

    public enum Cardinality: Sendable, Hashable {
        case singular, repeated
        /// A map with keys and values of these kinds.
        case map(key: Kind)
    }

    /// The name in the message; an extension's full name.
    public var name: String
    public var number: Int32
    /// For a map the kind of its values.
    public var kind: Kind
    public var cardinality: Cardinality
    /// Fields of one oneof exclude each other; its index in the message, or nil.
    public var oneof: Int?
    /// Whether "set to its default" and "not set" differ.
    public var hasPresence: Bool
    /// The declared default; nil for the kind's own.
    public var defaultValue: Value?

    public init(
        _ name: String, _ number: Int32, _ kind: Kind, _ cardinality: Cardinality = .singular,
        hasPresence: Bool = false
    ) {
        self.name = name
        self.number = number
        self.kind = kind
        self.cardinality = cardinality
        self.hasPresence = hasPresence
    }
}

/// The names and numbers of an enum.
public struct EnumDescriptor: Sendable {
    public let name: String
    public let constants: [String: Int32]
    /// The number declared first: what an unset field has.
    public let first: Int32

    public init(name: String, constants: [(name: String, number: Int32)]) {
        self.name = name
        self.constants = Dictionary(constants.map { ($0.name, $0.number) }) { first, _ in first }
        first = constants.first?.number ?? 0
    }
}
