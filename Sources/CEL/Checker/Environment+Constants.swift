extension Environment {
    /// What a full name stands for besides variables: a defined value, a type, an enum constant.
    func constant(_ name: String) -> (value: Value, type: CELType)? {
        if let value = constants[name] { return (value, value.type) }
        if let type = Self.typeNames[name] { return (.type(type), .type(type)) }
        if let type = WellKnownType(name)?.type { return (.type(type), .type(type)) }
        if types.hasMessage(name) { return (.type(.message(name)), .type(.message(name))) }
        guard let found = types.enumValue(name) else { return nil }
        switch enums {
        case .asInt: return (.int(Int64(found.number)), .int)
        case .asType:
            let value = Value.enumeration(found.enumeration, found.number)
            return (value, .enumeration(found.enumeration))
        }
    }

    private static let typeNames: [String: CELType] = [
        "null_type": .null, "bool": .bool, "int": .int, "uint": .uint, "double": .double,
        "string": .string, "bytes": .bytes, "list": .anyList, "map": .anyMap,
        "type": .type(.dyn), "optional_type": .optional(.dyn),
    ]

    /// The type of a field as this environment shows enums.
    func fieldType(_ field: String, of message: String) -> CELType? {
        guard let type = types.fieldType(field, of: message) else { return nil }
        guard enums == .asInt else { return type }
        return type.replacing { if case .enumeration = $0 { .int } else { nil } }
    }
}

/// The messages of protocol buffers the language has types of its own for.
struct WellKnownType {
    let type: CELType

    init?(_ name: String) {
        guard name.hasPrefix("google.protobuf."), let type = Self.types[name] else { return nil }
        self.type = type
    }

    private static let types: [String: CELType] = [
        "google.protobuf.Timestamp": .timestamp, "google.protobuf.Duration": .duration,
        "google.protobuf.Any": .dyn, "google.protobuf.Value": .dyn,
        "google.protobuf.Struct": .map(.string, .dyn), "google.protobuf.ListValue": .anyList,
        "google.protobuf.BoolValue": .wrapper(.bool), "google.protobuf.Int32Value": .wrapper(.int),
        "google.protobuf.Int64Value": .wrapper(.int),
        "google.protobuf.UInt32Value": .wrapper(.uint),
        "google.protobuf.UInt64Value": .wrapper(.uint),
        "google.protobuf.FloatValue": .wrapper(.double),
        "google.protobuf.DoubleValue": .wrapper(.double),
        "google.protobuf.StringValue": .wrapper(.string),
        "google.protobuf.BytesValue": .wrapper(.bytes),
    ]
}
