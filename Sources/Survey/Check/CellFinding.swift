package import Cells

/// One thing that is wrong with a city's cells, or worth a look.
package struct CellFinding: Sendable {
    package let code: FindingCode
    /// The cells it is about, the one to repair first.
    package var cells: [String]
    /// The feature to look at; nil when it is about no single one.
    package var origin: DraftOrigin?
    /// What is the matter, a sentence without its end.
    package var words: String
    package var place: Place?
    /// **Units**: square metres; what findings of one code are ordered by.
    package var squareMetres: Double?
    /// How many pieces it sums up.
    package var pieces: Int?
    /// Where the pieces are, the largest first; some of many.
    package var spots: [FindingSpot] = []
    /// The ground it is about, for a picture.
    var ground: [[[Spot]]] = []

    package var severity: FindingSeverity { code.severity }
    package var hint: String { code.hint }

    init(_ code: FindingCode, _ cells: [String], _ words: String) {
        self.code = code
        self.cells = cells
        self.words = words
    }
}

/// One piece of ground that a finding is about.
package struct FindingSpot: Sendable, Encodable, Equatable {
    package let place: Place
    package let squareMetres: Double

    static let most = 100
}

extension CellFinding: Encodable {
    private enum Key: String, CodingKey {
        case code, severity, cells, file, feature, place, squareMetres, pieces, spots, words, hint
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(code, forKey: .code)
        try container.encode(severity, forKey: .severity)
        try container.encode(cells, forKey: .cells)
        try container.encodeIfPresent(origin?.file, forKey: .file)
        try container.encodeIfPresent(origin?.feature, forKey: .feature)
        try container.encodeIfPresent(place, forKey: .place)
        let rounded = squareMetres.map { ($0 * 100).rounded() / 100 }
        try container.encodeIfPresent(rounded, forKey: .squareMetres)
        try container.encodeIfPresent(pieces, forKey: .pieces)
        if spots.count > 1 { try container.encode(spots, forKey: .spots) }
        try container.encode(words, forKey: .words)
        try container.encode(hint, forKey: .hint)
    }
}

extension CellFinding {
    /// A line for people: code of the cell, what is wrong, where.
    package var text: String {
        var line = cells.first.map { "\($0): " } ?? ""
        line += words
        if let place { line += ", at \(place)" }
        if let origin { line += " (\(origin.file), feature \(origin.feature))" }
        return line
    }
}

/// `12 m²`, `3.4 ha`, `56.0 km²`.
package func areaText(_ squareMetres: Double) -> String {
    switch squareMetres {
    case ..<10: squareMetres.formatted(1) + " m²"
    case ..<10_000: squareMetres.formatted(0) + " m²"
    case ..<1_000_000: (squareMetres / 10_000).formatted(1) + " ha"
    default: (squareMetres / 1_000_000).formatted(1) + " km²"
    }
}

/// `850 m`, `12.3 km`.
package func lengthText(_ metres: Double) -> String {
    metres < 1000 ? metres.formatted(0) + " m" : (metres / 1000).formatted(1) + " km"
}
