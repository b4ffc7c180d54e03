public import Domain

/// An area of one of the other hierarchies over the same ground: a police precinct.
public struct AreaID: Sendable, BitwiseCopyable, Hashable {
    public var index: UInt32
    @inlinable @_noAllocation @_noLocks public init(_ index: UInt32) { self.index = index }
    @inlinable public var int: Int { Int(index) }
    @inlinable public static var none: AreaID { AreaID(0xFFFF_FFFF) }
}

extension Grid {
    @_noAllocation @_noLocks
    public func areaCount(ofHierarchy hierarchy: Int) -> Int {
        Int(areaStarts[hierarchy + 1]) - Int(areaStarts[hierarchy])
    }

    /// The area that the cell's anchor lies in; `.none` where there is none.
    ///
    /// **Range**: hierarchy from 0 to below the count of `hierarchyNames`.
    @_noAllocation @_noLocks
    public func area(of cell: CellID, hierarchy: Int) -> AreaID {
        AreaID(cellAreas[hierarchy * count + Int(cell.index)])
    }

    /// The area that a position lies in; of areas over each other the first of its file. Borders are
    /// decided as for cells.
    @_noAllocation @_noLocks
    public func locateArea(latitude: Double, longitude: Double, hierarchy: Int) -> AreaID {
        if !(latitude >= -90 && latitude <= 90) { return AreaID(0xFFFF_FFFF) }
        if !(longitude >= -180 && longitude <= 180) { return AreaID(0xFFFF_FFFF) }
        let x = Int(FixedPoint.units(longitude))
        let y = Int(FixedPoint.units(latitude))
        let area = index.locate(x, y, frame: hierarchy + 1)
        return AreaID(area == 0xFFFF_FFFF ? area : areaStarts[hierarchy] + area)
    }

    public func code(of area: AreaID) -> String { areaCodes.text(area.int) }
    public func name(of area: AreaID) -> String { areaNames.text(area.int) }

    /// The nearest cell that both are, or lie in.
    ///
    /// **Cost**: a step for each level above `a`.
    @_noAllocation @_noLocks
    public func commonAncestor(of a: CellID, _ b: CellID) -> CellID {
        var above = a
        while !isWithin(b, above) { above = CellID(Int(parents[Int(above.index)])) }
        return above
    }
}
