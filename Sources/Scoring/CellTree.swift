public import Domain

/// Who lies above whom, and how much each cell weighs among its siblings: what scores roll up by.
///
/// A cell's subtree is the range of numbers from itself to `end(of:)`, as in the grid.
public struct CellTree: ~Copyable, Sendable {
    public let count: Int
    private let parents: Table<UInt32>
    private let ends: Table<UInt32>
    /// By cell: its population, or 1 where no child of its parent has any.
    private let weights: Table<UInt32>

    /// - Parameter parents: by cell, parents before their children; nil for the root.
    public init(parents: [Int?], populations: [Int]) {
        count = max(1, parents.count)
        var ends = parents.indices.map { UInt32($0 + 1) }
        var people = [UInt64](repeating: 0, count: parents.count)
        for cell in parents.indices.reversed() {
            guard let parent = parents[cell] else { continue }
            ends[parent] = max(ends[parent], ends[cell])
            people[parent] += UInt64(populations[cell])
        }
        let weights = parents.indices.map { cell in
            let isWeighed = parents[cell].map { people[$0] > 0 } ?? false
            return isWeighed ? UInt32(populations[cell]) : 1
        }
        self.parents = Table(copying: parents.map { UInt32(truncatingIfNeeded: $0 ?? -1) })
        self.ends = Table(copying: ends)
        self.weights = Table(copying: weights)
    }

    /// Cells that lie beside each other, none above another.
    public init(flat cells: Int) {
        self.init(
            parents: Array(repeating: nil, count: max(1, cells)),
            populations: Array(repeating: 0, count: max(1, cells)))
    }

    /// The cell above; `.none` at the top.
    @_noAllocation @_noLocks
    public func parent(of cell: CellID) -> CellID { CellID(Int(parents[cell.int])) }

    /// One past the last cell of the subtree.
    @_noAllocation @_noLocks
    public func end(of cell: CellID) -> Int { Int(ends[cell.int]) }

    @_noAllocation @_noLocks
    public func isLeaf(_ cell: CellID) -> Bool { Int(ends[cell.int]) == cell.int + 1 }

    /// Whether `cell` is `area` or lies in its subtree.
    @_noAllocation @_noLocks
    public func isWithin(_ cell: CellID, _ area: CellID) -> Bool {
        if cell.index < area.index { return false }
        return cell.int < end(of: area)
    }

    @_noAllocation @_noLocks
    func weight(of cell: CellID) -> UInt32 { weights[cell.int] }
}
