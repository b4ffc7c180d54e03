/// Reads messages from the protocol buffers' wire format.
struct WireReader {
    let bytes: [UInt8]
    let pool: DescriptorPool
    private var offset = 0

    init(bytes: [UInt8], pool: DescriptorPool) {
        self.bytes = bytes
        self.pool = pool
    }

    private static let broken = EvaluationError(.conversion, "not a message on the wire")

    /// Reads fields up to `end`, or to the group's end.
    mutating func message(
        _ descriptor: MessageDescriptor, upTo end: Int
    ) throws(EvaluationError) -> MessageValue {
        var message = MessageValue(descriptor)
        while offset < end {
            let tag = try varint()
            if tag & 7 == 4 { break }
            guard let field = field(Int32(truncatingIfNeeded: tag >> 3), of: descriptor) else {
                try skip(tag & 7)
                continue
            }
            try read(field, wireType: tag & 7, into: &message)
        }
        return message
    }

    private func field(_ number: Int32, of descriptor: MessageDescriptor) -> FieldDescriptor? {
        descriptor.fieldsByNumber[number]
            ?? pool.extensions[descriptor.name]?.values.first { $0.number == number }
    }

    private mutating func read(
        _ field: FieldDescriptor, wireType: UInt64, into message: inout MessageValue
    ) throws(EvaluationError) {
        switch field.cardinality {
        case .singular: message.set(field, try value(field.kind))
        case .repeated:
            var list: [Value] = []
            if case .list(let known) = message.fields[field.number] { list = known }
            if wireType == 2, field.kind.isPackable {
                let end = try length()
                while offset < end { list.append(try value(field.kind)) }
            } else {
                list.append(try value(field.kind))
            }
            message.set(field, .list(list))
        case .map(let keyKind):
            var map = MapValue()
            if case .map(let known) = message.fields[field.number] { map = known }
            let entry = try mapEntry(keyKind, field.kind)
            if let key = MapKey(entry.key) { _ = map.insert(key, entry.value) }
            message.set(field, .map(map))
        }
    }

    private mutating func mapEntry(
        _ keyKind: FieldDescriptor.Kind, _ kind: FieldDescriptor.Kind
    ) throws(EvaluationError) -> (key: Value, value: Value) {
        let end = try length()
        var key = keyKind.zero(in: pool)
        var value = kind.zero(in: pool)
        while offset < end {
            switch try varint() >> 3 {
            case 1: key = try self.value(keyKind)
            case 2: value = try self.value(kind)
            default: throw Self.broken
            }
        }
        return (key, value)
    }

    private mutating func value(_ kind: FieldDescriptor.Kind) throws(EvaluationError) -> Value {
        switch kind {
        case .double: .double(Double(bitPattern: try fixed(8)))
        case .float: .double(Double(Float(bitPattern: UInt32(try fixed(4)))))
        case .int32: .int(Int64(Int32(truncatingIfNeeded: try varint())))
        case .int64: .int(Int64(bitPattern: try varint()))
        case .uint32: .uint(UInt64(UInt32(truncatingIfNeeded: try varint())))
        case .uint64: .uint(try varint())
        case .sint32, .sint64: .int(Self.unzigzag(try varint()))
        case .fixed32: .uint(try fixed(4))
        case .fixed64: .uint(try fixed(8))
        case .sfixed32: .int(Int64(Int32(truncatingIfNeeded: try fixed(4))))
        case .sfixed64: .int(Int64(bitPattern: try fixed(8)))
        case .bool: .bool(try varint() != 0)
        case .string: .string(String(decoding: try chunk(), as: UTF8.self))
        case .bytes: .bytes(Array(try chunk()))
        case .enumeration(let name): .enumeration(name, Int32(truncatingIfNeeded: try varint()))
        case .message(let name): try nested(name, upTo: try length())
        case .group(let name): try nested(name, upTo: bytes.count)
        }
    }

    private mutating func nested(_ name: String, upTo end: Int) throws(EvaluationError) -> Value {
        guard let descriptor = pool.messages[name] else { throw Self.broken }
        return try MessageBuilder(pool: pool).unwrapped(try message(descriptor, upTo: end))
    }

    // MARK: Primitives

    private static func unzigzag(_ raw: UInt64) -> Int64 {
        Int64(bitPattern: raw >> 1) ^ -Int64(bitPattern: raw & 1)
    }

    private mutating func varint() throws(EvaluationError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while offset < bytes.count, shift < 64 {
            let byte = bytes[offset]
            offset += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return value }
            shift += 7
        }
        throw Self.broken
    }

    private mutating func fixed(_ count: Int) throws(EvaluationError) -> UInt64 {
        guard offset + count <= bytes.count else { throw Self.broken }
        var value: UInt64 = 0
        for index in 0..<count { value |= UInt64(bytes[offset + index]) << UInt64(8 * index) }
        offset += count
        return value
    }

    /// Reads a length and returns where what it counts ends.
    private mutating func length() throws(EvaluationError) -> Int {
        let count = try varint()
        guard count <= UInt64(bytes.count - offset) else { throw Self.broken }
        return offset + Int(count)
    }

    private mutating func chunk() throws(EvaluationError) -> ArraySlice<UInt8> {
        let end = try length()
        defer { offset = end }
        return bytes[offset..<end]
    }

    private mutating func skip(_ wireType: UInt64) throws(EvaluationError) {
        switch wireType {
        case 0: _ = try varint()
        case 1: _ = try fixed(8)
        case 2: offset = try length()
        case 5: _ = try fixed(4)
        default: throw Self.broken
        }
    }
}

extension FieldDescriptor.Kind {
    /// Whether repeated fields of the kind may lie in one chunk.
    fileprivate var isPackable: Bool {
        switch self {
        case .string, .bytes, .message, .group: false
        default: true
        }
    }
}
