import Cells

extension CityPlan {
    /// The city as a GeoJSON FeatureCollection (RFC 7946), a feature a line, that `GridLoader`
    /// loads with `root` and its own level names.
    public func geoJSON() -> String {
        let lattice = CityLattice(self)
        let features = cells().map { feature($0, lattice) }
        return "{\"type\":\"FeatureCollection\",\"features\":[\n"
            + features.joined(separator: ",\n") + "\n]}\n"
    }

    private func feature(_ cell: PlannedCell, _ lattice: CityLattice) -> String {
        var properties = ["\"id\":\"\(cell.code)\""]
        if !cell.parent.isEmpty { properties.append("\"parent\":\"\(cell.parent)\"") }
        properties.append("\"level\":\(cell.level),\"name\":\"\(cell.name)\"")
        properties.append("\"population\":\(cell.population)")
        if !cell.use.isEmpty { properties.append("\"use\":\"\(cell.use)\"") }
        let polygons = banks(of: cell).map { columns in
            let ring = lattice.outline(columns: columns, rows: cell.rows)
            return "[[" + ring.map(CityPlan.position).joined(separator: ",") + "]]"
        }
        let shape =
            polygons.count == 1
            ? "\"Polygon\",\"coordinates\":\(polygons[0])"
            : "\"MultiPolygon\",\"coordinates\":[\(polygons.joined(separator: ","))]"
        return "{\"type\":\"Feature\",\"id\":\"\(cell.code)\",\"properties\":{"
            + properties.joined(separator: ",") + "},\"geometry\":{\"type\":\(shape)}}"
    }

    /// A cell's columns on either bank; only the city itself lies on both.
    private func banks(of cell: PlannedCell) -> [Range<Int>] {
        [cell.columns.clamped(to: 0..<bank), cell.columns.clamped(to: bank..<columns)]
            .filter { !$0.isEmpty }
    }

    private static func position(_ point: FixedPoint) -> String {
        "[\(degrees(point.x)),\(degrees(point.y))]"
    }

    /// Seven decimals, exactly the units.
    static func degrees(_ units: Int32) -> String {
        let magnitude = units.magnitude
        let fraction = String(magnitude % 10_000_000)
        return (units < 0 ? "-" : "") + "\(magnitude / 10_000_000)."
            + String(repeating: "0", count: 7 - fraction.count) + fraction
    }
}
