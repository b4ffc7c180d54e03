public import Domain

/// The cells of a city as a tree, immutable once built.
///
/// Cells are numbered so that a parent comes before its children and a cell's whole subtree is the
/// range from itself to `subtreeEnd(of:)`; siblings keep the order of their files. Number 0 is the
/// root.
///
/// **Owner**: whoever loaded it; any number of lanes may borrow it.
public struct Grid: ~Copyable, Sendable {
    public let count: Int
    /// Full paths, codes from the root down, each ending in `/`: `NYC/3/311/311-042/`. By cell
    /// number.
    public let paths: NameTable
    public let codes: TextList
    public let names: TextList
    /// What a dedicated cell is for, `station` or `market`; empty for ordinary cells.
    public let uses: TextList
    /// Names of the levels, the root's first.
    public let levelNames: [String]
    /// Names of the other hierarchies over the same ground: `police`.
    public let hierarchyNames: [String]

    let parents: Table<UInt32>
    let subtreeEnds: Table<UInt32>
    let levels: Table<UInt8>
    let populations: Table<UInt32>
    /// By cell, in ten-thousandths.
    let vulnerabilities: Table<UInt16>
    let accesses: Table<UInt16>
    let anchors: Table<FixedPoint>
    /// 1 where a cell has a shape of its own, and so an anchor.
    let shapes: Table<UInt8>
    /// Paths without their last `/`, and codes: number in `aliases` to cell number.
    @usableFromInline let aliases: NameTable
    @usableFromInline let aliasCells: Table<UInt32>
    let index: LocateIndex
    /// Cells beside each other: `neighbours[neighbourStarts[cell] ..< neighbourStarts[cell + 1]]`.
    let neighbourStarts: Table<UInt32>
    let neighbours: Table<UInt32>
    /// The areas of all hierarchies, each hierarchy's together.
    let areaCodes: TextList
    let areaNames: TextList
    /// By hierarchy: its first area; the count of all at the end.
    let areaStarts: Table<UInt32>
    /// By hierarchy, then by cell: the area of its anchor, 0xFFFF_FFFF for none.
    let cellAreas: Table<UInt32>

    /// The cell above, `.none` for the root.
    @_noAllocation @_noLocks
    public func parent(of cell: CellID) -> CellID { CellID(Int(parents[Int(cell.index)])) }

    /// Index into `levelNames`: 0 for the root.
    @_noAllocation @_noLocks
    public func level(of cell: CellID) -> Int { Int(levels[Int(cell.index)]) }

    /// **Units**: people; 0 when unknown.
    @_noAllocation @_noLocks
    public func population(of cell: CellID) -> Int { Int(populations[Int(cell.index)]) }

    /// How much worse an event is here than elsewhere. **Range**: 0 to 1, in ten-thousandths.
    @_noAllocation @_noLocks
    public func vulnerability(of cell: CellID) -> Double {
        Double(vulnerabilities[Int(cell.index)]) / 10_000
    }

    /// How hard the cell is to reach. **Range**: 0 to 1, in ten-thousandths; 1 is hardest.
    @_noAllocation @_noLocks
    public func access(of cell: CellID) -> Double {
        Double(accesses[Int(cell.index)]) / 10_000
    }

    /// One past the last cell of the cell's subtree.
    @_noAllocation @_noLocks
    public func subtreeEnd(of cell: CellID) -> Int { Int(subtreeEnds[Int(cell.index)]) }

    @_noAllocation @_noLocks
    public func isLeaf(_ cell: CellID) -> Bool {
        Int(subtreeEnds[Int(cell.index)]) == Int(cell.index) + 1
    }

    /// Whether `cell` is `area` or lies in its subtree.
    @_noAllocation @_noLocks
    public func isWithin(_ cell: CellID, _ area: CellID) -> Bool {
        if cell.index < area.index { return false }
        return cell.index < subtreeEnds[Int(area.index)]
    }
}

extension Grid {
    /// What locating takes, of all hierarchies together. **Units**: bytes.
    public var indexBytes: Int { (index.bins.capacity + index.crossings.capacity) * 4 }

    public func path(of cell: CellID) -> String { paths.name(cell.int) }
    public func code(of cell: CellID) -> String { codes.text(cell.int) }
    public func name(of cell: CellID) -> String { names.text(cell.int) }
    public func use(of cell: CellID) -> String { uses.text(cell.int) }
    public func levelName(of cell: CellID) -> String { levelNames[level(of: cell)] }

    /// A position inside the cell, one that is located to it when any is; nil when it has no shape.
    public func anchor(of cell: CellID) -> Position? {
        guard shapes[cell.int] != 0 else { return nil }
        let point = anchors[cell.int]
        return Position(latitude: point.latitude, longitude: point.longitude)
    }

    /// The cell with a path or code, for start-up and tests; `.none` when there is none.
    public func find(_ text: String) -> CellID {
        let utf8 = Array(text.utf8)
        return find(utf8.span, 0, utf8.count)
    }
}
