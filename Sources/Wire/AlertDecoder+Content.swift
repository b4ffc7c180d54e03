internal import Domain

// What stands in an alert's `data`.

extension AlertDecoder {
    /// Walks on a copy, which lives in registers, where `self` is memory.
    @_noAllocation @_noLocks
    mutating func content(
        _ bytes: Span<UInt8>, _ kinds: borrowing KindTable, _ alert: inout Alert
    ) throws(Refusal) {
        var walker = self
        try walker.walkContent(bytes, kinds, &alert)
        self = walker
    }

    @inline(__always)
    private mutating func walkContent(
        _ bytes: Span<UInt8>, _ kinds: borrowing KindTable, _ alert: inout Alert
    ) throws(Refusal) {
        try open(bytes, .data)
        var more = reader.first(bytes, before: ASCII.closeBrace)
        while more {
            let field = AlertDecoder.contentField(try reader.key(bytes))
            if try begin(bytes, field, &alert) {
                switch field {
                case .position, .measures, .attributes, .area, .media:
                    var copy = self
                    try copy.compound(field, bytes, kinds, &alert)
                    self = copy
                case .confidence:
                    alert.confidence = try number(bytes, .confidence, from: 0, to: 1)
                    alert.mark(.confidence)
                case .count: try count(bytes, &alert)
                default: try text(bytes, field, kinds, &alert)
                }
            }
            more = try reader.next(bytes, before: ASCII.closeBrace)
        }
        if has(.start), has(.end), alert.end < alert.start {
            throw Refusal(.badTime, .end, at: reader.at)
        }
    }

    @inline(__always)
    static func contentField(_ key: Word) -> AlertField {
        if key.high != 0 { return key == Word("time_quality") ? .timeQuality : longField(key) }
        if key.low == Word("kind").low { return .kind }
        if key.low == Word("severity").low { return .severity }
        if key.low == Word("state").low { return .state }
        if key.low == Word("position").low { return .position }
        if key.low == Word("cell").low { return .cell }
        if key.low == Word("measures").low { return .measures }
        if key.low == Word("count").low { return .count }
        if key.low == Word("attrs").low { return .attributes }
        if key.low == Word("start").low { return .start }
        if key.low == Word("end").low { return .end }
        if key.low == Word("status").low { return .status }
        if key.low == Word("urgency").low { return .urgency }
        if key.low == Word("area").low { return .area }
        if key.low == Word("expires").low { return .expires }
        if key.low == Word("ref").low { return .ref }
        if key.low == Word("media").low { return .media }
        if key.low == Word("text").low { return .text }
        return .message
    }

    @inline(__always)
    private static func longField(_ key: Word) -> AlertField {
        key == Word("confidence") ? .confidence : .message
    }

    /// The fields that are objects or arrays.
    @_noAllocation @_noLocks
    @inline(never)
    private mutating func compound(
        _ field: AlertField, _ bytes: Span<UInt8>, _ kinds: borrowing KindTable,
        _ alert: inout Alert
    ) throws(Refusal) {
        var walker = self
        switch field {
        case .position: try walker.position(bytes, &alert)
        case .measures: try walker.measures(bytes, kinds, &alert)
        case .attributes: try walker.attributes(bytes, kinds, &alert)
        case .area: try walker.area(bytes, kinds, &alert)
        default: try walker.media(bytes, kinds, &alert)
        }
        self = walker
    }

    /// A whole number that 32 bits hold; `7.0` is one.
    @inline(__always)
    private mutating func count(_ bytes: Span<UInt8>, _ alert: inout Alert) throws(Refusal) {
        let value = try number(bytes, .count, from: 0, to: 4_294_967_295)
        alert.count = UInt32(value)
        guard Double(alert.count) == value else { throw refusal(.badValue, .count) }
        alert.mark(.count)
    }

    @inline(__always)
    private mutating func media(
        _ bytes: Span<UInt8>, _ kinds: borrowing KindTable, _ alert: inout Alert
    ) throws(Refusal) {
        try openArray(bytes, .media)
        var links = 0
        var more = reader.first(bytes, before: ASCII.closeBracket)
        while more {
            _ = reader.peek(bytes)
            valueAt = reader.at
            if links == Limits.mediaMax { throw refusal(.badValue, .media) }
            try text(bytes, .media, kinds, &alert)
            links &+= 1
            more = try reader.next(bytes, before: ASCII.closeBracket)
        }
    }
}
