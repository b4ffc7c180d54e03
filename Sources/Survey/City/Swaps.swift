import Cells

/// Finds cells whose latitude and longitude are exchanged.
///
/// A cell is taken for exchanged when it lies far from the city's middle and near it once put
/// right. The middle is the middle one of all cells; when that lies nearer to a pole than any city
/// does and would not when exchanged, all are.
enum Swaps {
    /// Puerto Williams lies at -54.9 and Longyearbyen at 78.2, no city beyond them.
    private static let latitudes = -60.0...80.0
    /// No city is as wide. **Units**: degrees.
    private static let cityMax = 3.0

    /// The drafts put right, and which were exchanged.
    static func undone(_ drafts: [CellDraft]) -> (drafts: [CellDraft], swapped: [Int]) {
        var drafts = drafts
        let firsts = drafts.map { $0.rings.first?.first }
        guard let middle = middle(firsts.compactMap { $0 }) else { return (drafts, []) }
        let isWhole = !latitudes.contains(middle.latitude) && latitudes.contains(middle.longitude)
        let target = isWhole ? flipped(middle) : middle
        guard let target else { return (drafts, []) }
        var swapped: [Int] = []
        for (index, first) in firsts.enumerated() {
            guard let first, distance(first, target) > cityMax, let turned = flipped(first),
                distance(turned, target) <= cityMax,
                let rings = flipped(drafts[index].rings)
            else { continue }
            drafts[index].rings = rings
            swapped.append(index)
        }
        return (drafts, swapped)
    }

    private static func middle(_ points: [FixedPoint]) -> FixedPoint? {
        guard !points.isEmpty else { return nil }
        return FixedPoint(
            x: points.map(\.x).sorted()[points.count / 2],
            y: points.map(\.y).sorted()[points.count / 2])
    }

    private static func distance(_ a: FixedPoint, _ b: FixedPoint) -> Double {
        max(abs(a.latitude - b.latitude), abs(a.longitude - b.longitude))
    }

    private static func flipped(_ point: FixedPoint) -> FixedPoint? {
        FixedPoint(latitude: point.longitude, longitude: point.latitude)
    }

    private static func flipped(_ rings: [[FixedPoint]]) -> [[FixedPoint]]? {
        var turned: [[FixedPoint]] = []
        for ring in rings {
            let points = ring.compactMap { flipped($0) }
            guard points.count == ring.count else { return nil }
            turned.append(points)
        }
        return turned
    }
}
