/// The ground a metropolis stands on: where its middle is, how dense people live, where the river
/// runs, how far the city reaches.
struct Ground {
    /// **Units**: as `PlanePoint`.
    let radius: Double
    private let suburbs: [Suburb]
    private let shore: Waves
    private let rings: Waves
    private let river: Waves
    private let riverTurn: Double
    private let riverOffset: Double

    /// A place where people live denser than around it.
    private struct Suburb {
        var middle: PlaneVector
        var reach: Double
        var weight: Double
    }

    /// 126,449 micro-grids fill a circle of 40 km: 70 m across in the middle, 400 m outside.
    init(microGrids: Int, _ dice: inout SeededGenerator) {
        let scale = (Double(microGrids) / 126_449).squareRoot()
        let radius = 40_000 * PlanePoint.unitsPerMetre * scale
        self.radius = radius
        suburbs = (0..<7).map { _ in
            let place = PlaneVector(turn: dice.unit()) * (radius * dice.between(0.35, 0.8))
            return Suburb(
                middle: place, reach: radius * dice.between(0.05, 0.1),
                weight: dice.between(0.15, 0.4))
        }
        shore = Waves(orders: 2...7, size: 0.05, &dice)
        rings = Waves(orders: 2...9, size: 0.05, &dice)
        river = Waves(orders: 2...6, size: 0.05, &dice)
        riverTurn = dice.unit()
        riverOffset = radius * dice.between(0.05, 0.12)
    }

    /// People for an area's size, 1 in the very middle.
    func density(_ place: PlaneVector) -> Double {
        let core = place * (1 / (radius * 0.18))
        var density = 1 / (1 + core.dot(core))
        for suburb in suburbs {
            let away = (place - suburb.middle) * (1 / suburb.reach)
            let near = 1 / (1 + away.dot(away))
            density += suburb.weight * near * near
        }
        return density
    }

    /// The ring around the city, counterclockwise.
    func border() -> [PlanePoint] {
        (0..<180).map { index in
            let turn = Double(index) / 180
            return PlanePoint(PlaneVector(turn: turn) * (radius * (1 + shore.height(turn))))
        }
    }

    /// A ring road, closed; it wavers as the ones inside it do.
    func ring(radius: Double) -> Course {
        Course(
            (0...96).map { index in
                let turn = Double(index) / 96
                return PlaneVector(turn: turn) * (radius * (1 + rings.height(turn)))
            })
    }

    /// How far out a place is, in terms of ring roads.
    func ringRadius(_ place: PlaneVector) -> Double {
        place.length / (1 + rings.height(Ground.turn(place)))
    }

    /// A place's direction from the middle as a share of a full turn, within a hundredth.
    private static func turn(_ place: PlaneVector) -> Double {
        let sum = abs(place.x) + abs(place.y)
        guard sum > 0 else { return 0 }
        let share = place.y / sum / 4
        return place.x >= 0 ? share : 0.5 - share
    }

    /// The left or the right bank of the river, from one end of the map to the other.
    func bank(_ side: Double) -> Course {
        let (along, across) = (PlaneVector(turn: riverTurn), PlaneVector(turn: riverTurn + 0.25))
        let steps = max(60, Int(radius / (150 * PlanePoint.unitsPerMetre)))
        let width = 90 * PlanePoint.unitsPerMetre + radius * 0.006
        return Course(
            (0...steps).map { step in
                let share = Double(step) / Double(steps)
                let bend = river.height(share * 0.9) * radius
                let swell = 1 + 0.25 * PlaneVector(turn: share * 5).x
                let place = along * ((share - 0.5) * 2.6 * radius)
                return place + across * (riverOffset + bend * 1.6 + side * width * swell / 2)
            })
    }
}

/// A sum of waves around a circle.
private struct Waves {
    private var waves: [(order: Double, size: Double, phase: Double)]

    init(orders: ClosedRange<Int>, size: Double, _ dice: inout SeededGenerator) {
        waves = orders.map { order in
            (Double(order), size * 2 / Double(order) * dice.between(0.5, 1), dice.unit())
        }
    }

    func height(_ turn: Double) -> Double {
        waves.reduce(0) { $0 + $1.size * PlaneVector(turn: $1.order * turn + $1.phase).x }
    }
}
