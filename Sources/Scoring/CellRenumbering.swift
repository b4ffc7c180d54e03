public import Domain

/// Where what stands in each cell goes when another grid takes the place of its own.
public struct CellRenumbering: Sendable {
    /// By old cell: the new one that goes on with it.
    public let heirs: [CellID]
    /// By old cell: whether it is the same one, under the same path.
    public let isSame: [Bool]
    /// By journal position of an alert: the cell that it lay in, and the one that it lies in now,
    /// where its position is known.
    public var places: [UInt64: (was: CellID, is: CellID)] = [:]

    public init(heirs: [CellID], isSame: [Bool]) {
        (self.heirs, self.isSame) = (heirs, isSame)
    }

    public func heir(of cell: CellID) -> CellID { cell == .none ? .none : heirs[cell.int] }

    /// Where the evidence of an alert goes that stands in a cell.
    func place(of cell: CellID, alert: UInt64) -> CellID {
        if let place = places[alert], place.was == cell { return place.is }
        return heirs[cell.int]
    }
}
