/// Where a text stands in an alert's text area.
public struct TextRange: Sendable, BitwiseCopyable {
    public var start: UInt16
    public var length: UInt16

    @inlinable @_noAllocation @_noLocks public init(start: Int, length: Int) {
        self.start = UInt16(truncatingIfNeeded: start)
        self.length = UInt16(truncatingIfNeeded: length)
    }
    @inlinable public static var empty: TextRange { TextRange(start: 0, length: 0) }
    @inlinable public var isEmpty: Bool { length == 0 }
    @inlinable public var first: Int { Int(start) }
    @inlinable public var end: Int { Int(start) + Int(length) }
    @inlinable public var count: Int { Int(length) }
}

/// A place on the earth.
///
/// **Units**: WGS84 degrees; accuracy in metres, the radius within which the true place lies.
public struct Position: Sendable, BitwiseCopyable, Hashable {
    /// **Range**: -90 to 90.
    public var latitude: Double
    /// **Range**: -180 to 180.
    public var longitude: Double
    /// 0 when unknown.
    public var accuracyMetres: Double

    @inlinable @_noAllocation @_noLocks public init(
        latitude: Double, longitude: Double, accuracyMetres: Double = 0
    ) {
        self.latitude = latitude
        self.longitude = longitude
        self.accuracyMetres = accuracyMetres
    }
}

/// One measured quantity of an alert.
public struct Measure: Sendable, BitwiseCopyable {
    public var name = TextRange.empty
    /// UCUM code, empty when not given.
    public var unit = TextRange.empty
    /// Finite.
    public var value = 0.0
    /// The threshold the device itself compared with; NaN when not given.
    public var limit = Double.nan

    @inlinable @_noAllocation @_noLocks public init() {}
}

/// What an attribute's value is.
public enum AttributeType: UInt8, Sendable, BitwiseCopyable {
    /// Nothing that is kept: null, or something that says who somebody is.
    case none
    case text, number, truth
}

/// One fact that a sender adds of its own: a name and a value.
public struct AlertAttribute: Sendable, BitwiseCopyable {
    /// Empty where it is none that may be kept.
    public var name = TextRange.empty
    public var text = TextRange.empty
    public var type = AttributeType.none
    /// The number, finite; 1 for true and 0 for false.
    public var number = 0.0

    @inlinable @_noAllocation @_noLocks public init() {}
}

/// Which optional fields an alert came with. An absent field stays absent; no default stands in for
/// it.
public struct AlertPresence: OptionSet, Sendable, BitwiseCopyable {
    public let rawValue: UInt32
    @inlinable @_noAllocation @_noLocks public init(rawValue: UInt32) { self.rawValue = rawValue }

    // Computed, because reading a stored static takes a lock the first time.

    @inlinable public static var sequence: AlertPresence { .init(rawValue: 1 << 0) }
    @inlinable public static var urgency: AlertPresence { .init(rawValue: 1 << 1) }
    @inlinable public static var timeQuality: AlertPresence { .init(rawValue: 1 << 2) }
    @inlinable public static var confidence: AlertPresence { .init(rawValue: 1 << 3) }
    @inlinable public static var position: AlertPresence { .init(rawValue: 1 << 4) }
    @inlinable public static var cell: AlertPresence { .init(rawValue: 1 << 5) }
    @inlinable public static var areaRadius: AlertPresence { .init(rawValue: 1 << 6) }
    @inlinable public static var areaCells: AlertPresence { .init(rawValue: 1 << 7) }
    @inlinable public static var count: AlertPresence { .init(rawValue: 1 << 8) }
    @inlinable public static var start: AlertPresence { .init(rawValue: 1 << 9) }
    @inlinable public static var end: AlertPresence { .init(rawValue: 1 << 10) }
    @inlinable public static var expires: AlertPresence { .init(rawValue: 1 << 11) }
    @inlinable public static var ref: AlertPresence { .init(rawValue: 1 << 12) }
    @inlinable public static var text: AlertPresence { .init(rawValue: 1 << 13) }
    @inlinable public static var media: AlertPresence { .init(rawValue: 1 << 14) }
    @inlinable public static var areaPolygon: AlertPresence { .init(rawValue: 1 << 15) }
}

/// One message from a source saying that something was sensed, decoded in place.
///
/// It has a fixed size and holds its own texts, so nothing of it points into the frame it came in.
/// A lane owns one and decodes every message into it.
///
/// It has no field for a name, a face, a plate, an ID or a phone number, and never will.
public struct Alert: ~Copyable, Sendable {
    /// The alert's texts, unescaped, valid UTF-8; `TextRange`s point into it.
    public var texts: Table<UInt8>
    public var textBytes: Int

    public var present: AlertPresence
    public var id: TextRange
    public var source: TextRange
    /// The cell path as sent, with or without its last `/`.
    public var cell: TextRange
    public var ref: TextRange
    public var text: TextRange

    public var time: Timestamp
    public var start: Timestamp
    public var end: Timestamp
    public var expires: Timestamp
    public var sequence: UInt64

    public var kind: KindID
    public var severity: Severity
    public var state: AlertState
    public var status: AlertStatus
    public var urgency: Urgency
    public var timeQuality: TimeQuality
    /// **Range**: 0 to 1, meaningful only when present.
    public var confidence: Double
    public var position: Position
    public var areaRadiusMetres: Double
    /// The cell paths of `area.cells`, as sent.
    public var areaCells: [64 of TextRange]
    public var areaCellCount: Int
    /// The corners of `area.polygon`.
    public var areaCorners: [64 of Position]
    public var areaCornerCount: Int
    public var count: UInt32

    public var measures: [8 of Measure]
    public var measureCount: Int
    /// One for each member of `attrs`, in the order of the message.
    public var attributes: [32 of AlertAttribute]
    public var attributeCount: Int
    /// Fields that the allow-list does not know and that were skipped.
    public var droppedFields: Int

    public init() {
        texts = Table(capacity: Limits.alertTextBytesMax)
        measures = .init(repeating: Measure())
        attributes = .init(repeating: AlertAttribute())
        (textBytes, measureCount, attributeCount, droppedFields) = (0, 0, 0, 0)
        (sequence, count) = (0, 0)
        (id, source, cell, ref, text) = (.empty, .empty, .empty, .empty, .empty)
        (time, start, end, expires) = (.never, .never, .never, .never)
        (kind, severity, state, status) = (.none, .unknown, .pulse, .actual)
        (urgency, timeQuality, confidence, areaRadiusMetres) = (.unknown, .device, 0, 0)
        areaCells = .init(repeating: .empty)
        areaCorners = .init(repeating: Position(latitude: 0, longitude: 0))
        (areaCellCount, areaCornerCount) = (0, 0)
        position = Position(latitude: 0, longitude: 0)
        present = []
    }

    /// Forgets the last message; the text area's bytes stay, unreachable.
    @_noAllocation @_noLocks
    public mutating func reset() {
        textBytes = 0
        measureCount = 0
        attributeCount = 0
        droppedFields = 0
        sequence = 0
        count = 0
        id = TextRange(start: 0, length: 0)
        source = TextRange(start: 0, length: 0)
        cell = TextRange(start: 0, length: 0)
        ref = TextRange(start: 0, length: 0)
        text = TextRange(start: 0, length: 0)
        kind = KindID(0xFFFF)
        severity = .unknown
        state = .pulse
        status = .actual
        urgency = .unknown
        timeQuality = .device
        confidence = 0
        areaRadiusMetres = 0
        (areaCellCount, areaCornerCount) = (0, 0)
        present = AlertPresence(rawValue: 0)
    }

    /// A text of the alert as a string; not on the hot path.
    public func string(_ range: TextRange) -> String {
        String(decoding: (range.first..<range.end).map { texts[$0] }, as: UTF8.self)
    }

    /// Notes that an optional field came with the message.
    @inlinable @_noAllocation @_noLocks public mutating func mark(_ field: AlertPresence) {
        present = AlertPresence(rawValue: present.rawValue | field.rawValue)
    }

    /// The value of the first measure: what rules call `alert.value`. NaN when there is none.
    @inlinable public var value: Double { measureCount > 0 ? measures[0].value : .nan }
}
