import Domain

extension Grid {
    /// Lays out cells that are known to fit, in the order of their numbers.
    init(_ cells: [PlacedCell], levelNames: [String]) {
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

        aliases = Grid.table(cells.flatMap { [String($0.path.dropLast()), $0.draft.code] })
        aliasCells = Grid.aliasCells(cells, aliases)

        index = LocateIndex(
            rings: cells.map(\.draft.rings), precedence: Grid.precedence(of: cells))
        shapes = Table(copying: cells.map { !$0.draft.rings.isEmpty })
        anchors = Grid.anchors(of: cells, in: index)
        let (starts, neighbours) = Adjacency(of: cells).flattened(count: cells.count)
        neighbourStarts = Table(copying: starts)
        self.neighbours = Table(copying: neighbours)
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
