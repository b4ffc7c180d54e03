/// A ring around an area: points counterclockwise, the first not repeated.
struct Outline {
    let points: [PlanePoint]

    init(_ points: [PlanePoint]) { self.points = points }

    func next(_ index: Int) -> Int { index + 1 == points.count ? 0 : index + 1 }

    /// **Units**: square units, halved; above 0 when counterclockwise.
    var area: Double { Outline.area(points) }

    static func area(_ points: [PlanePoint]) -> Double {
        guard var last = points.last else { return 0 }
        let origin = last
        var twice = 0
        for point in points {
            twice += origin.side(to: last, of: point)
            last = point
        }
        return Double(twice) / 2
    }

    var box: (low: PlanePoint, high: PlanePoint) {
        var (low, high) = (points[0], points[0])
        for point in points {
            (low.x, low.y) = (min(low.x, point.x), min(low.y, point.y))
            (high.x, high.y) = (max(high.x, point.x), max(high.y, point.y))
        }
        return (low, high)
    }

    /// Whether a point lies within; on the border, either.
    func contains(_ point: PlanePoint) -> Bool {
        var isInside = false
        guard var last = points.last else { return false }
        for next in points {
            if (last.y > point.y) != (next.y > point.y) {
                let isLeft = last.side(to: next, of: point) > 0
                if isLeft == (next.y > last.y) { isInside.toggle() }
            }
            last = next
        }
        return isInside
    }

    /// Places spread evenly over the area, some hundred of them.
    func samples(rows: Int) -> [PlaneVector] {
        let (low, high) = box
        let width = Double(Int(high.x) - Int(low.x)) / Double(rows)
        let height = Double(Int(high.y) - Int(low.y)) / Double(rows)
        var samples: [PlaneVector] = []
        for row in 0..<rows {
            let y = Double(low.y) + (Double(row) + 0.5) * height
            let crossings = crossings(y)
            // Rows alternate by half a step: two equal places would fall on one side together.
            let shift = row % 2 == 0 ? 0.25 : 0.75
            for pair in stride(from: 0, to: crossings.count - 1, by: 2) {
                let from = ((crossings[pair] - Double(low.x)) / width - shift).rounded(.up)
                var x = Double(low.x) + (from + shift) * width
                while x < crossings[pair + 1] {
                    samples.append(PlaneVector(x: x, y: y))
                    x += width
                }
            }
        }
        return samples
    }

    /// Where a line to the east enters and leaves.
    private func crossings(_ y: Double) -> [Double] {
        var crossings: [Double] = []
        guard var last = points.last?.vector else { return [] }
        for point in points {
            let next = point.vector
            if (last.y > y) != (next.y > y) {
                crossings.append(last.x + (next.x - last.x) * (y - last.y) / (next.y - last.y))
            }
            last = next
        }
        return crossings.sorted()
    }
}
