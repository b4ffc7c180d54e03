import Domain

extension Grid {
    /// Lays out cells that are known to fit, in the order of their numbers.
    ///
    /// **Fails**: with `crowded`, when too many lie over each other.
    init(
        _ cells: [PlacedCell], levelNames: [String], _ hierarchies: [HierarchyDraft]
    ) throws(GridFault) {
        var builder = LocateIndexBuilder()
        try builder.add(cells.map(\.draft.rings), precedence: Grid.precedence(of: cells))
        for hierarchy in hierarchies {
            let shapes = hierarchy.areas.map(\.rings)
            try builder.add(shapes, precedence: Array(shapes.indices))
        }
        index = builder.index()
        count = cells.count
        self.levelNames = levelNames
        paths = Grid.table(cells.map(\.path))
        codes = TextList(cells.map(\.draft.code))
        names = TextList(cells.map(\.draft.name))
        uses = TextList(cells.map(\.draft.use))
        parents = Table(copying: cells.map { UInt32(truncatingIfNeeded: $0.parent ?? -1) })
        subtreeEnds = Table(copying: cells.map { UInt32($0.subtreeEnd) })
        levels = Table(copying: cells.map { UInt8($0.level) })
        populations = Table(copying: cells.map { UInt32($0.draft.population) })
        vulnerabilities = Table(copying: cells.map { Grid.tenThousandths($0.draft.vulnerability) })
        accesses = Table(copying: cells.map { Grid.tenThousandths($0.draft.access) })

        aliases = Grid.table(cells.flatMap { [String($0.path.dropLast()), $0.draft.code] })
        aliasCells = Grid.aliasCells(cells, aliases)

        shapes = Table(copying: cells.map { $0.draft.rings.isEmpty ? 0 : 1 })
        anchors = Grid.anchors(of: cells, in: index)
        let (starts, neighbours) = Adjacency(of: cells).flattened(count: cells.count)
        neighbourStarts = Table(copying: starts)
        self.neighbours = Table(copying: neighbours)

        hierarchyNames = hierarchies.map(\.name)
        let areas = hierarchies.flatMap(\.areas)
        areaCodes = TextList(areas.map(\.code))
        areaNames = TextList(areas.map(\.name))
        areaStarts = Table(copying: Grid.starts(hierarchies.map(\.areas.count)))
        var cellAreas = Grid.areas(
            of: count, hierarchies.count, anchors, shapes, areaStarts, index)
        Grid.place(cells, in: hierarchies, areaStarts, &cellAreas)
        self.cellAreas = cellAreas
    }

    /// Puts cells into the areas that they say they lie in.
    private static func place(
        _ cells: [PlacedCell], in hierarchies: [HierarchyDraft], _ starts: borrowing Table<UInt32>,
        _ areas: inout Table<UInt32>
    ) {
        for (hierarchy, draft) in hierarchies.enumerated() {
            for (cell, placed) in cells.enumerated() {
                guard let code = placed.draft.areas[draft.name],
                    let area = draft.areas.firstIndex(where: { $0.code == code })
                else { continue }
                areas[hierarchy * cells.count + cell] = starts[hierarchy] + UInt32(area)
            }
        }
    }

    /// A portion as it is kept.
    private static func tenThousandths(_ portion: Double) -> UInt16 {
        UInt16((portion * 10_000).rounded())
    }

    /// Where each run begins, and where the last ends.
    private static func starts(_ counts: [Int]) -> [UInt32] {
        counts.reduce(into: [0]) { $0.append($0[$0.count - 1] + UInt32($1)) }
    }

    /// The area of every cell's anchor, hierarchy by hierarchy.
    private static func areas(
        of count: Int, _ hierarchies: Int, _ anchors: borrowing Table<FixedPoint>,
        _ shapes: borrowing Table<UInt8>, _ starts: borrowing Table<UInt32>,
        _ index: borrowing LocateIndex
    ) -> Table<UInt32> {
        var areas = Table<UInt32>(capacity: count * hierarchies)
        for hierarchy in 0..<hierarchies {
            for cell in 0..<count {
                let (x, y) = (Int(anchors[cell].x), Int(anchors[cell].y))
                let area =
                    shapes[cell] == 0 ? .max : index.locate(x, y, frame: hierarchy + 1)
                areas[hierarchy * count + cell] = area == .max ? .max : starts[hierarchy] + area
            }
        }
        return areas
    }

    private static func anchors(
        of cells: [PlacedCell], in index: borrowing LocateIndex
    ) -> Table<FixedPoint> {
        var anchors = Table<FixedPoint>(capacity: cells.count)
        for (number, cell) in cells.enumerated() {
            anchors[number] = index.anchor(of: number, cell.draft.rings)
        }
        return anchors
    }

    private static func table(_ names: [String]) -> NameTable {
        var table = NameTable(
            capacity: names.count, byteCapacity: names.reduce(0) { $0 + $1.utf8.count })
        for name in names { table.intern(name) }
        return table
    }

    private static func aliasCells(
        _ cells: [PlacedCell], _ aliases: borrowing NameTable
    ) -> Table<UInt32> {
        var numbers = Table<UInt32>(capacity: aliases.count)
        for (number, cell) in cells.enumerated() {
            numbers[aliases.find(String(cell.path.dropLast()))] = UInt32(number)
            numbers[aliases.find(cell.draft.code)] = UInt32(number)
        }
        return numbers
    }

    /// Who wins where cells overlap: leaves, then the deeper level, then the lower number.
    private static func precedence(of cells: [PlacedCell]) -> [Int] {
        let ranks = cells.enumerated().map { number, cell in
            (cell.subtreeEnd == number + 1 ? 0 : 1, -cell.level, number)
        }
        return cells.indices.sorted { ranks[$0] < ranks[$1] }
    }
}
