/// Message and enum types by full name, the well-known ones included.
public final class DescriptorPool: TypeProvider {
    let messages: [String: MessageDescriptor]
    let enums: [String: EnumDescriptor]
    /// By the full name of the message they extend, then by their own full name.
    let extensions: [String: [String: FieldDescriptor]]

    public init(
        messages: [MessageDescriptor] = [], enums: [EnumDescriptor] = [],
        extensions: [String: [FieldDescriptor]] = [:]
    ) {
        let all = Self.wellKnown + messages
        self.messages = Dictionary(all.map { ($0.name, $0) }) { $1 }
        self.enums = Dictionary((enums + [Self.nullValue]).map { ($0.name, $0) }) { $1 }
        self.extensions = extensions.mapValues { fields in
            Dictionary(fields.map { ($0.name, $0) }) { $1 }
        }
    }

    public func hasMessage(_ name: String) -> Bool { messages[name] != nil }

    public func fieldType(_ field: String, of message: String) -> CELType? {
        guard let found = messages[message]?.fields[field] ?? extensions[message]?[field]
        else { return nil }
        switch found.cardinality {
        case .singular: return found.kind.type
        case .repeated: return .list(found.kind.type)
        case .map(let key): return .map(key.type, found.kind.type)
        }
    }

    public func fieldNames(of message: String) -> [String] {
        messages[message].map { Array($0.fields.keys) } ?? []
    }

    public func field(_ name: String, of message: MessageValue) -> FieldDescriptor? {
        message.descriptor.fields[name] ?? extensions[message.descriptor.name]?[name]
    }

    public func emptyMessage(_ name: String) -> Value {
        switch name {
        case "google.protobuf.Timestamp": .timestamp(TimestampValue(seconds: 0, nanoseconds: 0))
        case "google.protobuf.Duration": .duration(DurationValue(nanoseconds: 0))
        case "google.protobuf.Struct": .map(MapValue())
        case "google.protobuf.ListValue": .list([])
        case _ where WellKnownType(name) != nil: .null
        default: messages[name].map { .message(MessageValue($0)) } ?? .null
        }
    }

    public func enumValue(_ name: String) -> (enumeration: String, number: Int32)? {
        guard let dot = name.lastIndex(of: ".") else { return nil }
        let enumeration = String(name[..<dot])
        let constant = String(name[name.index(after: dot)...])
        return enums[enumeration]?.constants[constant].map { (enumeration, $0) }
    }

    public func enumConstants(_ name: String) -> [String: Int32]? { enums[name]?.constants }

    public func make(
        _ message: String, _ fields: [(name: String, value: Value)]
    ) throws(EvaluationError) -> Value {
        try MessageBuilder(pool: self).make(message, fields)
    }

    /// The message the bytes encode, unwrapped if it is a well-known type.
    ///
    /// **Fails** when the bytes are no such message or the type is unknown.
    public func decode(_ message: String, _ bytes: [UInt8]) throws(EvaluationError) -> Value {
        guard let descriptor = messages[message] else {
            throw EvaluationError(.noSuchType, "no message '\(message)'")
        }
        var reader = WireReader(bytes: bytes, pool: self)
        let plain = try reader.message(descriptor, upTo: bytes.count)
        return try MessageBuilder(pool: self).unwrapped(plain)
    }
}
