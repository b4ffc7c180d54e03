/// A message built from a descriptor at run time.
///
/// Fields hold values as the language sees them: wrappers, `Struct`, `Any` and the other
/// well-known types are already unwrapped.
public struct MessageValue: Sendable {
    public let descriptor: MessageDescriptor
    /// The fields that are set, by number.
    public internal(set) var fields: [Int32: Value] = [:]

    init(_ descriptor: MessageDescriptor) {
        self.descriptor = descriptor
    }

    /// Whether `has` finds the field.
    func isSet(_ field: FieldDescriptor) -> Bool {
        fields[field.number] != nil
    }

    /// The field's value or what it has unset.
    func value(of field: FieldDescriptor, in types: any TypeProvider) -> Value {
        if let value = fields[field.number] { return value }
        switch field.cardinality {
        case .repeated: return .list([])
        case .map: return .map(MapValue())
        case .singular: return field.defaultValue ?? field.kind.zero(in: types)
        }
    }

    /// Sets a field; setting a repeated or presenceless field to its zero unsets it.
    mutating func set(_ field: FieldDescriptor, _ value: Value) {
        if let oneof = field.oneof {
            for other in descriptor.fields.values where other.oneof == oneof {
                fields[other.number] = nil
            }
        }
        let keepsZero = field.hasPresence && field.cardinality == .singular
        fields[field.number] = !keepsZero && value.isZero ? nil : value
    }
}

extension MessageValue: Equatable {
    public static func == (left: MessageValue, right: MessageValue) -> Bool {
        guard left.descriptor.name == right.descriptor.name else { return false }
        guard left.fields.count == right.fields.count else { return false }
        return left.fields.allSatisfy { number, value in right.fields[number] == value }
    }
}

extension FieldDescriptor.Kind {
    /// What a field of the kind has while it is not set.
    func zero(in types: any TypeProvider) -> Value {
        switch self {
        case .double, .float: .double(0)
        case .int32, .int64, .sint32, .sint64, .sfixed32, .sfixed64: .int(0)
        case .uint32, .uint64, .fixed32, .fixed64: .uint(0)
        case .bool: .bool(false)
        case .string: .string("")
        case .bytes: .bytes([])
        case .enumeration(let name): .enumeration(name, 0)
        case .message(let name), .group(let name): types.emptyMessage(name)
        }
    }

    /// The type of a single value of the kind.
    var type: CELType {
        switch self {
        case .double, .float: .double
        case .int32, .int64, .sint32, .sint64, .sfixed32, .sfixed64: .int
        case .uint32, .uint64, .fixed32, .fixed64: .uint
        case .bool: .bool
        case .string: .string
        case .bytes: .bytes
        case .enumeration(let name): .enumeration(name)
        case .message(let name), .group(let name): WellKnownType(name)?.type ?? .message(name)
        }
    }
}

extension MessageValue {
    /// The message as an author would build it, fields by number.
    var text: String {
        let names = Dictionary(
            descriptor.fields.values.map { ($0.number, $0.name) }, uniquingKeysWith: { $1 })
        let parts = fields.sorted { $0.key < $1.key }.map { number, value in
            "\(names[number] ?? String(number)): \(value)"
        }
        return "\(descriptor.name){\(parts.joined(separator: ", "))}"
    }
}
