/// A type of the language.
public indirect enum CELType: Sendable, Hashable {
    case null, bool, int, uint, double, string, bytes, timestamp, duration
    /// Whatever the value turns out to be.
    case dyn
    case list(CELType)
    case map(CELType, CELType)
    /// A type as a value: the type of `int` is `type(int)`.
    case type(CELType)
    /// A primitive or null: the wrapper messages of protocol buffers.
    case wrapper(CELType)
    /// A message, by its full name.
    case message(String)
    /// An enum, by its full name; only where enums are types of their own.
    case enumeration(String)
    /// A type the library does not look into, such as `optional_type` or `net.IP`.
    case opaque(String, [CELType])
    /// A type parameter of an overload.
    case parameter(String)
    /// A type the checker has not settled yet; never in a checked expression.
    case free(Int)
    /// The type of what was refused: accepted everywhere, so that one mistake is told once.
    case error

    /// `optional_type(element)`
    public static func optional(_ element: CELType) -> CELType {
        .opaque("optional_type", [element])
    }

    public static let anyList = CELType.list(.dyn)
    public static let anyMap = CELType.map(.dyn, .dyn)
    /// A parameter that takes the constants of every enum.
    static let anyEnumeration = CELType.enumeration("")
    static let a = CELType.parameter("A")
    static let b = CELType.parameter("B")
}

extension CELType {
    /// The name of the type at run time, without parameters: what `type(x)` shows.
    public var name: String {
        switch self {
        case .null: "null_type"
        case .bool: "bool"
        case .int: "int"
        case .uint: "uint"
        case .double: "double"
        case .string: "string"
        case .bytes: "bytes"
        case .timestamp: "google.protobuf.Timestamp"
        case .duration: "google.protobuf.Duration"
        case .dyn: "dyn"
        case .list: "list"
        case .map: "map"
        case .type: "type"
        case .wrapper(let inner): inner.name
        case .message(let name), .enumeration(let name), .opaque(let name, _): name
        case .parameter(let name): name
        case .free(let index): "_\(index)"
        case .error: "error"
        }
    }

    var parameters: [CELType] {
        switch self {
        case .list(let element): [element]
        case .map(let key, let value): [key, value]
        case .type(let inner), .wrapper(let inner): [inner]
        case .opaque(_, let parameters): parameters
        default: []
        }
    }

    /// Whether there is a parameter anywhere inside.
    var hasParameters: Bool {
        if case .parameter = self { return true }
        return parameters.contains(where: \.hasParameters)
    }

    /// The element of an optional, or nil.
    public var optionalElement: CELType? {
        if case .opaque("optional_type", let parameters) = self { parameters.first } else { nil }
    }

    /// Whether values of the type have no parts the checker knows.
    var isDyn: Bool {
        switch self {
        case .dyn, .error: true
        default: false
        }
    }

    /// The type with every part replaced that `transform` has an answer for.
    func replacing(_ transform: (CELType) -> CELType?) -> CELType {
        if let replaced = transform(self) { return replaced }
        switch self {
        case .list(let element): return .list(element.replacing(transform))
        case .map(let key, let value):
            return .map(key.replacing(transform), value.replacing(transform))
        case .type(let inner): return .type(inner.replacing(transform))
        case .opaque(let name, let parameters):
            return .opaque(name, parameters.map { $0.replacing(transform) })
        default: return self
        }
    }
}

extension CELType: CustomStringConvertible {
    /// The type as the specification's tests write it: `map(string, list(int))`.
    public var description: String {
        switch self {
        case .list(let element): "list(\(element))"
        case .map(let key, let value): "map(\(key), \(value))"
        case .type(let inner): "type(\(inner))"
        case .wrapper(let inner): "wrapper(\(inner))"
        case .opaque(let name, let parameters) where !parameters.isEmpty:
            "\(name)(\(parameters.map(\.description).joined(separator: ", ")))"
        case .parameter(let name): "<\(name)>"
        default: name
        }
    }
}
