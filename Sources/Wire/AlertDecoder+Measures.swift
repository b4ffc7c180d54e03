internal import Domain

extension AlertDecoder {
    /// Up to `Limits.measuresMax` objects, each with a name and a finite value.
    @inline(__always)
    mutating func measures(
        _ bytes: Span<UInt8>, _ kinds: borrowing KindTable, _ alert: inout Alert
    ) throws(Refusal) {
        try openArray(bytes, .measures)
        var more = reader.first(bytes, before: ASCII.closeBracket)
        while more {
            if alert.measureCount == Limits.measuresMax {
                _ = reader.peek(bytes)
                throw Refusal(.badValue, .measures, at: reader.at)
            }
            try measure(bytes, kinds, &alert)
            alert.measureCount &+= 1
            more = try reader.next(bytes, before: ASCII.closeBracket)
        }
    }

    @inline(__always)
    private mutating func measure(
        _ bytes: Span<UInt8>, _ kinds: borrowing KindTable, _ alert: inout Alert
    ) throws(Refusal) {
        try open(bytes, .measures)
        let fields =
            AlertDecoder.bit(.measureName) | AlertDecoder.bit(.measureValue)
            | AlertDecoder.bit(.measureUnit) | AlertDecoder.bit(.measureLimit)
        seen &= ~fields
        given &= ~fields
        let place = alert.measureCount
        alert.measures[place] = Measure()
        var more = reader.first(bytes, before: ASCII.closeBrace)
        while more {
            let field = AlertDecoder.measureField(try reader.key(bytes))
            if try begin(bytes, field, &alert) {
                switch field {
                case .measureValue:
                    alert.measures[place].value = try finite(bytes, field)
                case .measureLimit:
                    alert.measures[place].limit = try finite(bytes, field)
                default: try text(bytes, field, kinds, &alert)
                }
            }
            more = try reader.next(bytes, before: ASCII.closeBrace)
        }
        try require(.measureName)
        try require(.measureValue)
    }

    @inline(__always)
    static func measureField(_ key: Word) -> AlertField {
        if key == Word("name") { return .measureName }
        if key == Word("value") { return .measureValue }
        if key == Word("unit") { return .measureUnit }
        if key == Word("limit") { return .measureLimit }
        return .message
    }

    @_transparent
    private mutating func finite(
        _ bytes: Span<UInt8>, _ field: AlertField
    ) throws(Refusal) -> Double {
        let most = Double.greatestFiniteMagnitude
        return try number(bytes, field, from: -most, to: most)
    }
}
