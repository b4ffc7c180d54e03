/// The straight way from a bin's corner to a point in it, and which borders are crossed on it.
///
/// Both ends stand a hair east of where they are, and a smaller hair north. So no end lies on a
/// border, and the way runs through no end of one, and a point on a border belongs to the cell east
/// of it, or where it is level, north of it.
///
/// A border is crossed when its ends lie on different sides of the way, and the way's ends on
/// different sides of the border. All four are signs of whole numbers, taken together without a
/// branch: which borders are crossed is as good as random, and a guess that fails costs more.
///
/// Each number is twice the area of a triangle: it fits in 64 bits for any three points on the
/// globe, and so does what comes out of steps that overflow in between.
struct BinWay: BitwiseCopyable {
    private let (east, north): (Int, Int)
    /// Where the way ends, in the coordinates that points come in.
    private let (x, y): (Int, Int)
    /// 1 where a point in line with the way lies right of it, for the hair.
    private let tie: Int

    /// The way that comes to (x, y) from as far east and north as that lies of the corner.
    @inline(__always) @_noAllocation @_noLocks
    init(to x: Int, _ y: Int, east: Int, north: Int) {
        (self.x, self.y) = (x, y)
        (self.east, self.north) = (east, north)
        tie = north > 0 ? 0 : 1
    }

    /// A border's end, seen from the way's end.
    struct Sight: BitwiseCopyable {
        let x: Int
        let y: Int
        /// Negative right of the way.
        let side: Int
        /// By latitude, then from east to west.
        let order: Int

        @inline(__always) @_noAllocation @_noLocks
        init(x: Int, y: Int, side: Int, order: Int) {
            (self.x, self.y, self.side, self.order) = (x, y, side, order)
        }
    }

    /// One of 16 bits a coordinate.
    @inline(__always) @_noAllocation @_noLocks
    func sight(_ word: UInt32) -> Sight { sight(Int(word & 0xFFFF), Int(word &>> 16)) }

    @inline(__always) @_noAllocation @_noLocks
    func sight(_ point: FixedPoint) -> Sight { sight(Int(point.x), Int(point.y)) }

    @inline(__always) @_noAllocation @_noLocks
    private func sight(_ x: Int, _ y: Int) -> Sight {
        let (x, y) = (x &- self.x, y &- self.y)
        return Sight(x: x, y: y, side: east &* y &- north &* x &- tie, order: y &<< 32 &- x)
    }

    /// 1 when the border between two points is crossed, or else 0.
    @inline(__always) @_noAllocation @_noLocks
    static func crossed(_ a: Sight, _ b: Sight) -> UInt32 {
        // -1 where a way's end in line with the border lies right of it, for the hair.
        let tie = ~((b.order &- a.order) &>> 63)
        let end = a.x &* b.y &- a.y &* b.x &+ tie
        let start = end &- a.side &+ b.side
        let crossed = (a.side ^ b.side) & (end ^ start)
        return UInt32(truncatingIfNeeded: UInt(bitPattern: crossed) &>> 63)
    }

    func isCrossed(_ edge: OwnedEdge) -> Bool {
        BinWay.crossed(sight(edge.a), sight(edge.b)) == 1
    }
}
