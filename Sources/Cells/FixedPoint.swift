/// A place in whole ten-millionths of a degree: about a centimetre.
///
/// Whole numbers make every question of geometry exact, and the same on every machine: a product of
/// two differences fits in 64 bits. Vertices that are equal in the source stay equal.
public struct FixedPoint: Sendable, BitwiseCopyable, Hashable {
    /// Longitude. **Range**: -1 800 000 000 to 1 800 000 000.
    public var x: Int32
    /// Latitude. **Range**: -900 000 000 to 900 000 000.
    public var y: Int32

    @inlinable @_noAllocation @_noLocks public init(x: Int32, y: Int32) {
        self.x = x
        self.y = y
    }

    public static let unitsPerDegree = 1e7

    /// The nearest point to a latitude and longitude; nil off the globe.
    public init?(latitude: Double, longitude: Double) {
        guard abs(latitude) <= 90, abs(longitude) <= 180 else { return nil }
        x = FixedPoint.units(longitude)
        y = FixedPoint.units(latitude)
    }

    /// Degrees to units, the nearest whole one, halves away from zero. **Range**: -180 to 180.
    @_noAllocation @_noLocks
    static func units(_ degrees: Double) -> Int32 {
        Int32(degrees * 1e7 + (degrees < 0 ? -0.5 : 0.5))
    }

    public var latitude: Double { Double(y) / FixedPoint.unitsPerDegree }
    public var longitude: Double { Double(x) / FixedPoint.unitsPerDegree }
}

/// A piece of a border, its southern end first, so that both neighbours ask it the same question.
struct Edge: Sendable, BitwiseCopyable {
    var x0: Int32
    var y0: Int32
    var x1: Int32
    var y1: Int32

    /// nil for a horizontal piece: no ray to the east ever crosses it.
    init?(_ a: FixedPoint, _ b: FixedPoint) {
        if a.y == b.y { return nil }
        let (south, north) = a.y < b.y ? (a, b) : (b, a)
        (x0, y0, x1, y1) = (south.x, south.y, north.x, north.y)
    }

    /// Whether a ray from (x, y) to the east crosses the edge: its southern end belongs to it, its
    /// northern end does not, and a point on it lies already east of it.
    @_noAllocation @_noLocks
    func isCrossed(_ x: Int, _ y: Int) -> Bool {
        let south = Int(y0)
        let north = Int(y1)
        if y < south { return false }
        if y >= north { return false }
        return (x - Int(x0)) * (north - south) < (y - south) * (Int(x1) - Int(x0))
    }
}
