public import Domain

extension Grid {
    /// How many cells of the same level lie beside this one.
    @_noAllocation @_noLocks
    public func neighbourCount(_ cell: CellID) -> Int {
        Int(neighbourStarts[Int(cell.index) + 1]) - Int(neighbourStarts[Int(cell.index)])
    }

    /// One of the cells of the same level beside this one, in ascending order.
    ///
    /// **Range**: index 0 ..< `neighbourCount(cell)`.
    @_noAllocation @_noLocks
    public func neighbour(_ cell: CellID, _ index: Int) -> CellID {
        CellID(Int(neighbours[Int(neighbourStarts[Int(cell.index)]) + index]))
    }
}

/// The cells around one, ring after ring, without the one itself.
///
/// Within a ring they come in the order in which the ring before leads to them, neighbours
/// ascending: the same on every machine. What does not fit is left out and counted.
///
/// **Owner**: the lane that gathers.
public struct Surroundings: ~Copyable, Sendable {
    public static let capacity = 256

    private var cells = Table<CellID>(capacity: Surroundings.capacity)
    private var rings = Table<UInt8>(capacity: Surroundings.capacity)
    /// By cell: the number of the gathering that has it already.
    private var seen: Table<UInt32>
    private var gathering: UInt32 = 0
    public private(set) var count = 0
    /// Cells left out for want of room, over all gatherings.
    public private(set) var dropped: UInt64 = 0

    public init(_ grid: borrowing Grid) { seen = Table(capacity: grid.count) }

    @_noAllocation @_noLocks
    public func cell(_ index: Int) -> CellID { cells[index] }

    /// How many steps from the middle. **Range**: 1 and up.
    @_noAllocation @_noLocks
    public func ring(_ index: Int) -> Int { Int(rings[index]) }

    /// Gathers the cells at most `reach` steps from `middle`.
    @_noAllocation @_noLocks
    public mutating func gather(_ middle: CellID, rings reach: Int, in grid: borrowing Grid) {
        gathering &+= 1
        count = 0
        seen[Int(middle.index)] = gathering
        addNeighbours(of: middle, ring: 1, reach, grid)
        var at = 0
        while at < count {
            addNeighbours(of: cells[at], ring: Int(rings[at]) + 1, reach, grid)
            at += 1
        }
    }

    @_noAllocation @_noLocks
    private mutating func addNeighbours(
        of cell: CellID, ring: Int, _ reach: Int, _ grid: borrowing Grid
    ) {
        guard ring <= reach else { return }
        var index = 0
        let end = grid.neighbourCount(cell)
        while index < end {
            add(grid.neighbour(cell, index), ring)
            index += 1
        }
    }

    @_noAllocation @_noLocks
    private mutating func add(_ cell: CellID, _ ring: Int) {
        guard seen[Int(cell.index)] != gathering else { return }
        seen[Int(cell.index)] = gathering
        guard count < 256 else {
            dropped &+= 1
            return
        }
        cells[count] = cell
        rings[count] = UInt8(truncatingIfNeeded: ring)
        count += 1
    }
}
