import Cells
import Domain

/// Cells as `cells find` shows them.
struct FoundCells: Encodable {
    var cells: [FoundCell] = []
    /// Of 1; left out where nothing was shared.
    var outside: Double?
    var isTruncated = false

    private enum CodingKeys: String, CodingKey {
        case cells, outside
        case isTruncated = "truncated"
    }

    init() {}

    init(only cell: CellID, _ grid: borrowing Grid) {
        if cell != .none { cells = [FoundCell(cell, grid)] }
    }

    init(_ shares: CellShares, _ grid: borrowing Grid) {
        for index in 0..<shares.count {
            var cell = FoundCell(shares.cell(index), grid)
            cell.share = Double(shares.share(index)) / Double(CellShares.whole)
            cells.append(cell)
        }
        outside = Double(shares.outside) / Double(CellShares.whole)
        isTruncated = shares.dropped > 0
    }

    /// Areas of the position itself, which may lie elsewhere than the cell's middle.
    mutating func setAreas(_ latitude: Double, _ longitude: Double, _ grid: borrowing Grid) {
        for hierarchy in grid.hierarchyNames.indices where !cells.isEmpty {
            let area = grid.locateArea(
                latitude: latitude, longitude: longitude, hierarchy: hierarchy)
            let name = grid.hierarchyNames[hierarchy]
            cells[0].areas[name] = area == .none ? nil : grid.code(of: area)
        }
    }

    var lines: [String] {
        var lines = cells.map(\.line)
        if let outside, outside > 0 { lines.append("\(percent(outside))  outside of the city") }
        if isTruncated { lines.append("and more, which are left out") }
        return lines
    }
}

/// One cell with what is known of it.
struct FoundCell: Encodable {
    let path: String
    let level: String
    let name: String
    let population: Int
    let use: String
    let vulnerability: Double
    let access: Double
    /// Of 1; the likelihood that the position lies here.
    var share: Double?
    /// By hierarchy, the area's code.
    var areas: [String: String] = [:]

    init(_ cell: CellID, _ grid: borrowing Grid) {
        path = grid.path(of: cell)
        level = grid.levelName(of: cell)
        name = grid.name(of: cell)
        population = grid.population(of: cell)
        use = grid.use(of: cell)
        vulnerability = grid.vulnerability(of: cell)
        access = grid.access(of: cell)
        for (number, hierarchy) in grid.hierarchyNames.enumerated() {
            let area = grid.area(of: cell, hierarchy: number)
            if area != .none { areas[hierarchy] = grid.code(of: area) }
        }
    }

    var line: String {
        var parts = ["\(path)  \(level)  \(name)"]
        if let share { parts.insert(percent(share), at: 0) }
        if population > 0 { parts.append("population \(population)") }
        if !use.isEmpty { parts.append("use \(use)") }
        if vulnerability > 0 { parts.append("vulnerability \(vulnerability)") }
        if access > 0 { parts.append("access \(access)") }
        parts += areas.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        return parts.joined(separator: "  ")
    }
}

private func percent(_ share: Double) -> String {
    padded("\(Int((share * 100).rounded())) %", to: 5)
}
