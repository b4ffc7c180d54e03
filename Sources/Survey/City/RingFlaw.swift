import Cells

/// What is wrong with a closed ring taken by itself.
enum RingFlaw: Hashable {
    /// A point that is given twice in a row.
    case repeatedPoint(FixedPoint)
    /// The border runs out to a point and back over itself.
    case spike(FixedPoint)

    /// Repeated points and spikes, in the order of the ring.
    static func all(in ring: [FixedPoint]) -> [RingFlaw] {
        var flaws: [RingFlaw] = []
        for (a, b) in zip(ring, ring.dropFirst()) where a == b { flaws.append(.repeatedPoint(a)) }
        _ = unspiked(unrepeated(ring)) { flaws.append(.spike($0)) }
        return flaws
    }

    /// The ring without what is wrong with it; empty when nothing is left.
    static func cleaned(_ ring: [FixedPoint]) -> [FixedPoint] {
        let open = unspiked(unrepeated(ring)) { _ in }
        guard open.count >= 3 else { return [] }
        return open + [open[0]]
    }

    /// The points of the ring without its closing one, each once in a row.
    private static func unrepeated(_ ring: [FixedPoint]) -> [FixedPoint] {
        var points: [FixedPoint] = []
        for point in ring where point != points.last { points.append(point) }
        if points.count > 1, points.first == points.last { points.removeLast() }
        return points
    }

    private static func unspiked(
        _ points: [FixedPoint], _ report: (FixedPoint) -> Void
    ) -> [FixedPoint] {
        var points = points
        var at = 0
        var quiet = 0
        while points.count >= 3, quiet < points.count {
            at %= points.count
            let before = (at + points.count - 1) % points.count
            let after = (at + 1) % points.count
            if points[before] == points[after]
                || turnsBack(points[before], points[at], points[after])
            {
                report(points[at])
                points.remove(at: at)
                quiet = 0
                at += points.count - 1
            } else {
                quiet += 1
                at += 1
            }
        }
        return points
    }

    /// Whether the border comes back over the way it went, to a unit.
    private static func turnsBack(_ a: FixedPoint, _ b: FixedPoint, _ c: FixedPoint) -> Bool {
        let (inX, inY) = (Double(b.x) - Double(a.x), Double(b.y) - Double(a.y))
        let (outX, outY) = (Double(c.x) - Double(b.x), Double(c.y) - Double(b.y))
        guard inX * outX + inY * outY < 0 else { return false }
        let longest = max(inX * inX + inY * inY, outX * outX + outY * outY).squareRoot()
        return abs(inX * outY - inY * outX) <= longest
    }
}
