/// A street through an area, as far as it is known to be sound: it runs from border to border,
/// inside all the way, and meets nothing between its ends.
struct Cut {
    /// Where a street meets the ring around an area.
    enum Corner {
        case node(Int)
        /// Between the ends of the edge with this number.
        case edge(Int, PlanePoint)
    }

    let from: Corner
    let to: Corner
    /// The points between.
    let between: [PlanePoint]
    /// The areas left and right of it.
    let areas: (left: Double, right: Double)

    /// nil when the street is not sound.
    init?(_ outline: Outline, from: Corner, to: Corner, between: [PlanePoint]) {
        guard let (ring, a, b) = Cut.ring(outline, from, to) else { return nil }
        let chain = [ring[a]] + between + [ring[b]]
        guard Cut.isClear(chain, of: ring, a, b) else { return nil }
        let middle = (chain[0].vector + chain[1].vector) * 0.5
        guard outline.contains(PlanePoint(middle)) else { return nil }
        let right = Outline.area(Cut.stretch(ring, a, b) + between.reversed())
        (self.from, self.to, self.between) = (from, to, between)
        areas = (outline.area - right, right)
    }

    /// The smaller area's share of both.
    var smallerShare: Double { min(areas.left, areas.right) / (areas.left + areas.right) }

    /// The ring with both corners among its points, and where they are; nil when both are on one
    /// edge.
    private static func ring(
        _ outline: Outline, _ from: Corner, _ to: Corner
    ) -> (ring: [PlanePoint], from: Int, to: Int)? {
        var ring: [PlanePoint] = []
        var (a, b) = (-1, -1)
        for (index, point) in outline.points.enumerated() {
            if case .node(index) = from { a = ring.count }
            if case .node(index) = to { b = ring.count }
            ring.append(point)
            if case .edge(index, let corner) = from {
                a = ring.count
                ring.append(corner)
            }
            if case .edge(index, let corner) = to {
                guard a != ring.count - 1 || ring[a] == point else { return nil }
                b = ring.count
                ring.append(corner)
            }
        }
        return a == b ? nil : (ring, a, b)
    }

    private static func isClear(
        _ chain: [PlanePoint], of ring: [PlanePoint], _ a: Int, _ b: Int
    ) -> Bool {
        var start = ring.count - 1
        for end in ring.indices {
            defer { start = end }
            for piece in 0..<(chain.count - 1) {
                let (first, last) = (chain[piece], chain[piece + 1])
                if piece == 0, start == a || end == a {
                    if isAlong(first, last, ring[start == a ? end : start]) { return false }
                } else if piece == chain.count - 2, start == b || end == b {
                    if isAlong(last, first, ring[start == b ? end : start]) { return false }
                } else if PlanePoint.meet(first, last, ring[start], ring[end]) {
                    return false
                }
            }
        }
        return true
    }

    /// Whether two stretches from one point run in the same direction.
    private static func isAlong(_ corner: PlanePoint, _ a: PlanePoint, _ b: PlanePoint) -> Bool {
        guard corner.side(to: a, of: b) == 0 else { return false }
        return (a.vector - corner.vector).dot(b.vector - corner.vector) > 0
    }

    private static func stretch(_ ring: [PlanePoint], _ a: Int, _ b: Int) -> [PlanePoint] {
        a <= b ? Array(ring[a...b]) : Array(ring[a...]) + Array(ring[...b])
    }
}

extension StreetNet {
    /// Lays the street; gives the rings left and right of it.
    mutating func lay(_ cut: Cut, through steps: [Step]) -> (left: [Step], right: [Step]) {
        var ring: [Step] = []
        var (a, b) = (0, 0)
        for (index, step) in steps.enumerated() {
            if case .node(index) = cut.from { a = ring.count }
            if case .node(index) = cut.to { b = ring.count }
            if case .edge(index, let point) = cut.from {
                let (first, second) = split(step, at: addNode(point))
                a = ring.count + 1
                ring += [first, second]
            } else if case .edge(index, let point) = cut.to {
                let (first, second) = split(step, at: addNode(point))
                b = ring.count + 1
                ring += [first, second]
            } else {
                ring.append(step)
            }
        }
        var chain = [start(ring[a])]
        for point in cut.between { chain.append(addNode(point)) }
        chain.append(start(ring[b]))
        let street = addStreet(chain)
        let right = a < b ? Array(ring[a..<b]) : Array(ring[a...]) + ring[..<b]
        let left = b < a ? Array(ring[b..<a]) : Array(ring[b...]) + ring[..<a]
        return (left + street, right + StreetNet.reversed(street))
    }
}
