/// A circle or polygon on the ground that is asked for the cells that it touches.
///
/// Distances are measured as if the ground were flat around the middle: to a thousandth at 50 km.
public struct QueryShape: Sendable {
    public static let pointsMax = 64
    public static let radiusMetresMax = 50_000.0

    private var xs: [64 of Double] = .init(repeating: 0)
    private var ys: [64 of Double] = .init(repeating: 0)
    private(set) var pointCount = 0
    /// In units of latitude; 0 for a polygon.
    private var radius = 0.0
    private var stretch = 1.0
    /// West, south, east and north of it.
    private(set) var box: (left: Int, low: Int, right: Int, high: Int) = (0, 0, -1, -1)

    /// The circle around a position; nil off the globe, and for a radius that is no length up to
    /// 50 km.
    @_noAllocation @_noLocks
    public init?(latitude: Double, longitude: Double, radius metres: Double) {
        if !(metres >= 0 && metres <= 50_000) { return nil }
        if !(latitude >= -90 && latitude <= 90) { return nil }
        if !(longitude >= -180 && longitude <= 180) { return nil }
        let ground = Ground(
            x: Int(FixedPoint.units(longitude)), y: Int(FixedPoint.units(latitude)))
        radius = metres * Ground.unitsPerMetre
        stretch = ground.stretch
        let (wide, high) = (Int(radius * stretch) + 1, Int(radius) + 1)
        xs[0] = Double(ground.x)
        ys[0] = Double(ground.y)
        pointCount = 1
        box = (ground.x - wide, ground.y - high, ground.x + wide, ground.y + high)
    }

    /// A polygon without corners yet.
    @_noAllocation @_noLocks
    public init() {}

    /// Adds a corner; false, and nothing added, off the globe and for one more than 64. The last is
    /// joined to the first.
    @_noAllocation @_noLocks
    public mutating func add(latitude: Double, longitude: Double) -> Bool {
        if !(latitude >= -90 && latitude <= 90) { return false }
        if !(longitude >= -180 && longitude <= 180) { return false }
        if pointCount == 64 { return false }
        let (x, y) = (Int(FixedPoint.units(longitude)), Int(FixedPoint.units(latitude)))
        if pointCount == 0 { box = (x, y, x, y) }
        box = (min(box.left, x), min(box.low, y), max(box.right, x), max(box.high, y))
        xs[pointCount] = Double(x)
        ys[pointCount] = Double(y)
        pointCount += 1
        return true
    }

    /// The circle's middle, or the polygon's first corner.
    @_noAllocation @_noLocks
    func start() -> (x: Int, y: Int) { (Int(xs[0]), Int(ys[0])) }
}

extension QueryShape {
    /// Whether some of the edge from a to b lies in the shape or on its border.
    @_noAllocation @_noLocks
    func touches(_ ax: Double, _ ay: Double, _ bx: Double, _ by: Double) -> Bool {
        if radius > 0 || pointCount == 1 { return isNear(ax, ay, bx, by) }
        if holds(ax, ay) { return true }
        var at = 0
        while at < pointCount {
            let next = at + 1 == pointCount ? 0 : at + 1
            if QueryShape.cross(ax, ay, bx, by, xs[at], ys[at], xs[next], ys[next]) { return true }
            at += 1
        }
        return false
    }

    /// Whether the edge comes as near to the middle as the radius.
    @_noAllocation @_noLocks
    private func isNear(_ ax: Double, _ ay: Double, _ bx: Double, _ by: Double) -> Bool {
        let (x0, y0) = ((ax - xs[0]) / stretch, ay - ys[0])
        let (dx, dy) = ((bx - ax) / stretch, by - ay)
        let length = dx * dx + dy * dy
        var along = length > 0 ? -(x0 * dx + y0 * dy) / length : 0
        along = max(0, min(1, along))
        let (x, y) = (x0 + along * dx, y0 + along * dy)
        return x * x + y * y <= radius * radius
    }

    /// Whether the polygon holds a point.
    @_noAllocation @_noLocks
    private func holds(_ x: Double, _ y: Double) -> Bool {
        var inside = false
        var at = 0
        while at < pointCount {
            let next = at + 1 == pointCount ? 0 : at + 1
            if (ys[at] <= y) != (ys[next] <= y) {
                let reach = (y - ys[at]) * (xs[next] - xs[at]) / (ys[next] - ys[at])
                if x < xs[at] + reach { inside.toggle() }
            }
            at += 1
        }
        return inside
    }

    /// Whether two edges have a point in common.
    @_noAllocation @_noLocks
    private static func cross(
        _ ax: Double, _ ay: Double, _ bx: Double, _ by: Double,
        _ cx: Double, _ cy: Double, _ dx: Double, _ dy: Double
    ) -> Bool {
        if max(ax, bx) < min(cx, dx) || max(cx, dx) < min(ax, bx) { return false }
        if max(ay, by) < min(cy, dy) || max(cy, dy) < min(ay, by) { return false }
        let c = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
        let d = (bx - ax) * (dy - ay) - (by - ay) * (dx - ax)
        if (c > 0 && d > 0) || (c < 0 && d < 0) { return false }
        let a = (dx - cx) * (ay - cy) - (dy - cy) * (ax - cx)
        let b = (dx - cx) * (by - cy) - (dy - cy) * (bx - cx)
        return !((a > 0 && b > 0) || (a < 0 && b < 0))
    }
}
