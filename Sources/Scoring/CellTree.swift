public import Domain

/// Where a cell stands among the others.
struct CellNode: BitwiseCopyable {
    var parent: UInt32  // .max at the top
    /// One past the last cell of the subtree.
    var end: UInt32
    /// Its place, where siblings stand side by side.
    var place: UInt32
    /// The place of its first child.
    var firstPlace: UInt32 = 0
    var children: UInt32 = 0
}

/// Who lies above whom, and how much each cell weighs among its siblings: what scores roll up by.
///
/// A cell's subtree is the range of numbers from itself to `end(of:)`, as in the grid. Cells also
/// have *places*, by which siblings stand side by side: what a parent reads of all its children is
/// kept by place, so that it meets few lines of memory.
public struct CellTree: ~Copyable, Sendable {
    public let count: Int
    private let nodes: Table<CellNode>
    /// By place: the cell's population, or 1 where no child of its parent has any.
    private let weights: Table<UInt32>

    /// - Parameter parents: by cell, parents before their children; nil for the root.
    public init(parents: [Int?], populations: [Int]) {
        count = max(1, parents.count)
        var nodes = CellTree.nodes(parents)
        var people = [UInt64](repeating: 0, count: parents.count)
        for cell in parents.indices.reversed() {
            guard let parent = parents[cell] else { continue }
            nodes[parent].end = max(nodes[parent].end, nodes[cell].end)
            people[parent] += UInt64(populations[cell])
        }
        var weights = [UInt32](repeating: 1, count: parents.count)
        for (cell, parent) in parents.enumerated() {
            guard let parent, people[parent] > 0 else { continue }
            weights[Int(nodes[cell].place)] = UInt32(populations[cell])
        }
        self.nodes = Table(copying: nodes)
        self.weights = Table(copying: weights)
    }

    /// The cells with their places, each its own end: first those at the top, then the children of
    /// each cell in the order of the cells.
    private static func nodes(_ parents: [Int?]) -> [CellNode] {
        var nodes = parents.indices.map { cell in
            CellNode(
                parent: UInt32(truncatingIfNeeded: parents[cell] ?? -1), end: UInt32(cell + 1),
                place: 0)
        }
        for parent in parents { if let parent { nodes[parent].children += 1 } }
        var next = UInt32(parents.count { $0 == nil })
        for cell in nodes.indices {
            nodes[cell].firstPlace = next
            next += nodes[cell].children
        }
        var free = nodes.map(\.firstPlace)
        var freeAtTop: UInt32 = 0
        for (cell, parent) in parents.enumerated() {
            if let parent {
                nodes[cell].place = free[parent]
                free[parent] += 1
            } else {
                nodes[cell].place = freeAtTop
                freeAtTop += 1
            }
        }
        return nodes
    }

    /// Cells that lie beside each other, none above another.
    public init(flat cells: Int) {
        self.init(
            parents: Array(repeating: nil, count: max(1, cells)),
            populations: Array(repeating: 0, count: max(1, cells)))
    }

    /// The cell above; `.none` at the top.
    @_noAllocation @_noLocks
    public func parent(of cell: CellID) -> CellID { CellID(Int(nodes[cell.int].parent)) }

    /// One past the last cell of the subtree.
    @_noAllocation @_noLocks
    public func end(of cell: CellID) -> Int { Int(nodes[cell.int].end) }

    @_noAllocation @_noLocks
    public func isLeaf(_ cell: CellID) -> Bool { Int(nodes[cell.int].end) == cell.int + 1 }

    /// Whether `cell` is `area` or lies in its subtree.
    @_noAllocation @_noLocks
    public func isWithin(_ cell: CellID, _ area: CellID) -> Bool {
        if cell.index < area.index { return false }
        return cell.int < end(of: area)
    }

    @_noAllocation @_noLocks
    func place(of cell: CellID) -> Int { Int(nodes[cell.int].place) }

    @_noAllocation @_noLocks
    func firstChildPlace(of cell: CellID) -> Int { Int(nodes[cell.int].firstPlace) }

    @_noAllocation @_noLocks
    func childCount(of cell: CellID) -> Int { Int(nodes[cell.int].children) }

    @_noAllocation @_noLocks
    func weight(at place: Int) -> UInt32 { weights[place] }
}
