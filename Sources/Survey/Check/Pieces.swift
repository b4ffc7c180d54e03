/// Ground that should not be there, told apart: what is real from what is too narrow to be meant.
struct Pieces {
    /// Ground that a circle as wide as the tolerance fits into, each stretch by itself, the largest
    /// first.
    var real: [Shape] = []
    var slivers: [Shape] = []

    /// - Parameter width: what is narrower everywhere is a sliver. **Units**: metres.
    init(_ shape: Shape, width: Double) throws(ShapeFailure) {
        for part in try shape.parts() {
            let (area, perimeter) = (part.area, part.perimeter)
            guard 2 * area > perimeter * CheckOptions.roundingMetres else { continue }
            // No circle is larger than the part, and every part holds one of its area by perimeter.
            if area < .pi * width * width / 4 {
                slivers.append(part)
            } else if 2 * area >= perimeter * width {
                real.append(part)
            } else {
                try divide(part, width)
            }
        }
        real.sort { $0.area > $1.area }
    }

    private mutating func divide(_ part: Shape, _ width: Double) throws(ShapeFailure) {
        let wide = try part.opened(by: width).parts()
            .filter { $0.area >= .pi * width * width / 5 }
        real += wide
        if wide.isEmpty { slivers.append(part) }
    }
}

/// Slivers on the ground of one cell, added up.
struct SliverSum {
    var count = 0
    var squareMetres = 0.0
    /// The largest, some of them.
    var worst: [Shape] = []

    static let worstMax = 20

    mutating func add(_ slivers: [Shape]) {
        guard !slivers.isEmpty else { return }
        count += slivers.count
        squareMetres += slivers.reduce(0) { $0 + $1.area }
        worst = Array((worst + slivers).sorted { $0.area > $1.area }.prefix(SliverSum.worstMax))
    }
}

extension CityCheck {
    /// One finding for the slivers of each parent.
    mutating func tellSlivers() {
        for (cell, sum) in slivers.sorted(by: { $0.key < $1.key }) where sum.count > 0 {
            let many = sum.count == 1 ? "1 sliver" : "\(sum.count) slivers"
            report(
                .slivers, cell,
                "\(many) in and along it, \(areaText(sum.squareMetres)) in all, too narrow for a "
                    + "circle of \(options.sliverMetres.formatted(0)) m",
                pieces: sum.worst)
            findings[findings.count - 1].squareMetres = sum.squareMetres
            findings[findings.count - 1].pieces = sum.count
        }
    }
}
