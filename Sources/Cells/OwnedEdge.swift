/// A straight piece of a shape's border.
struct OwnedEdge: Sendable, BitwiseCopyable {
    /// The number of the cell or area.
    var owner: UInt32
    var a: FixedPoint
    var b: FixedPoint

    var isHorizontal: Bool { a.y == b.y }

    /// The same piece, drawn either way.
    func isSame(as other: OwnedEdge) -> Bool {
        (a == other.a && b == other.b) || (a == other.b && b == other.a)
    }

    /// West and east of what of the edge lies between two latitudes, to a unit; nil for nothing.
    func stretch(from low: Int, to high: Int) -> (west: Int, east: Int)? {
        let (south, north) = a.y <= b.y ? (a, b) : (b, a)
        let (from, to) = (max(low, Int(south.y)), min(high, Int(north.y)))
        guard from <= to else { return nil }
        if isHorizontal { return (Int(min(a.x, b.x)), Int(max(a.x, b.x))) }
        let (rise, run) = (Int(north.y) - Int(south.y), Int(north.x) - Int(south.x))
        let first = Int(south.x) + run * (from - Int(south.y)) / rise
        let last = Int(south.x) + run * (to - Int(south.y)) / rise
        return (min(first, last) - 1, max(first, last) + 1)
    }

    /// The first whole x at a latitude that a point must have to lie on the edge or east of it; nil
    /// where the edge does not reach, its northern end included.
    func crossing(at y: Int) -> Int? {
        let (south, north) = a.y <= b.y ? (a, b) : (b, a)
        guard Int(south.y) <= y, y < Int(north.y) else { return nil }
        let (rise, run) = (Int(north.y) - Int(south.y), Int(north.x) - Int(south.x))
        return Int(south.x) + OwnedEdge.ceiling((y - Int(south.y)) * run, rise)
    }

    /// The quotient rounded up; the divisor is positive.
    private static func ceiling(_ value: Int, _ divisor: Int) -> Int {
        value >= 0 ? (value + divisor - 1) / divisor : -(-value / divisor)
    }
}
