public import Domain

/// The leaves that an area touches.
///
/// They come in ascending order of the bins that they were found in: the same on every machine.
/// What does not fit is left out, and said.
///
/// **Owner**: the lane that asks; each question fills it anew.
public struct CellList: ~Copyable, Sendable {
    public static let capacity = 4096

    private var cells = Table<CellID>(capacity: CellList.capacity)
    /// By cell: the number of the question that has it already.
    private var seen: Table<UInt32>
    private var question: UInt32 = 0
    public private(set) var count = 0
    /// Whether there were more.
    public private(set) var isTruncated = false

    public init(_ grid: borrowing Grid) { seen = Table(capacity: grid.count) }

    /// **Range**: 0 ..< `count`.
    @_noAllocation @_noLocks
    public func cell(_ index: Int) -> CellID { cells[index] }

    @_noAllocation @_noLocks
    mutating func clear() {
        question &+= 1
        count = 0
        isTruncated = false
    }

    @_noAllocation @_noLocks
    mutating func add(_ cell: UInt32) {
        if seen[Int(cell)] == question { return }
        seen[Int(cell)] = question
        if count == 4096 {
            isTruncated = true
            return
        }
        cells[count] = CellID(Int(cell))
        count += 1
    }
}
