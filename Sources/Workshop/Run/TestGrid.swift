import Cells
import Domain

/// A small grid made for one case: the cells a test declares, and those its alerts name.
enum TestGrid {
    static let root = "T"
    static let levelNames = ["city", "district", "street", "community", "grid", "micro"]
    static let levels = levelNames.map { (key: $0, value: $0) }

    static func make(_ test: TestCase, _ cells: [TestCell]) throws(GridError) -> Grid {
        var builder = GridBuilder(root: root, levelNames: levelNames)
        var known = Set(cells.map(\.code))
        for (index, cell) in cells.enumerated() { builder.add(draft(cell, index)) }
        let named = test.feed.map(\.alert.cell) + cells.compactMap(\.parent)
        for code in named where known.insert(code).inserted {
            builder.add(draft(TestCell(code: code, name: code), known.count))
        }
        return try builder.build()
    }

    /// The cells by their codes.
    static func numbers(_ grid: borrowing Grid) -> [String: CellID] {
        var numbers: [String: CellID] = [:]
        for cell in 0..<grid.count { numbers[grid.code(of: CellID(cell))] = CellID(cell) }
        return numbers
    }

    /// The cells' paths by their codes, as conditions see them.
    static func paths(_ grid: borrowing Grid) -> [String: String] {
        var paths: [String: String] = [:]
        for cell in 0..<grid.count {
            let path = grid.path(of: CellID(cell))
            paths[grid.code(of: CellID(cell))] =
                path.hasSuffix("/") ? String(path.dropLast()) : path
        }
        return paths
    }

    private static func draft(_ cell: TestCell, _ index: Int) -> CellDraft {
        let level = cell.level.flatMap { levelNames.firstIndex(of: $0) }
        var draft = CellDraft(
            code: cell.code, parent: cell.parent ?? root, level: level, name: cell.name,
            origin: DraftOrigin(file: "test", feature: index))
        draft.population = cell.population
        return draft
    }
}
