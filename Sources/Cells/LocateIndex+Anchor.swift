extension LocateIndex {
    /// A point inside the cell: the middle of its widest stretch on one of some parallels,
    /// preferring a point that no other cell wins. The origin for a cell without a shape.
    func anchor(of cell: Int, _ rings: [[FixedPoint]]) -> FixedPoint {
        let latitudes = rings.lazy.joined().map { Int($0.y) }
        guard let low = latitudes.min(), let high = latitudes.max() else {
            return FixedPoint(x: 0, y: 0)
        }
        var inside = rings[0][0]
        for y in LocateIndex.parallels(low, high).reversed() {
            guard let point = middle(of: cell, rings, at: y) else { continue }
            inside = point
            if locate(Int(point.x), Int(point.y)) == UInt32(cell) { break }
        }
        return inside
    }

    /// 31 latitudes between two, the middle one last, then the quarters, and so on.
    private static func parallels(_ low: Int, _ high: Int) -> [Int] {
        (1...31).sorted { $0.trailingZeroBitCount < $1.trailingZeroBitCount }
            .map { low + (high - low) * $0 / 32 }
    }

    private func middle(of cell: Int, _ rings: [[FixedPoint]], at y: Int) -> FixedPoint? {
        let crossings = rings.flatMap { LocateIndex.crossings(of: $0, at: y) }.sorted()
        let stretches = zip(crossings, crossings.dropFirst())
        let widest = stretches.filter { contains(cell, ($0 + $1) / 2, y) }
            .max { $0.1 - $0.0 < $1.1 - $1.0 }
        return widest.map { FixedPoint(x: Int32(($0.0 + $0.1) / 2), y: Int32(y)) }
    }

    private func contains(_ cell: Int, _ x: Int, _ y: Int) -> Bool { outlines.contains(cell, x, y) }

    private static func crossings(of ring: [FixedPoint], at y: Int) -> [Int] {
        zip(ring, ring.dropFirst()).compactMap { a, b in
            guard let edge = Edge(a, b), Int(edge.y0) <= y, y < Int(edge.y1) else { return nil }
            let (width, height) = (Int(edge.x1) - Int(edge.x0), Int(edge.y1) - Int(edge.y0))
            return Int(edge.x0) + width * (y - Int(edge.y0)) / height
        }
    }
}
