import Domain

// What each field of a row may be.

extension RegistryDraft {
    static let titleBytesMax = 128

    mutating func read(_ row: RegistryRow) -> RegisteredSource {
        var source = RegisteredSource(name: name(row))
        source.position = position(row)
        source.cell = cell(row)
        source.kinds = kinds(row)
        source.period = period(row)
        source.title = title(row)
        return source
    }

    private mutating func name(_ row: RegistryRow) -> String {
        let name = row[.source]
        if RegisteredSource.isName(name) { return name }
        problems.add(
            .name, name.isEmpty ? "a row without a source" : "`\(name)` is no name of a source",
            at: row.place(of: .source),
            hint: "1 to \(Limits.sourceSegmentsMax) segments with / between, lower-case letters, "
                + "digits, . _ -, at most \(Limits.sourceBytesMax) bytes: acme/site-7/cam-03")
        return ""
    }

    private mutating func position(_ row: RegistryRow) -> Position? {
        let accuracy = accuracy(row)
        let texts = (row[.latitude], row[.longitude])
        if texts == ("", "") {
            if accuracy != nil { reportAccuracyWithoutPosition(row) }
            return nil
        }
        guard let latitude = degrees(row, .latitude), let longitude = degrees(row, .longitude)
        else { return nil }
        if abs(latitude) <= 90, abs(longitude) <= 180 {
            return Position(
                latitude: latitude, longitude: longitude, accuracyMetres: accuracy ?? 0)
        }
        if abs(longitude) <= 90, abs(latitude) <= 180 {
            reportSwapped(row)
        } else {
            problems.add(
                .position, "\(texts.0), \(texts.1) is not on the globe",
                at: row.place(of: .latitude),
                hint: "latitude is -90 to 90, longitude -180 to 180, in degrees of WGS84")
        }
        return nil
    }

    mutating func reportSwapped(_ row: RegistryRow) {
        problems.add(
            .swapped, "latitude and longitude look exchanged", at: row.place(of: .latitude),
            hint: "latitude \(row[.longitude]), longitude \(row[.latitude]) would fit")
    }

    private mutating func reportAccuracyWithoutPosition(_ row: RegistryRow) {
        problems.add(
            .accuracy, "an accuracy without a position", at: row.place(of: .accuracy))
    }

    private mutating func degrees(_ row: RegistryRow, _ column: RegistryColumn) -> Double? {
        let text = row[column]
        if let number = Self.number(text) { return number }
        problems.add(
            .position,
            text.isEmpty ? "a position without \(column.rawValue)" : "`\(text)` is no number",
            at: row.place(of: column), hint: "degrees with a point: 31.2304")
        return nil
    }

    private mutating func accuracy(_ row: RegistryRow) -> Double? {
        let text = row[.accuracy]
        if text.isEmpty { return nil }
        if let metres = Self.number(text), (0...Limits.areaRadiusMetresMax).contains(metres) {
            return metres
        }
        problems.add(
            .accuracy, "`\(text)` is no accuracy", at: row.place(of: .accuracy),
            hint: "metres, 0 to \(Int(Limits.areaRadiusMetresMax))")
        return nil
    }

    /// A finite decimal number; Swift would also take hexadecimal ones.
    private static func number(_ text: String) -> Double? {
        let isDecimal = text.utf8.allSatisfy { byte in
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(byte)
        }
        guard isDecimal, text.utf8.count <= 32, let number = Double(text), number.isFinite else {
            return nil
        }
        return number
    }

    private mutating func cell(_ row: RegistryRow) -> String {
        let cell = row[.cell]
        if cell.utf8.count <= Limits.cellPathBytesMax { return cell }
        problems.add(.cell, "a cell's path is too long", at: row.place(of: .cell))
        return ""
    }

    private mutating func kinds(_ row: RegistryRow) -> [KindPattern] {
        let texts = row[.kinds].split(separator: ";").map { $0.filter { $0 != " " } }
        if texts.count > Limits.kindsPerSourceMax {
            problems.add(
                .limit,
                "\(texts.count) kinds of one source: more than "
                    + "\(Limits.kindsPerSourceMax)", at: row.place(of: .kinds),
                hint: "leave it empty for all kinds, or write prefixes, such as gas.*")
            return []
        }
        return texts.compactMap { text in
            if let pattern = KindPattern(text) { return pattern }
            problems.add(
                .kind, "`\(text)` is no kind", at: row.place(of: .kinds),
                hint: "kinds with ; between, each by its name or as a prefix: gas.*;smoke")
            return nil
        }
    }

    private mutating func period(_ row: RegistryRow) -> Interval? {
        let text = row[.period]
        if text.isEmpty { return nil }
        if let period = Interval(rule: text), (.seconds(1)...(.hours(24 * 366))).contains(period) {
            return period
        }
        problems.add(
            .period, "`\(text)` is no period", at: row.place(of: .period),
            hint: "a length of time from 1s to 366d: 30s, 5m, 1h30m, 1d")
        return nil
    }

    private mutating func title(_ row: RegistryRow) -> String {
        let title = row[.name]
        let isShort = title.utf8.count <= Self.titleBytesMax
        if isShort, title.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) {
            return title
        }
        problems.add(
            .title, isShort ? "a name with control characters" : "the name is too long",
            at: row.place(of: .name), hint: "at most \(Self.titleBytesMax) bytes on one line")
        return ""
    }
}

extension RegisteredSource {
    /// Whether the text can name a source on the wire.
    static func isName(_ text: String) -> Bool {
        let segments = text.split(separator: "/", omittingEmptySubsequences: false)
        return text.utf8.count <= Limits.sourceBytesMax
            && segments.count <= Limits.sourceSegmentsMax
            && segments.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(isNameByte) }
    }

    static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
        default: false
        }
    }
}
