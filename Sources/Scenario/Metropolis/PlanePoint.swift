/// A place on the flat map on which a metropolis is drawn, its middle at 0.
///
/// **Units**: both axes count ten-millionths of a degree of latitude, about a centimetre, so that a
/// circle is round; whole numbers, so that questions about sides are exact.
struct PlanePoint: Hashable, BitwiseCopyable {
    var x: Int32
    var y: Int32

    static let unitsPerMetre = 1e7 / 111_320

    init(x: Int32, y: Int32) {
        self.x = x
        self.y = y
    }

    init(_ vector: PlaneVector) {
        x = Int32(vector.x.rounded())
        y = Int32(vector.y.rounded())
    }

    var vector: PlaneVector { PlaneVector(x: Double(x), y: Double(y)) }

    /// Above 0 where `point` lies left of the way from `self` to `end`, 0 on the line.
    func side(to end: PlanePoint, of point: PlanePoint) -> Int {
        (Int(end.x) - Int(x)) * (Int(point.y) - Int(y))
            - (Int(end.y) - Int(y)) * (Int(point.x) - Int(x))
    }

    /// Whether the stretches `a`–`b` and `c`–`d` have a point in common.
    static func meet(
        _ a: PlanePoint, _ b: PlanePoint, _ c: PlanePoint, _ d: PlanePoint
    ) -> Bool {
        guard max(a.x, b.x) >= min(c.x, d.x), max(c.x, d.x) >= min(a.x, b.x) else { return false }
        guard max(a.y, b.y) >= min(c.y, d.y), max(c.y, d.y) >= min(a.y, b.y) else { return false }
        let (first, second) = (a.side(to: b, of: c).signum(), a.side(to: b, of: d).signum())
        let (third, fourth) = (c.side(to: d, of: a).signum(), c.side(to: d, of: b).signum())
        return first * second <= 0 && third * fourth <= 0
    }
}

/// A direction or a place between the units. Only the four operations and square roots are used on
/// them, which every machine rounds alike.
struct PlaneVector: BitwiseCopyable {
    var x: Double
    var y: Double

    static func + (a: PlaneVector, b: PlaneVector) -> PlaneVector {
        PlaneVector(x: a.x + b.x, y: a.y + b.y)
    }

    static func - (a: PlaneVector, b: PlaneVector) -> PlaneVector {
        PlaneVector(x: a.x - b.x, y: a.y - b.y)
    }

    static func * (a: PlaneVector, factor: Double) -> PlaneVector {
        PlaneVector(x: a.x * factor, y: a.y * factor)
    }

    func dot(_ other: PlaneVector) -> Double { x * other.x + y * other.y }

    var length: Double { dot(self).squareRoot() }

    /// The same direction, of length 1; east where there is none.
    var unit: PlaneVector {
        let length = length
        return length > 0 ? self * (1 / length) : PlaneVector(x: 1, y: 0)
    }

    /// A quarter turn to the left.
    var left: PlaneVector { PlaneVector(x: -y, y: x) }

    /// A full turn's share as a direction: 0 is east, 0.25 north.
    ///
    /// The sine's series, not the library's, whose last bits differ between machines.
    init(turn: Double) {
        let quarter = ((turn - turn.rounded(.down)) * 4)
        let whole = quarter.rounded(.down)
        let angle = (quarter - whole) * (Double.pi / 2)
        let (sine, cosine) = (PlaneVector.sine(angle), PlaneVector.sine(Double.pi / 2 - angle))
        switch Int(whole) {
        case 1: (x, y) = (-sine, cosine)
        case 2: (x, y) = (-cosine, -sine)
        case 3: (x, y) = (sine, -cosine)
        default: (x, y) = (cosine, sine)
        }
    }

    init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }

    /// **Range**: 0 to a quarter turn, in radians.
    private static func sine(_ angle: Double) -> Double {
        let square = angle * angle
        var (term, sum) = (angle, angle)
        var order = 2.0
        while order < 20 {
            term = -term * square / (order * (order + 1))
            sum += term
            order += 2
        }
        return sum
    }
}
