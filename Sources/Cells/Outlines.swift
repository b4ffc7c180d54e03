import Domain

/// The borders of all cells, each cell's edges by the rows of bins that they cross.
///
/// A ray within a row can cross only that row's edges, so that the question costs the same for a
/// block as for a borough.
struct Outlines: ~Copyable, Sendable {
    struct Extent: Sendable, BitwiseCopyable {
        var firstRow: UInt32 = 0
        var rowCount: UInt32 = 0
        /// Index into `rowStarts` of the first row.
        var rowBase: UInt32 = 0
    }

    let frame: BinFrame
    let extents: Table<Extent>
    let rowStarts: Table<UInt32>
    let edges: Table<Edge>

    /// Whether the cell's own shape holds (x, y), whatever other cells do.
    @_noAllocation @_noLocks
    func contains(_ cell: Int, _ x: Int, _ y: Int) -> Bool {
        let extent = extents[cell]
        let row = frame.row(y) - Int(extent.firstRow)
        if row < 0 { return false }
        if row >= Int(extent.rowCount) { return false }
        var at = Int(rowStarts[Int(extent.rowBase) + row])
        let end = Int(rowStarts[Int(extent.rowBase) + row + 1])
        var inside = false
        while at < end {
            if edges[at].isCrossed(x, y) { inside.toggle() }
            at += 1
        }
        return inside
    }
}

extension Outlines {
    /// Sorts every cell's edges into the frame's rows; `rings` is indexed by cell.
    init(_ rings: [[[FixedPoint]]], frame: BinFrame) {
        var extents: [Extent] = []
        var starts: [UInt32] = [0]
        var edges: [Edge] = []
        for shape in rings {
            let own = Outlines.edges(of: shape)
            guard let first = own.map({ frame.row(Int($0.y0)) }).min() else {
                extents.append(Extent())
                continue
            }
            let sorted = Outlines.sort(own, from: first, frame)
            extents.append(
                Extent(
                    firstRow: UInt32(first), rowCount: UInt32(sorted.count),
                    rowBase: UInt32(starts.count - 1)))
            for row in sorted {
                edges += row
                starts.append(UInt32(edges.count))
            }
        }
        self.frame = frame
        self.extents = Table(copying: extents)
        self.rowStarts = Table(copying: starts)
        self.edges = Table(copying: edges)
    }

    private static func edges(of shape: [[FixedPoint]]) -> [Edge] {
        shape.flatMap { ring in zip(ring, ring.dropFirst()).compactMap { Edge($0, $1) } }
    }

    /// Row by row; the northern end of an edge is not part of it.
    private static func sort(_ edges: [Edge], from first: Int, _ frame: BinFrame) -> [[Edge]] {
        let last = edges.reduce(first) { max($0, frame.row(Int($1.y1) - 1)) }
        var rows = [[Edge]](repeating: [], count: last - first + 1)
        for edge in edges {
            for row in frame.row(Int(edge.y0))...frame.row(Int(edge.y1) - 1) {
                rows[row - first].append(edge)
            }
        }
        return rows
    }
}
