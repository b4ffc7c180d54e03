/// A value of the language.
public enum Value: Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case uint(UInt64)
    case double(Double)
    case string(String)
    case bytes([UInt8])
    case list([Value])
    case map(MapValue)
    case timestamp(TimestampValue)
    case duration(DurationValue)
    case type(CELType)
    indirect case optional(Value?)
    case message(MessageValue)
    /// An enum constant by its enum's full name; only where enums are types of their own.
    case enumeration(String, Int32)
    case opaque(any OpaqueValue)
}

/// A value of a type the language does not know, brought by a library.
public protocol OpaqueValue: Sendable {
    /// The full name of its type.
    var typeName: String { get }
    /// The value as text, for messages and traces.
    var text: String { get }
    func isEqual(to other: any OpaqueValue) -> Bool
}

extension Value {
    /// The type at run time; aggregates do not look into their elements.
    public var type: CELType {
        switch self {
        case .null: .null
        case .bool: .bool
        case .int: .int
        case .uint: .uint
        case .double: .double
        case .string: .string
        case .bytes: .bytes
        case .list: .anyList
        case .map: .anyMap
        case .timestamp: .timestamp
        case .duration: .duration
        case .type(let inner): .type(inner)
        case .optional: .optional(.dyn)
        case .message(let message): .message(message.descriptor.name)
        case .enumeration(let name, _): .enumeration(name)
        case .opaque(let value): .opaque(value.typeName, [])
        }
    }

    /// Whether the value may be passed where the type is wanted; elements are not looked at.
    func fits(_ type: CELType) -> Bool {
        switch (type, self) {
        case (.dyn, _), (.parameter, _), (.free, _), (.error, _): true
        case (.bool, .bool), (.int, .int), (.uint, .uint), (.double, .double),
            (.string, .string), (.bytes, .bytes), (.list, .list), (.map, .map),
            (.timestamp, .timestamp), (.duration, .duration), (.type, .type), (.null, .null):
            true
        case (.wrapper(let inner), _): fits(inner) || self.fits(.null)
        case (.opaque("optional_type", _), .optional): true
        case (.opaque(let name, _), .opaque(let value)): value.typeName == name
        case (.message(let name), .message(let message)): message.descriptor.name == name
        case (.enumeration(let name), .enumeration(let other, _)): name == other || name.isEmpty
        default: false
        }
    }

    /// Whether the value is its type's zero: what `optional.ofNonZeroValue` leaves out.
    var isZero: Bool {
        switch self {
        case .null: true
        case .bool(let value): !value
        case .int(let value): value == 0
        case .uint(let value): value == 0
        case .double(let value): value == 0
        case .string(let value): value.utf8.isEmpty
        case .bytes(let value): value.isEmpty
        case .list(let value): value.isEmpty
        case .map(let value): value.isEmpty
        case .timestamp(let value): value == TimestampValue(seconds: 0, nanoseconds: 0)
        case .duration(let value): value.nanoseconds == 0
        case .optional(let value): value == nil
        case .message(let value): value.fields.isEmpty
        case .enumeration(_, let number): number == 0
        case .type, .opaque: false
        }
    }
}

extension Expr.Constant {
    var value: Value {
        switch self {
        case .null: .null
        case .bool(let value): .bool(value)
        case .int(let value): .int(value)
        case .uint(let value): .uint(value)
        case .double(let value): .double(value)
        case .string(let value): .string(value)
        case .bytes(let value): .bytes(value)
        }
    }
}
