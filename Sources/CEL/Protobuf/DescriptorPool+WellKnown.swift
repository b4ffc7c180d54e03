extension DescriptorPool {
    static let nullValue = EnumDescriptor(
        name: "google.protobuf.NullValue", constants: [("NULL_VALUE", 0)])

    /// The messages every pool has.
    static let wellKnown: [MessageDescriptor] =
        [
            message(
                "Any", FieldDescriptor("type_url", 1, .string),
                FieldDescriptor("value", 2, .bytes)),
            message(
                "Timestamp", FieldDescriptor("seconds", 1, .int64),
                FieldDescriptor("nanos", 2, .int32)),
            message(
                "Duration", FieldDescriptor("seconds", 1, .int64),
                FieldDescriptor("nanos", 2, .int32)),
            message("Empty"),
            message("FieldMask", FieldDescriptor("paths", 1, .string, .repeated)),
            message(
                "Struct",
                FieldDescriptor(
                    "fields", 1, .message("google.protobuf.Value"), .map(key: .string))),
            message(
                "ListValue",
                FieldDescriptor("values", 1, .message("google.protobuf.Value"), .repeated)),
            value,
        ]
        + [
            ("BoolValue", .bool), ("Int32Value", .int32), ("Int64Value", .int64),
            ("UInt32Value", .uint32), ("UInt64Value", .uint64), ("FloatValue", .float),
            ("DoubleValue", .double), ("StringValue", .string), ("BytesValue", .bytes),
        ].map { (name: String, kind: FieldDescriptor.Kind) in
            message(name, FieldDescriptor("value", 1, kind))
        }

    private static let value: MessageDescriptor = {
        let kinds: [(String, FieldDescriptor.Kind)] = [
            ("null_value", .enumeration("google.protobuf.NullValue")), ("number_value", .double),
            ("string_value", .string), ("bool_value", .bool),
            ("struct_value", .message("google.protobuf.Struct")),
            ("list_value", .message("google.protobuf.ListValue")),
        ]
        var fields: [FieldDescriptor] = []
        for (index, kind) in kinds.enumerated() {
            var field = FieldDescriptor(kind.0, Int32(index + 1), kind.1, hasPresence: true)
            field.oneof = 0
            fields.append(field)
        }
        return MessageDescriptor(name: "google.protobuf.Value", isProto3: true, fields: fields)
    }()

    private static func message(_ name: String, _ fields: FieldDescriptor...) -> MessageDescriptor {
        MessageDescriptor(name: "google.protobuf." + name, isProto3: true, fields: fields)
    }
}
