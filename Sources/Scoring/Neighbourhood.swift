public import Domain

/// Which cells lie beside each other, and what names them in a rule's keys: what rules know of a
/// grid, which they never see.
public struct Neighbourhood: ~Copyable, Sendable {
    /// The neighbours of cell `i` are `cells[starts[i] ..< starts[i + 1]]`.
    private let starts: Table<UInt32>
    private let cells: Table<UInt32>
    /// The identity of `alert.cell`, by cell.
    private let identities: Table<UInt64>
    private let count: Int
    /// What the latest search found: itself first.
    private var found = Table<UInt32>(capacity: Neighbourhood.reach + 1)
    /// By cell, the number of the latest search that came past.
    private var visits: Table<UInt32>
    private var search: UInt32 = 0

    /// Cells that one search finds at most; those farther away are left out.
    static var reach: Int { 256 }

    /// - Parameters:
    ///   - neighbours: for each cell, those next to it, in ascending order.
    ///   - identities: for each cell, what `SymbolTable.identity(of:)` gives for its `alert.cell`.
    public init(_ neighbours: [[CellID]] = [], identities: [UInt64] = []) {
        var starts: [UInt32] = [0]
        for list in neighbours { starts.append(starts[starts.count - 1] + UInt32(list.count)) }
        self.starts = Table(copying: starts)
        cells = Table(copying: neighbours.flatMap { $0.map(\.index) })
        self.identities = Table(copying: identities)
        visits = Table(capacity: neighbours.count)
        count = neighbours.count
    }

    /// What names a cell in a key.
    @_noAllocation @_noLocks
    func identity(_ cell: CellID) -> UInt64 { identities[cell.int] }

    /// The cell that the latest search found as number `index`, from 1.
    @_noAllocation @_noLocks
    func cell(_ index: Int) -> CellID { CellID(Int(found[index])) }

    /// Finds the cells within `rings` of adjacency, the nearest first; gives how many there are.
    @_noAllocation @_noLocks
    mutating func find(around cell: CellID, rings: Int) -> Int {
        guard cell.int < count else { return 0 }
        search &+= 1
        found[0] = cell.index
        visits[cell.int] = search
        var (first, end, ring) = (0, 1, 0)
        while ring < rings {
            let last = end
            while first < last {
                end = visit(Int(found[first]), end)
                first += 1
            }
            ring += 1
        }
        return end - 1
    }

    /// Adds the neighbours of a cell that the search has not seen; gives how many it has found.
    @_noAllocation @_noLocks
    private mutating func visit(_ cell: Int, _ end: Int) -> Int {
        var end = end
        var at = Int(starts[cell])
        let last = Int(starts[cell + 1])
        while at < last && end <= Neighbourhood.reach {
            let neighbour = Int(cells[at])
            if visits[neighbour] != search {
                visits[neighbour] = search
                found[end] = UInt32(truncatingIfNeeded: neighbour)
                end += 1
            }
            at += 1
        }
        return end
    }
}
