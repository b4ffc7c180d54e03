import Cells

/// Everything about one cell.
package struct CellCard: Encodable {
    package let code: String
    package let path: String
    package let level: String
    package let name: String
    package let use: String
    package let population: Int
    package let squareMetres: Double
    /// The length of its borders. **Units**: metres.
    package let perimeterMetres: Double
    package let parts: Int
    package let points: Int
    package let place: Place?
    package let parent: String
    package let children: [String]
    /// The cells of its level that touch it.
    package let neighbours: [String]
    package let file: String
    package let feature: Int
}

extension CityDraft {
    package func card(of cell: Int) throws(ShapeFailure) -> CellCard {
        let own = cells[cell]
        let perimeter = own.shape?.perimeter ?? 0
        return CellCard(
            code: own.code, path: path(of: cell), level: levelName(own.level),
            name: own.draft.name, use: own.draft.use, population: own.draft.population,
            squareMetres: own.area.rounded(), perimeterMetres: perimeter.rounded(),
            parts: own.shape?.polygons().count ?? 0,
            points: own.draft.rings.reduce(0) { $0 + $1.count - 1 },
            place: own.shape?.insidePoint.map(ground.place), parent: own.draft.parent,
            children: own.children.map { cells[$0].code },
            neighbours: try neighbours(of: cell).map { cells[$0].code },
            file: own.draft.origin.file, feature: own.draft.origin.feature)
    }

    /// The cells of its level within the width of a rounding of its border.
    func neighbours(of cell: Int) throws(ShapeFailure) -> [Int] {
        guard let shape = cells[cell].shape, let box = shape.box else { return [] }
        return cells.indices.filter { other in
            guard other != cell, cells[other].level == cells[cell].level,
                let beside = cells[other].shape, let theirs = beside.box,
                theirs.grown(by: CheckOptions.roundingMetres).meets(box)
            else { return false }
            return shape.distance(to: beside) <= CheckOptions.roundingMetres
        }
    }
}

extension CellCard {
    /// For people.
    package var text: String {
        let rows: [(String, String)] = [
            ("path", path), ("level", level), ("name", name), ("use", use),
            ("population", population == 0 ? "" : "\(population)"),
            ("area", areaText(squareMetres)), ("border", lengthText(perimeterMetres)),
            ("shape", "\(parts) part\(parts == 1 ? "" : "s"), \(points) points"),
            ("place", place?.description ?? ""), ("children", CellCard.list(children)),
            ("neighbours", CellCard.list(neighbours)),
            ("drawn in", file.isEmpty ? "" : "\(file), feature \(feature)"),
        ]
        return rows.filter { !$0.1.isEmpty }
            .map { $0.0 + String(repeating: " ", count: 12 - $0.0.count) + $0.1 }
            .joined(separator: "\n")
    }

    private static let listMax = 12

    private static func list(_ codes: [String]) -> String {
        guard !codes.isEmpty else { return "none" }
        let more = codes.count > listMax ? ", …" : ""
        return "\(codes.count): " + codes.prefix(listMax).joined(separator: ", ") + more
    }
}
