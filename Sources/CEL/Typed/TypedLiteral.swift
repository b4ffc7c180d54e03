/// A value known at load, before strings have symbols and lists a place.
enum TypedLiteral: Hashable, Sendable {
    /// A value that is all in the payload.
    case scalar(SlotTag, UInt64)
    case string(String)
    case list([TypedLiteral])
    case map([TypedLiteral: TypedLiteral])

    /// nil for values that slots can't hold: bytes, types, optionals, messages, far timestamps.
    init?(_ value: Value) {
        switch value {
        case .null: self = .scalar(.null, 0)
        case .bool(let value): self = .scalar(.bool, value ? 1 : 0)
        case .int(let value): self = .int(value)
        case .uint(let value): self = .scalar(.uint, value)
        case .double(let value): self = .scalar(.double, value.bitPattern)
        case .string(let text): self = .string(text)
        case .duration(let span):
            self = .scalar(.duration, UInt64(bitPattern: span.nanoseconds))
        case .timestamp(let timestamp):
            guard let time = Self(timestamp) else { return nil }
            self = time
        case .list(let elements):
            guard let list = Self(list: elements) else { return nil }
            self = list
        case .map(let entries):
            guard let map = Self(map: entries) else { return nil }
            self = map
        default: return nil
        }
    }

    private init?(_ timestamp: TimestampValue) {
        let (scaled, overflows) = timestamp.seconds
            .multipliedReportingOverflow(by: 1_000_000_000)
        let (nanoseconds, carries) =
            scaled
            .addingReportingOverflow(Int64(timestamp.nanoseconds))
        guard !overflows, !carries else { return nil }
        self = .scalar(.timestamp, UInt64(bitPattern: nanoseconds))
    }

    /// A duration or timestamp in the specification's notation.
    init?(time text: String, _ type: CELType) {
        if type == .duration {
            guard let span = DurationValue(text) else { return nil }
            self = .scalar(.duration, UInt64(bitPattern: span.nanoseconds))
        } else {
            guard let moment = TimestampValue(text), let time = Self(moment) else { return nil }
            self = time
        }
    }

    private init?(list values: [Value]) {
        var elements: [TypedLiteral] = []
        for value in values {
            guard let element = Self(value) else { return nil }
            elements.append(element)
        }
        self = .list(elements)
    }

    private init?(map: MapValue) {
        var literals: [TypedLiteral: TypedLiteral] = [:]
        for key in map.keys {
            guard let name = Self(key.value), let value = map[key].flatMap({ Self($0) }) else {
                return nil
            }
            literals[name] = value
        }
        self = .map(literals)
    }

    static func int(_ value: Int64) -> TypedLiteral { .scalar(.int, UInt64(bitPattern: value)) }
    static func double(_ value: Double) -> TypedLiteral { .scalar(.double, value.bitPattern) }
    static func bool(_ value: Bool) -> TypedLiteral { .scalar(.bool, value ? 1 : 0) }

    var type: CELType {
        switch self {
        case .scalar(let tag, _): CELType(tag)
        case .string: .string
        case .list(let elements): .list(Self.commonType(elements))
        case .map(let entries):
            .map(Self.commonType(Array(entries.keys)), Self.commonType(Array(entries.values)))
        }
    }

    /// The literal as a key of a map; nil for what can be none.
    var mapKey: MapKey? {
        switch self {
        case .scalar(.bool, let bits): MapKey(.bool(bits != 0))
        case .scalar(.int, let bits): MapKey(.int(Int64(bitPattern: bits)))
        case .scalar(.uint, let bits): MapKey(.uint(bits))
        case .string(let text): MapKey(text)
        default: nil
        }
    }

    /// The payload of a scalar as a slot; nil for strings, lists and maps.
    var slot: Slot? {
        if case .scalar(let tag, let bits) = self { Slot(tag, bits) } else { nil }
    }

    static func commonType(_ literals: [TypedLiteral]) -> CELType {
        guard let first = literals.first?.type else { return .dyn }
        return literals.allSatisfy { $0.type == first } ? first : .dyn
    }
}

extension CELType {
    init(_ tag: SlotTag) {
        switch tag {
        case .null: self = .null
        case .bool: self = .bool
        case .int: self = .int
        case .uint: self = .uint
        case .double: self = .double
        case .string: self = .string
        case .timestamp: self = .timestamp
        case .duration: self = .duration
        case .list: self = .anyList
        case .map: self = .anyMap
        case .absent, .error: self = .error
        }
    }

    /// What a slot of the type holds; nil when only the value tells.
    var slotTag: SlotTag? {
        switch self {
        case .null: .null
        case .bool: .bool
        case .int: .int
        case .uint: .uint
        case .double: .double
        case .string: .string
        case .timestamp: .timestamp
        case .duration: .duration
        case .list: .list
        case .map: .map
        default: nil
        }
    }

    var isNumber: Bool { self == .int || self == .uint || self == .double }
}

extension SlotMemory {
    /// The slot of a literal: strings are interned, lists and maps frozen.
    mutating func place(_ literal: TypedLiteral) -> Slot {
        switch literal {
        case .scalar(let tag, let bits): return Slot(tag, bits)
        case .string(let text): return .string(symbols.intern(text))
        case .list(let elements):
            var slots: [Slot] = []
            for element in elements { slots.append(place(element)) }
            return arena.freeze(list: slots)
        case .map(let entries):
            var slots: [(key: Slot, value: Slot)] = []
            for (key, value) in entries { slots.append((place(key), place(value))) }
            return arena.freeze(map: slots)
        }
    }
}
