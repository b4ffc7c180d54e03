extension LocateIndex {
    /// A point inside the shape: the middle of its widest stretch on one of some parallels,
    /// preferring a point that nothing else wins. The origin for a cell without a shape.
    func anchor(of cell: Int, _ rings: [[FixedPoint]]) -> FixedPoint {
        var (low, high) = (Int.max, Int.min)
        for ring in rings {
            for point in ring { (low, high) = (min(low, Int(point.y)), max(high, Int(point.y))) }
        }
        guard low <= high else { return FixedPoint(x: 0, y: 0) }
        var inside = rings[0][0]
        for y in LocateIndex.parallels(low, high).reversed() {
            guard let point = LocateIndex.middle(of: rings, at: y) else { continue }
            inside = point
            if locate(Int(point.x), Int(point.y), frame: 0) == UInt32(cell) { break }
        }
        return inside
    }

    /// 31 latitudes between two, the middle one last, then the quarters, and so on.
    private static func parallels(_ low: Int, _ high: Int) -> [Int] {
        (1...31).sorted { $0.trailingZeroBitCount < $1.trailingZeroBitCount }
            .map { low + (high - low) * $0 / 32 }
    }

    /// Every second stretch between crossings lies inside; one between equal crossings is empty.
    private static func middle(of rings: [[FixedPoint]], at y: Int) -> FixedPoint? {
        var crossings: [Int] = []
        for ring in rings {
            for index in 1..<max(1, ring.count) {
                let edge = OwnedEdge(owner: 0, a: ring[index - 1], b: ring[index])
                if let x = edge.crossing(at: y) { crossings.append(x) }
            }
        }
        crossings.sort()
        var widest: (west: Int, east: Int)?
        for index in stride(from: 1, to: crossings.count, by: 2) {
            let (west, east) = (crossings[index - 1], crossings[index])
            if east - west > widest.map({ $0.east - $0.west }) ?? 0 { widest = (west, east) }
        }
        return widest.map { FixedPoint(x: Int32(($0.west + $0.east) / 2), y: Int32(y)) }
    }
}
