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

    /// A radius, a list of cells or a polygon: one of the three.
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
            } else if key == Word("polygon") {
                if try begin(bytes, .areaPolygon, &alert) { try polygon(bytes, &alert) }
            } else {
                _ = try begin(bytes, .message, &alert)
            }
            more = try reader.next(bytes, before: ASCII.closeBrace)
        }
        let forms = (has(.areaRadius) ? 1 : 0) + (has(.areaCells) ? 1 : 0)
        if forms + (has(.areaPolygon) ? 1 : 0) > 1 { throw Refusal(.badValue, .area, at: areaAt) }
        if forms == 0 && !has(.areaPolygon) { try require(.areaRadius) }
    }

    /// Three corners or more, in their order, the last joined to the first.
    @inline(__always)
    private mutating func polygon(_ bytes: Span<UInt8>, _ alert: inout Alert) throws(Refusal) {
        try openArray(bytes, .areaPolygon)
        var corners = 0
        var more = reader.first(bytes, before: ASCII.closeBracket)
        while more {
            _ = reader.peek(bytes)
            valueAt = reader.at
            if corners == Limits.areaCornersMax { throw refusal(.badValue, .areaPolygon) }
            try corner(bytes, corners, &alert)
            corners &+= 1
            more = try reader.next(bytes, before: ASCII.closeBracket)
        }
        if corners < 3 { throw refusal(.badValue, .areaPolygon) }
        alert.areaCornerCount = corners
        alert.mark(.areaPolygon)
    }

    @inline(__always)
    private mutating func corner(
        _ bytes: Span<UInt8>, _ number: Int, _ alert: inout Alert
    ) throws(Refusal) {
        try open(bytes, .areaPolygon)
        let fields = AlertDecoder.bit(.cornerLat) | AlertDecoder.bit(.cornerLon)
        seen &= ~fields
        given &= ~fields
        var corner = Position(latitude: 0, longitude: 0)
        var more = reader.first(bytes, before: ASCII.closeBrace)
        while more {
            let field = AlertDecoder.cornerField(try reader.key(bytes))
            if try begin(bytes, field, &alert) {
                let value = try self.number(bytes, field).double(bytes)
                let most = field == .cornerLat ? 90.0 : 180.0
                guard value >= -most, value <= most else { throw refusal(.badPosition, field) }
                if field == .cornerLat { corner.latitude = value } else { corner.longitude = value }
            }
            more = try reader.next(bytes, before: ASCII.closeBrace)
        }
        try require(.cornerLat)
        try require(.cornerLon)
        alert.areaCorners[number] = corner
    }

    @inline(__always)
    static func cornerField(_ key: Word) -> AlertField {
        if key == Word("lat") { return .cornerLat }
        return key == Word("lon") ? .cornerLon : .message
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
