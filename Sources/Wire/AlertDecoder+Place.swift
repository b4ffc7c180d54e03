internal import Domain

// Where it was sensed: a position, and how far around it.

extension AlertDecoder {
    /// An object with named keys, because nobody agrees on the order of a pair.
    @inline(__always)
    mutating func position(_ bytes: Span<UInt8>, _ alert: inout Alert) throws(Refusal) {
        try open(bytes, .position)
        alert.position.accuracyMetres = 0
        var more = reader.first(bytes, before: ASCII.closeBrace)
        while more {
            let field = AlertDecoder.positionField(try reader.key(bytes))
            if try begin(bytes, field, &alert) {
                let value = try number(bytes, field).double(bytes)
                try takeCoordinate(field, value, &alert)
            }
            more = try reader.next(bytes, before: ASCII.closeBrace)
        }
        try require(.lat)
        try require(.lon)
        alert.mark(.position)
    }

    @inline(__always)
    static func positionField(_ key: Word) -> AlertField {
        if key == Word("lat") { return .lat }
        if key == Word("lon") { return .lon }
        if key == Word("accuracy_m") { return .accuracy }
        return .message
    }

    @inline(__always)
    private func takeCoordinate(
        _ field: AlertField, _ value: Double, _ alert: inout Alert
    ) throws(Refusal) {
        switch field {
        case .lat:
            guard value >= -90, value <= 90 else { throw refusal(.badPosition, field) }
            alert.position.latitude = value
        case .lon:
            guard value >= -180, value <= 180 else { throw refusal(.badPosition, field) }
            alert.position.longitude = value
        default:
            guard value >= 0, value <= Limits.areaRadiusMetresMax else {
                throw refusal(.badPosition, field)
            }
            alert.position.accuracyMetres = value
        }
    }

    /// A radius or a list of cells: one of the two.
    @inline(__always)
    mutating func area(
        _ bytes: Span<UInt8>, _ kinds: borrowing KindTable, _ alert: inout Alert
    ) throws(Refusal) {
        let areaAt = valueAt
        try open(bytes, .area)
        var more = reader.first(bytes, before: ASCII.closeBrace)
        while more {
            let key = try reader.key(bytes)
            if key == Word("radius_m") {
                if try begin(bytes, .areaRadius, &alert) { try radius(bytes, &alert) }
            } else if key == Word("cells") {
                if try begin(bytes, .areaCells, &alert) { try cells(bytes, kinds, &alert) }
            } else {
                _ = try begin(bytes, .message, &alert)
            }
            more = try reader.next(bytes, before: ASCII.closeBrace)
        }
        if has(.areaRadius) && has(.areaCells) { throw Refusal(.badValue, .area, at: areaAt) }
        if !has(.areaCells) { try require(.areaRadius) }
    }

    @inline(__always)
    private mutating func radius(_ bytes: Span<UInt8>, _ alert: inout Alert) throws(Refusal) {
        let value = try number(bytes, .areaRadius, from: 0, to: Limits.areaRadiusMetresMax)
        if value == 0 { throw refusal(.badValue, .areaRadius) }
        alert.areaRadiusMetres = value
        alert.mark(.areaRadius)
    }

    @inline(__always)
    private mutating func cells(
        _ bytes: Span<UInt8>, _ kinds: borrowing KindTable, _ alert: inout Alert
    ) throws(Refusal) {
        try openArray(bytes, .areaCells)
        var cells = 0
        var more = reader.first(bytes, before: ASCII.closeBracket)
        while more {
            _ = reader.peek(bytes)
            valueAt = reader.at
            if cells == Limits.areaCellsMax { throw refusal(.badValue, .areaCells) }
            try text(bytes, .areaCells, kinds, &alert)
            cells &+= 1
            more = try reader.next(bytes, before: ASCII.closeBracket)
        }
        if cells == 0 { throw refusal(.badValue, .areaCells) }
        alert.mark(.areaCells)
    }
}
