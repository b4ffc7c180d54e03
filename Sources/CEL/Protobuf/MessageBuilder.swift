/// Builds messages field by field and turns the well-known ones into values of the language.
struct MessageBuilder {
    let pool: DescriptorPool

    func make(
        _ name: String, _ fields: [(name: String, value: Value)]
    ) throws(EvaluationError) -> Value {
        guard let descriptor = pool.messages[name] else {
            throw EvaluationError(.noSuchType, "no message '\(name)'")
        }
        var message = MessageValue(descriptor)
        for (name, value) in fields {
            guard let field = pool.field(name, of: message) else {
                throw EvaluationError(.noSuchField, "no such field: \(name)")
            }
            guard let converted = try convert(value, to: field) else { continue }
            message.set(field, converted)
        }
        if name == "google.protobuf.Any", message.fields[1] == nil {
            throw EvaluationError(.conversion, "an Any needs a type URL")
        }
        return try unwrapped(message)
    }

    // MARK: Fields

    /// The value as the field holds it; nil for a null that leaves the field unset, or the element
    /// of a list or map out.
    private func convert(
        _ value: Value, to field: FieldDescriptor
    ) throws(EvaluationError) -> Value? {
        switch (field.cardinality, value) {
        case (.singular, _): return try convert(value, to: field.kind)
        case (.repeated, .list(let list)):
            var converted: [Value] = []
            for element in list {
                if let element = try convert(element, to: field.kind) {
                    converted.append(element)
                }
            }
            return .list(converted)
        case (.map(let keyKind), .map(let map)): return try convert(map, keyKind, field.kind)
        default: throw refusal(value, field.kind)
        }
    }

    private func convert(
        _ map: MapValue, _ keyKind: FieldDescriptor.Kind, _ kind: FieldDescriptor.Kind
    ) throws(EvaluationError) -> Value {
        var converted = MapValue()
        for key in map.keys {
            guard let keyValue = try convert(key.value, to: keyKind),
                let newKey = MapKey(keyValue)
            else { throw refusal(key.value, keyKind) }
            guard let element = try convert(map[key] ?? .null, to: kind) else { continue }
            _ = converted.insert(newKey, element)
        }
        return .map(converted)
    }

    private func convert(
        _ value: Value, to kind: FieldDescriptor.Kind
    ) throws(EvaluationError) -> Value? {
        switch (kind, value) {
        case (.double, .double), (.bool, .bool), (.string, .string), (.bytes, .bytes),
            (.int64, .int), (.sint64, .int), (.sfixed64, .int), (.uint64, .uint),
            (.fixed64, .uint):
            return value
        case (.float, .double(let number)): return .double(Double(Float(number)))
        case (.int32, .int(let number)), (.sint32, .int(let number)),
            (.sfixed32, .int(let number)):
            guard Int32(exactly: number) != nil else { throw outOfRange(value) }
            return value
        case (.uint32, .uint(let number)), (.fixed32, .uint(let number)):
            guard UInt32(exactly: number) != nil else { throw outOfRange(value) }
            return value
        case (.enumeration(let name), _): return try enumeration(name, value)
        case (.message(let name), _), (.group(let name), _):
            return try message(name, value)
        default: throw refusal(value, kind)
        }
    }

    private func enumeration(_ name: String, _ value: Value) throws(EvaluationError) -> Value {
        switch value {
        case .int(let number):
            guard let number = Int32(exactly: number) else { throw outOfRange(value) }
            return .enumeration(name, number)
        case .enumeration(name, _): return value
        case .null where name == DescriptorPool.nullValue.name: return .enumeration(name, 0)
        default: throw refusal(value, .enumeration(name))
        }
    }

    private func message(_ name: String, _ value: Value) throws(EvaluationError) -> Value? {
        switch (name, value) {
        case ("google.protobuf.Any", _): return try Json.packed(value)
        case ("google.protobuf.Value", _): return try Json.value(value)
        case ("google.protobuf.Struct", .map), ("google.protobuf.ListValue", .list):
            return try Json.value(value)
        case ("google.protobuf.Struct", _), ("google.protobuf.ListValue", _):
            throw refusal(value, .message(name))
        case (_, .null): return nil
        case ("google.protobuf.Timestamp", .timestamp), ("google.protobuf.Duration", .duration):
            return value
        case (_, .message(let message)) where message.descriptor.name == name: return value
        default:
            guard WellKnownType(name) != nil, let kind = wrappedKind(name) else {
                throw refusal(value, .message(name))
            }
            return try convert(value, to: kind)
        }
    }

    /// The kind a wrapper wraps.
    private func wrappedKind(_ name: String) -> FieldDescriptor.Kind? {
        guard case .wrapper = WellKnownType(name)?.type else { return nil }
        return pool.messages[name]?.fields["value"]?.kind
    }

    // MARK: Well-known types

    /// The value a message of a well-known type stands for, or the message itself.
    func unwrapped(_ message: MessageValue) throws(EvaluationError) -> Value {
        let name = message.descriptor.name
        guard let type = WellKnownType(name)?.type else { return .message(message) }
        let field = { (name: String) -> Value in
            guard let field = message.descriptor.fields[name] else { return .null }
            return message.value(of: field, in: pool)
        }
        switch (name, type) {
        case (_, .wrapper): return field("value")
        case (_, .timestamp):
            guard case .int(let seconds) = field("seconds"), case .int(let nanos) = field("nanos"),
                let moment = TimestampValue(seconds: seconds, carrying: nanos)
            else { throw EvaluationError(.range, "timestamp out of range") }
            return .timestamp(moment)
        case (_, .duration):
            guard case .int(let seconds) = field("seconds"), case .int(let nanos) = field("nanos"),
                let span = DurationValue(seconds: seconds, nanoseconds: nanos)
            else { throw EvaluationError(.range, "duration out of range") }
            return .duration(span)
        case ("google.protobuf.Struct", _): return field("fields")
        case ("google.protobuf.ListValue", _): return field("values")
        case ("google.protobuf.Value", _): return jsonValue(message)
        default: return try unpacked(message)
        }
    }

    private func jsonValue(_ message: MessageValue) -> Value {
        guard let value = message.fields.values.first else { return .null }
        if case .enumeration = value { return .null }
        return value
    }

    /// What an `Any` holds; one of an unknown type stays as it is and is compared by its bytes.
    private func unpacked(_ message: MessageValue) throws(EvaluationError) -> Value {
        guard case .string(let url) = message.fields[1] else { return .message(message) }
        let name = url.lastIndex(of: "/").map { String(url[url.index(after: $0)...]) } ?? url
        guard pool.messages[name] != nil else { return .message(message) }
        guard case .bytes(let bytes) = message.fields[2] ?? .bytes([]) else { return .null }
        return try pool.decode(name, bytes)
    }

    // MARK: Refusals

    private func refusal(_ value: Value, _ kind: FieldDescriptor.Kind) -> EvaluationError {
        EvaluationError(.noSuchOverload, "a field of \(kind.type) takes no \(value.type)")
    }

    private func outOfRange(_ value: Value) -> EvaluationError {
        EvaluationError(.range, "field value out of range: \(value)")
    }
}
