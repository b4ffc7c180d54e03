public import Domain

/// Copies an accepted alert's message without what must not be kept: fields that the allow-list
/// does not know, a text in which something personal was found, and links to media.
///
/// The journal keeps messages as they came in, so that a replay sees what the engine saw; what the
/// engine never looked at is not part of that. Only messages that carry any of it are copied.
public struct AlertRedactor {
    private var reader: JSONReader
    private let keepsText: Bool
    /// A bit for each member of `attrs` that is kept, the lowest for the first.
    private let keptAttributes: UInt32

    /// Whether the message that `alert` was decoded from holds something that must not be kept.
    @_noAllocation @_noLocks
    public static func isNeeded(for alert: borrowing Alert) -> Bool {
        alert.droppedFields > 0 || alert.present.contains(.media)
    }

    /// Appends the message `bytes[start..<end]`, from which `alert` was decoded, without those
    /// parts.
    ///
    /// **Fails**: on a message that the decoder would refuse.
    @_noAllocation @_noLocks
    public static func copy(
        _ bytes: Span<UInt8>, _ start: Int, _ end: Int, of alert: borrowing Alert,
        into buffer: inout ByteBuffer
    ) throws(Refusal) {
        var redactor = AlertRedactor(
            reader: JSONReader(start, end, of: bytes.count),
            keepsText: alert.present.contains(.text), keptAttributes: kept(of: alert))
        try redactor.object(bytes, .message, &buffer)
    }

    @_noAllocation @_noLocks
    private init(reader: JSONReader, keepsText: Bool, keptAttributes: UInt32) {
        self.reader = reader
        self.keepsText = keepsText
        self.keptAttributes = keptAttributes
    }

    @_noAllocation @_noLocks
    private static func kept(of alert: borrowing Alert) -> UInt32 {
        var kept: UInt32 = 0
        var member = 0
        while member < alert.attributeCount {
            switch alert.attributes[member].type {
            case .none: break
            default: kept |= 1 &<< UInt32(truncatingIfNeeded: member)
            }
            member &+= 1
        }
        return kept
    }

    /// Copies the members of the object that `parent` is, as far as they are known.
    @_noAllocation @_noLocks
    private mutating func object(
        _ bytes: Span<UInt8>, _ parent: AlertField, _ buffer: inout ByteBuffer
    ) throws(Refusal) {
        guard reader.peek(bytes) == ASCII.openBrace else { return try value(bytes, &buffer) }
        try reader.enter()
        buffer.append(ASCII.openBrace)
        var isFirst = true
        var more = reader.first(bytes, before: ASCII.closeBrace)
        while more {
            _ = reader.peek(bytes)
            let start = reader.at
            let field = AlertRedactor.field(try reader.key(bytes), in: parent)
            if isKept(field) {
                if !isFirst { buffer.append(ASCII.comma) }
                isFirst = false
                buffer.append(bytes, start, reader.at)
                try member(bytes, field, &buffer)
            } else {
                _ = reader.peek(bytes)
                try reader.skip(bytes)
            }
            more = try reader.next(bytes, before: ASCII.closeBrace)
        }
        buffer.append(ASCII.closeBrace)
    }

    @_noAllocation @_noLocks
    private func isKept(_ field: AlertField) -> Bool {
        switch field {
        case .message, .media: false
        case .text: keepsText
        default: true
        }
    }

    @_noAllocation @_noLocks
    private mutating func member(
        _ bytes: Span<UInt8>, _ field: AlertField, _ buffer: inout ByteBuffer
    ) throws(Refusal) {
        switch field {
        case .data, .position, .area: try object(bytes, field, &buffer)
        case .measures, .areaPolygon: try list(bytes, field, &buffer)
        case .attributes: try attributes(bytes, &buffer)
        default: try value(bytes, &buffer)
        }
    }

    @_noAllocation @_noLocks
    private mutating func list(
        _ bytes: Span<UInt8>, _ field: AlertField, _ buffer: inout ByteBuffer
    ) throws(Refusal) {
        guard reader.peek(bytes) == ASCII.openBracket else { return try value(bytes, &buffer) }
        try reader.enter()
        buffer.append(ASCII.openBracket)
        var more = reader.first(bytes, before: ASCII.closeBracket)
        while more {
            try object(bytes, field, &buffer)
            more = try reader.next(bytes, before: ASCII.closeBracket)
            if more { buffer.append(ASCII.comma) }
        }
        buffer.append(ASCII.closeBracket)
    }

    /// Copies the members whose values the decoder kept.
    @_noAllocation @_noLocks
    private mutating func attributes(
        _ bytes: Span<UInt8>, _ buffer: inout ByteBuffer
    ) throws(Refusal) {
        guard reader.peek(bytes) == ASCII.openBrace else { return try value(bytes, &buffer) }
        try reader.enter()
        buffer.append(ASCII.openBrace)
        var (member, isFirst) = (UInt32(0), true)
        var more = reader.first(bytes, before: ASCII.closeBrace)
        while more {
            _ = reader.peek(bytes)
            let start = reader.at
            _ = try reader.name(bytes)
            _ = reader.peek(bytes)
            try reader.skip(bytes)
            if keptAttributes &>> member & 1 == 1 {
                if !isFirst { buffer.append(ASCII.comma) }
                isFirst = false
                buffer.append(bytes, start, reader.at)
            }
            member &+= 1
            more = try reader.next(bytes, before: ASCII.closeBrace)
        }
        buffer.append(ASCII.closeBrace)
    }

    @_noAllocation @_noLocks
    private mutating func value(
        _ bytes: Span<UInt8>, _ buffer: inout ByteBuffer
    ) throws(Refusal) {
        _ = reader.peek(bytes)
        let start = reader.at
        try reader.skip(bytes)
        buffer.append(bytes, start, reader.at)
    }

    @_noAllocation @_noLocks
    private static func field(_ key: Word, in parent: AlertField) -> AlertField {
        switch parent {
        case .message: return AlertDecoder.attribute(key)
        case .data: return AlertDecoder.contentField(key)
        case .position: return AlertDecoder.positionField(key)
        case .measures: return AlertDecoder.measureField(key)
        case .areaPolygon: return AlertDecoder.cornerField(key)
        default:
            if key == Word("radius_m") { return .areaRadius }
            if key == Word("polygon") { return .areaPolygon }
            return key == Word("cells") ? .areaCells : .message
        }
    }
}
