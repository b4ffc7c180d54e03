import CEL

/// Reads message descriptors from their JSON form (`FileDescriptorSet`).
struct DescriptorFile {
    private var messages: [MessageDescriptor] = []
    private var enums: [EnumDescriptor] = []
    private var extensions: [String: [FieldDescriptor]] = [:]
    private var firstConstants: [String: Int32] = [:]
    private var enumNumbers: [String: [String: Int32]] = [:]

    /// A message's own JSON and whether its file is proto3.
    private struct Shape {
        var name: String
        var json: JsonObject
        var isProto3: Bool
    }

    static func pool(_ json: JsonObject) throws -> DescriptorPool {
        var file = DescriptorFile()
        var shapes: [Shape] = []
        let files = try json.objects("file")
        for source in files {
            try file.collect(source, isProto3: source.optionalString("syntax") == "proto3", &shapes)
        }
        let entries = try mapEntries(shapes)
        for shape in shapes where entries[shape.name] == nil {
            try file.add(shape, entries)
        }
        for source in files {
            let package = source.optionalString("package") ?? ""
            try file.addExtensions(source, scope: package, entries)
        }
        return DescriptorPool(
            messages: file.messages, enums: file.enums, extensions: file.extensions)
    }

    private mutating func collect(
        _ source: JsonObject, isProto3: Bool, _ shapes: inout [Shape]
    ) throws {
        let package = source.optionalString("package") ?? ""
        try collectEnums(source.objects("enum_type"), scope: package)
        for message in try source.objects("message_type") {
            try collectMessage(message, scope: package, isProto3, &shapes)
        }
    }

    private mutating func collectMessage(
        _ json: JsonObject, scope: String, _ isProto3: Bool, _ shapes: inout [Shape]
    ) throws {
        let name = "\(scope).\(try json.string("name"))"
        shapes.append(Shape(name: name, json: json, isProto3: isProto3))
        try collectEnums(json.objects("enum_type"), scope: name)
        for nested in try json.objects("nested_type") {
            try collectMessage(nested, scope: name, isProto3, &shapes)
        }
    }

    private mutating func collectEnums(_ list: [JsonObject], scope: String) throws {
        for json in list {
            let constants = try json.objects("value").map {
                (name: try $0.string("name"), number: Int32(try $0.int("number")))
            }
            let descriptor = EnumDescriptor(
                name: "\(scope).\(try json.string("name"))", constants: constants)
            enums.append(descriptor)
            firstConstants[descriptor.name] = descriptor.first
            enumNumbers[descriptor.name] = descriptor.constants
        }
    }

    /// The synthetic messages behind map fields.
    private static func mapEntries(_ shapes: [Shape]) throws -> [String: JsonObject] {
        var entries: [String: JsonObject] = [:]
        for shape in shapes {
            guard let options = shape.json["options"] else { continue }
            if try JsonObject(options).flag("map_entry") { entries[shape.name] = shape.json }
        }
        return entries
    }

    private mutating func add(_ shape: Shape, _ entries: [String: JsonObject]) throws {
        let fields = try shape.json.objects("field").map {
            try field($0, isProto3: shape.isProto3, entries)
        }
        messages.append(
            MessageDescriptor(name: shape.name, isProto3: shape.isProto3, fields: fields))
    }

    private mutating func addExtensions(
        _ json: JsonObject, scope: String, _ entries: [String: JsonObject]
    ) throws {
        for item in try json.objects("extension") {
            var field = try field(item, isProto3: false, entries)
            field.name = "\(scope).\(field.name)"
            let extendee = String(try item.string("extendee").dropFirst())
            extensions[extendee, default: []].append(field)
        }
        for key in ["message_type", "nested_type"] {
            for nested in try json.objects(key) {
                try addExtensions(nested, scope: "\(scope).\(try nested.string("name"))", entries)
            }
        }
    }

    // MARK: Fields

    private func field(
        _ json: JsonObject, isProto3: Bool, _ entries: [String: JsonObject]
    ) throws -> FieldDescriptor {
        let kind = try Self.kind(json)
        let name = try json.string("name")
        let number = Int32(try json.int("number"))
        if case .message(let type) = kind, let entry = entries[type] {
            let parts = try entry.objects("field").map(Self.kind)
            return FieldDescriptor(name, number, parts[1], .map(key: parts[0]))
        }
        let isRepeated = json.optionalString("label") == "LABEL_REPEATED"
        var field = FieldDescriptor(name, number, kind, isRepeated ? .repeated : .singular)
        if json["oneof_index"] != nil, !json.flag("proto3_optional") {
            field.oneof = try json.int("oneof_index")
        }
        field.hasPresence =
            !isProto3 || field.oneof != nil || json.flag("proto3_optional") || kind.isMessage
        if case .enumeration(let type) = kind, let first = firstConstants[type] {
            field.defaultValue = .enumeration(type, first)
        }
        if let text = json.optionalString("default_value") {
            field.defaultValue = try defaultValue(text, kind)
        }
        return field
    }

    private static func kind(_ json: JsonObject) throws -> FieldDescriptor.Kind {
        let type = try json.string("type")
        let name = String(json.optionalString("type_name")?.dropFirst() ?? "")
        switch type {
        case "TYPE_MESSAGE": return .message(name)
        case "TYPE_GROUP": return .group(name)
        case "TYPE_ENUM": return .enumeration(name)
        default:
            guard let kind = scalarKinds[type] else { throw Unreadable("no field type \(type)") }
            return kind
        }
    }

    private static let scalarKinds: [String: FieldDescriptor.Kind] = [
        "TYPE_DOUBLE": .double, "TYPE_FLOAT": .float, "TYPE_INT32": .int32, "TYPE_INT64": .int64,
        "TYPE_UINT32": .uint32, "TYPE_UINT64": .uint64, "TYPE_SINT32": .sint32,
        "TYPE_SINT64": .sint64, "TYPE_FIXED32": .fixed32, "TYPE_FIXED64": .fixed64,
        "TYPE_SFIXED32": .sfixed32, "TYPE_SFIXED64": .sfixed64, "TYPE_BOOL": .bool,
        "TYPE_STRING": .string, "TYPE_BYTES": .bytes,
    ]

    private func defaultValue(_ text: String, _ kind: FieldDescriptor.Kind) throws -> Value {
        let value: Value? =
            switch kind {
            case .double, .float: Double(text).map(Value.double)
            case .uint32, .uint64, .fixed32, .fixed64: UInt64(text).map(Value.uint)
            case .bool: .bool(text == "true")
            case .string: .string(text)
            case .bytes: .bytes(Array(text.utf8))
            case .enumeration(let name): enumNumbers[name]?[text].map { .enumeration(name, $0) }
            case .message, .group: nil
            default: Int64(text).map(Value.int)
            }
        guard let value else { throw Unreadable("no default '\(text)'") }
        return value
    }
}

extension FieldDescriptor.Kind {
    fileprivate var isMessage: Bool {
        switch self {
        case .message, .group: true
        default: false
        }
    }
}
