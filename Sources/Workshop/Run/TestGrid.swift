import Cells
import Domain

/// A small grid made for one case: the cells a test declares, and those its alerts name.
enum TestGrid {
    static let root = "T"
    static let levelNames = ["city", "district", "street", "community", "grid", "micro"]
    static let levels = levelNames.map { (key: $0, value: $0) }

    static func make(_ test: TestCase, _ map: TestMap) throws(GridError) -> Grid {
        var builder = GridBuilder(root: root, levelNames: levelNames)
        var known = Set(map.cells.map(\.code))
        for (index, cell) in map.cells.enumerated() { builder.add(draft(cell, index, map)) }
        let named =
            test.feed.flatMap(\.alert.cells) + map.cells.compactMap(\.parent)
            + map.neighbours.sorted { $0.key < $1.key }.flatMap { [$0.key] + $0.value }
        for code in named where known.insert(code).inserted {
            builder.add(draft(TestCell(code: code, name: code), known.count, map))
        }
        for (name, areas) in hierarchies(map) { builder.add(hierarchy: name, areas: areas) }
        return try builder.build()
    }

    /// The areas of each hierarchy that cells name, both in the order of their names.
    private static func hierarchies(_ map: TestMap) -> [(name: String, areas: [String])] {
        var areas: [String: Set<String>] = [:]
        for (hierarchy, area) in map.cells.flatMap(\.areas) {
            areas[hierarchy, default: []].insert(area)
        }
        return areas.sorted { $0.key < $1.key }.map { ($0.key, $0.value.sorted()) }
    }

    private static func draft(_ cell: TestCell, _ index: Int, _ map: TestMap) -> CellDraft {
        let level = cell.level.flatMap { levelNames.firstIndex(of: $0) }
        var draft = CellDraft(
            code: cell.code, parent: cell.parent ?? root, level: level, name: cell.name,
            origin: DraftOrigin(file: "test", feature: index))
        draft.population = cell.population
        draft.use = cell.use
        draft.vulnerability = cell.vulnerability
        draft.access = cell.access
        draft.areas = cell.areas
        draft.neighbours = map.neighbours[cell.code]
        return draft
    }
}
