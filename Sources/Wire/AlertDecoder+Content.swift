internal import Domain

// What stands in an alert's `data`.

extension AlertDecoder {
    @_noAllocation @_noLocks
    mutating func content(
        _ bytes: Span<UInt8>, _ kinds: borrowing KindTable, _ alert: inout Alert
    ) throws(Refusal) {
        try open(bytes, .data)
        var more = reader.first(bytes, before: ASCII.closeBrace)
        while more {
            let field = AlertDecoder.contentField(try reader.key(bytes))
            if try begin(bytes, field, &alert) {
                switch field {
                case .position: try position(bytes, &alert)
                case .measures: try measures(bytes, kinds, &alert)
                case .area: try area(bytes, kinds, &alert)
                case .media: try media(bytes, kinds, &alert)
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
    private static func contentField(_ key: Word) -> AlertField {
        if key.high != 0 { return key == Word("time_quality") ? .timeQuality : longField(key) }
        if key == Word("kind") { return .kind }
        if key == Word("severity") { return .severity }
        if key == Word("state") { return .state }
        if key == Word("position") { return .position }
        if key == Word("cell") { return .cell }
        if key == Word("measures") { return .measures }
        if key == Word("count") { return .count }
        if key == Word("start") { return .start }
        if key == Word("end") { return .end }
        if key == Word("status") { return .status }
        if key == Word("urgency") { return .urgency }
        if key == Word("area") { return .area }
        if key == Word("expires") { return .expires }
        if key == Word("ref") { return .ref }
        if key == Word("media") { return .media }
        if key == Word("text") { return .text }
        return .message
    }

    @inline(__always)
    private static func longField(_ key: Word) -> AlertField {
        key == Word("confidence") ? .confidence : .message
    }

    /// A whole number that 32 bits hold; `7.0` is one.
    @_noAllocation @_noLocks
    private mutating func count(_ bytes: Span<UInt8>, _ alert: inout Alert) throws(Refusal) {
        let value = try number(bytes, .count, from: 0, to: 4_294_967_295)
        alert.count = UInt32(value)
        guard Double(alert.count) == value else { throw refusal(.badValue, .count) }
        alert.mark(.count)
    }

    @_noAllocation @_noLocks
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
