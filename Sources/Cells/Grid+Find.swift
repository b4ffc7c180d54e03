public import Domain

extension Grid {
    /// The cell that `text[start..<end]` names: a full path, with or without its last `/`, or a
    /// code alone; `.none` when there is none.
    ///
    /// **Cost**: one hash look-up.
    @inlinable
    public func find<Bytes: ByteSource & ~Copyable & ~Escapable>(
        _ text: borrowing Bytes, _ start: Int, _ end: Int
    ) -> CellID {
        var end = end
        if end > start {
            if text.byte(at: end - 1) == 0x2F { end -= 1 }
        }
        let alias = aliases.find(text, start, end)
        if alias < 0 { return CellID(0xFFFF_FFFF) }
        return CellID(Int(aliasCells[alias]))
    }

    /// The cell that a position lies in: the leaf, or where no leaf reaches the deepest cell that
    /// holds it; `.none` outside of the city and for what is no position.
    ///
    /// A point on a border belongs to the cell east of it, on a horizontal border to the cell north
    /// of it; cells with the same vertices never share or lose a point. Where cells overlap, a
    /// leaf wins over the rest, then the deeper level, then the lower number.
    ///
    /// **Units**: WGS84 degrees, read to a ten-millionth.
    /// **Cost**: one bin, and the borders that run through it: the same for a city of 2,166 cells as
    /// for one of 126,449, but for the memory that they fill.
    @_noAllocation @_noLocks
    public func locate(latitude: Double, longitude: Double) -> CellID {
        if !(latitude >= -90 && latitude <= 90) { return CellID(0xFFFF_FFFF) }
        if !(longitude >= -180 && longitude <= 180) { return CellID(0xFFFF_FFFF) }
        let x = Int(FixedPoint.units(longitude))
        let y = Int(FixedPoint.units(latitude))
        return CellID(Int(index.locate(x, y, frame: 0)))
    }
}
