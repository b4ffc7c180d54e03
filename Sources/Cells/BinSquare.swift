/// Where a bin lies.
struct BinSquare: BitwiseCopyable {
    let left: Int
    let low: Int
    /// Its side is 2 to this power of units.
    let shift: Int

    @_noAllocation @_noLocks
    init(left: Int, low: Int, shift: Int) {
        (self.left, self.low, self.shift) = (left, low, shift)
    }

    /// One of the four that it is cut into, the southern two first. **Range**: a shift of 1 on.
    @_noAllocation @_noLocks
    func part(_ number: Int) -> BinSquare {
        BinSquare(
            left: left + (number & 1) << (shift - 1), low: low + (number >> 1) << (shift - 1),
            shift: shift - 1)
    }

    var side: Int { 1 << shift }

    /// Whether some of an edge lies in it, to a unit.
    func isTouched(by edge: OwnedEdge) -> Bool {
        guard let (west, east) = edge.stretch(from: low, to: low + side) else { return false }
        return west <= left + side && east >= left
    }

    /// What is said where it holds too much.
    var crowded: GridFault {
        .crowded(
            latitude: Double(low) / FixedPoint.unitsPerDegree,
            longitude: Double(left) / FixedPoint.unitsPerDegree)
    }
}
