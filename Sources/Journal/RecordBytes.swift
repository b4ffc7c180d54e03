import Domain

extension Span<UInt8> {
    /// The little-endian integer at `offset`. **Fails**: traps out of bounds.
    func integer<Value: FixedWidthInteger>(
        at offset: Int, as type: Value.Type = Value.self
    ) -> Value {
        var value: Value = 0
        for byte in 0..<(Value.bitWidth / 8) {
            value |= Value(truncatingIfNeeded: self[offset + byte]) << Value(byte * 8)
        }
        return value
    }
}

extension Span<UInt8> {
    /// The 32 hexadecimal digits of the incident at `offset`.
    func incident(at offset: Int) -> String {
        integer(at: offset, as: UInt64.self).hexadecimal
            + integer(at: offset + 8, as: UInt64.self).hexadecimal
    }
}

/// A journal record as its bytes lie in the ring or in a batch.
struct RecordHead {
    var kind: JournalRecordKind
    var path: IngestPath
    var byteCount: Int
    var sequence: UInt64
    var time: Timestamp
    var received: Timestamp

    /// Reads the head at `offset` and checks that its body is there, and long enough for its kind.
    init(_ bytes: Span<UInt8>, at offset: Int) throws(JournalFailure) {
        let rest = bytes.count - offset
        guard rest >= JournalHead.byteCount else {
            throw .malformedRecord(kind: rest > 0 ? bytes[offset] : 0, byteCount: rest)
        }
        let bodyBytes = Int(bytes.integer(at: offset + 4, as: UInt32.self))
        byteCount = JournalHead.byteCount + bodyBytes
        guard let kind = JournalRecordKind(rawValue: bytes[offset]),
            let path = IngestPath(rawValue: bytes[offset + 1]),
            bodyBytes >= kind.bodyBytesMin, rest >= byteCount
        else { throw .malformedRecord(kind: bytes[offset], byteCount: rest) }
        self.kind = kind
        self.path = path
        sequence = bytes.integer(at: offset + 8)
        time = Timestamp(nanoseconds: bytes.integer(at: offset + 16))
        received = Timestamp(nanoseconds: bytes.integer(at: offset + 24))
    }
}

extension JournalRecordKind {
    /// Bytes of the part that does not vary.
    var bodyBytesMin: Int {
        switch self {
        case .alert: 8
        case .source: 4
        case .score: 12
        case .task: 34
        case .tally: IntakeCounters.count * 8
        case .event: 5
        case .feedback: 20
        }
    }
}
