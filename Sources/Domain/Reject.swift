/// Why an alert was not accepted: the codes of the wire protocol.
///
/// Every code is an answer on acknowledged paths and a counter on all of them. Raw values index the
/// counters and are never reused.
public enum Reject: UInt8, CaseIterable, Error, Sendable, BitwiseCopyable {
    case duplicate, badVersion, badEncoding, badSchema, tooLarge, badBatch, missingField, badValue
    case unknownKind, badUnit, badTime, timeSkew, badPosition, outsideArea, cellMismatch
    case unknownSource, notAllowed, privacy, throttled, overloaded, internalError

    public var word: StaticString {
        switch self {
        case .duplicate: "duplicate"
        case .badVersion: "bad_version"
        case .badEncoding: "bad_encoding"
        case .badSchema: "bad_schema"
        case .tooLarge: "too_large"
        case .badBatch: "bad_batch"
        case .missingField: "missing_field"
        case .badValue: "bad_value"
        case .unknownKind: "unknown_kind"
        case .badUnit: "bad_unit"
        case .badTime: "bad_time"
        case .timeSkew: "time_skew"
        case .badPosition: "bad_position"
        case .outsideArea: "outside_area"
        case .cellMismatch: "cell_mismatch"
        case .unknownSource: "unknown_source"
        case .notAllowed: "not_allowed"
        case .privacy: "privacy"
        case .throttled: "throttled"
        case .overloaded: "overloaded"
        case .internalError: "internal"
        }
    }

    public static let count = 21
}

/// A refusal and the place in the message that caused it.
public struct Refusal: Error, Sendable, BitwiseCopyable {
    public var code: Reject
    /// The field at fault; `.message` for the whole.
    public var field: AlertField
    /// Byte offset into the message at which reading stopped.
    public var offset: UInt32

    @inlinable @_noAllocation @_noLocks public init(
        _ code: Reject, _ field: AlertField, at offset: Int
    ) {
        self.code = code
        self.field = field
        self.offset = UInt32(truncatingIfNeeded: offset)
    }
}
