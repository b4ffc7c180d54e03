/// A key of a map: numbers of equal value are the same key whatever their type.
public struct MapKey: Hashable, Sendable {
    /// Ints and uints meet in a wide integer; the value keeps the type that was written.
    private enum Identity: Hashable, Sendable {
        case bool(Bool)
        case integer(Int128)
        case text([UInt8])
    }

    private let identity: Identity
    public let value: Value

    /// nil for what can be no key: doubles with a fraction, null, aggregates.
    public init?(_ value: Value) {
        switch value {
        case .bool(let key): identity = .bool(key)
        case .int(let key): identity = .integer(Int128(key))
        case .uint(let key): identity = .integer(Int128(key))
        case .double(let key):
            guard let whole = Int128(exactly: key) else { return nil }
            identity = .integer(whole)
        case .string(let key): identity = .text(Array(key.utf8))
        default: return nil
        }
        self.value = value
    }

    public init(_ text: String) {
        identity = .text(Array(text.utf8))
        value = .string(text)
    }

    public static func == (left: MapKey, right: MapKey) -> Bool { left.identity == right.identity }

    public func hash(into hasher: inout Hasher) { hasher.combine(identity) }
}

/// A map: keys in the order they were written.
public struct MapValue: Sendable, Equatable {
    public private(set) var keys: [MapKey] = []
    private var entries: [MapKey: Value] = [:]

    public init() {}

    public var count: Int { keys.count }
    public var isEmpty: Bool { keys.isEmpty }

    public subscript(key: MapKey) -> Value? { entries[key] }

    public subscript(name: String) -> Value? { entries[MapKey(name)] }

    /// Adds an entry; false if the key is there already.
    public mutating func insert(_ key: MapKey, _ value: Value) -> Bool {
        guard entries.updateValue(value, forKey: key) == nil else { return false }
        keys.append(key)
        return true
    }

    public static func == (left: MapValue, right: MapValue) -> Bool {
        guard left.count == right.count else { return false }
        return left.keys.allSatisfy { key in
            guard let value = left.entries[key], let other = right.entries[key] else {
                return false
            }
            return value == other
        }
    }
}
