/// Finds where a street shall divide an area.
struct StreetPlanner {
    private let outline: Outline
    private let ground: Ground
    private let level: Int
    /// Of the people, on the low side of the street.
    private let share: Double
    private let samples: [(place: PlaneVector, weight: Double)]
    private let middle: PlaneVector
    /// The direction in which the area is longest.
    private let axis: PlaneVector

    init(_ outline: Outline, _ ground: Ground, level: Int, share: Double) {
        self.outline = outline
        self.ground = ground
        self.level = level
        self.share = share
        let isUneven = StreetPlanner.isUneven(level)
        samples = outline.samples(rows: isUneven ? 24 : 16).map {
            ($0, isUneven ? ground.density($0) : 1)
        }
        (middle, axis) = StreetPlanner.axis(samples.map(\.place), outline)
    }

    /// Within a community people live equally dense.
    static func isUneven(_ level: Int) -> Bool { level <= 3 }

    private static func axis(
        _ places: [PlaneVector], _ outline: Outline
    ) -> (middle: PlaneVector, axis: PlaneVector) {
        let places = places.isEmpty ? outline.points.map(\.vector) : places
        let sum = places.reduce(PlaneVector(x: 0, y: 0)) { $0 + $1 }
        let middle = sum * (1 / Double(places.count))
        var (xx, xy, yy) = (0.0, 0.0, 0.0)
        for place in places {
            let off = place - middle
            xx += off.x * off.x
            xy += off.x * off.y
            yy += off.y * off.y
        }
        let half = (xx - yy) / 2
        let spread = (half * half + xy * xy).squareRoot()
        let axis =
            half >= 0
            ? PlaneVector(x: half + spread, y: xy) : PlaneVector(x: xy, y: spread - half)
        return (middle, axis.unit)
    }

    /// The first sound street among the courses that come to mind, the best ideas first.
    func cut(_ dice: inout SeededGenerator) -> Cut? {
        for attempt in 0..<24 {
            let course = course(attempt, &dice)
            let isPatient = attempt < 12
            for section in course.sections(in: outline).prefix(2) {
                guard let cut = cut(section, isStraight: attempt % 2 == 1, &dice) else { continue }
                let least = min(share, 1 - share) * (level <= 2 ? 0.15 : isPatient ? 0.6 : 0.25)
                if cut.smallerShare > least { return cut }
            }
        }
        return diagonal()
    }

    private func cut(
        _ section: Course.Section, isStraight: Bool, _ dice: inout SeededGenerator
    ) -> Cut? {
        let metre = PlanePoint.unitsPerMetre
        let snap = max(6 * metre, min(0.12 * section.length, 60 * metre))
        let (from, to) = (
            section.from.corner(outline, snap: snap), section.to.corner(outline, snap: snap)
        )
        let stretch = [600, 400, 250, 130, 80, 55][level] * metre
        let bent = section.bent(
            stretch: stretch, margin: snap * 1.5, lean: isStraight ? 0 : 0.06, &dice)
        return Cut(outline, from: from, to: to, between: bent)
    }

    /// Main streets are rings and radials, whichever cuts the area where it is long; lesser ones
    /// run across it.
    private func course(_ attempt: Int, _ dice: inout SeededGenerator) -> Course {
        let tilt = dice.between(-0.05, 0.05) * Double(1 + attempt)
        let nudge = share + dice.between(-0.015, 0.015) * Double(attempt)
        if level <= 2, attempt < 6 {
            let outward = middle.unit
            let isRing = (abs(axis.dot(outward)) > 0.7) == (attempt < 4)
            return isRing ? ring(nudge) : radial(outward, nudge)
        }
        let normal = (axis + axis.left * tilt).unit
        let offset = quantile(nudge) { ($0 - middle).dot(normal) }
        return Course(
            through: middle + normal * offset, along: normal.left, reach: ground.radius * 2)
    }

    private func ring(_ share: Double) -> Course {
        ground.ring(radius: max(quantile(share, by: ground.ringRadius), ground.radius * 0.01))
    }

    /// From the city's middle outwards.
    private func radial(_ outward: PlaneVector, _ share: Double) -> Course {
        func turn(_ place: PlaneVector) -> Double {
            let (x, y) = (place.dot(outward), place.dot(outward.left))
            let slope = y / max(abs(x) + abs(y), 1)
            return x >= 0 ? slope : (y >= 0 ? 2 - slope : -2 - slope)
        }
        let at = quantile(share, by: turn)
        let (x, y) =
            abs(at) <= 1 ? (1 - abs(at), at) : (1 - abs(at), at > 0 ? 2 - at : -2 - at)
        let direction = (outward * x + outward.left * y).unit
        return Course([PlaneVector(x: 0, y: 0), direction * (ground.radius * 2)])
    }

    /// The value below which a share of the people lives.
    private func quantile(_ share: Double, by value: (PlaneVector) -> Double) -> Double {
        let values = samples.map { (value: value($0.place), weight: $0.weight) }
            .sorted { $0.value < $1.value }
        let all = values.reduce(0) { $0 + $1.weight }
        var sum = 0.0
        for (value, weight) in values {
            sum += weight
            if sum >= share * all { return value }
        }
        return 0
    }

    /// Of two corners of the area those that divide it most evenly.
    private func diagonal() -> Cut? {
        var best: Cut?
        for a in outline.points.indices {
            for b in outline.points.indices where b > a + 1 {
                guard let cut = Cut(outline, from: .node(a), to: .node(b), between: []),
                    cut.smallerShare > best?.smallerShare ?? 0
                else { continue }
                best = cut
            }
        }
        return best
    }
}
