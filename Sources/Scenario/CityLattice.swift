import Cells
import Glibc

/// The crooked lattice under a city: nodes where lines meet, and a bend in the middle of every
/// stretch.
///
/// Node column `bank` is the west bank of the river, `bank + 1` the east bank; no cell lies
/// between.
struct CityLattice {
    private let nodes: [[FixedPoint]]  // by row, then column
    private let eastward: [[FixedPoint]]  // the bend from a node to the one east of it
    private let northward: [[FixedPoint]]
    private let bank: Int

    /// A block is 230 m by 180 m on average, the river 320 m wide.
    init(_ plan: CityPlan) {
        bank = plan.bank
        var dice = SeededGenerator(seed: plan.seed, purpose: 1)
        let spacing = CityLattice.spacing(plan.columns, 230, &dice)
        let bank = plan.bank
        let widths = spacing[..<bank] + (bank < plan.columns ? [320] : []) + spacing[bank...]
        let heights = CityLattice.spacing(plan.rows, 180, &dice)
        let easts = CityLattice.lines(Array(widths))
        let norths = CityLattice.lines(heights)
        let drift = CityLattice.drift(norths.count, &dice)
        let scale = Scale(plan)

        nodes = norths.indices.map { row in
            easts.map { east in
                scale.point(
                    east + drift[row] + dice.between(-22, 22), norths[row] + dice.between(-18, 18))
            }
        }
        let grid = nodes
        eastward = grid.map { row in
            zip(row, row.dropFirst()).map { CityLattice.bend($0, $1, &dice) }
        }
        northward = zip(grid, grid.dropFirst()).map { south, north in
            zip(south, north).map { CityLattice.bend($0, $1, &dice) }
        }
    }

    /// The outline of a rectangle of blocks on one bank, counterclockwise and closed.
    func outline(columns: Range<Int>, rows: Range<Int>) -> [FixedPoint] {
        let (west, east) = (node(columns.lowerBound, isWestSide: true), node(columns.upperBound))
        let (south, north) = (rows.lowerBound, rows.upperBound)
        var ring: [FixedPoint] = []
        for column in west..<east { ring += [nodes[south][column], eastward[south][column]] }
        for row in south..<north { ring += [nodes[row][east], northward[row][east]] }
        for column in (west..<east).reversed() {
            ring += [nodes[north][column + 1], eastward[north][column]]
        }
        for row in (south..<north).reversed() {
            ring += [nodes[row + 1][west], northward[row][west]]
        }
        ring.append(ring[0])
        return ring
    }

    /// The node column at a line between blocks; the line at the river is two.
    private func node(_ line: Int, isWestSide: Bool = false) -> Int {
        line < bank || (line == bank && !isWestSide) ? line : line + 1
    }

    private static func spacing(
        _ count: Int, _ metres: Double, _ dice: inout SeededGenerator
    ) -> [Double] {
        (0..<count).map { _ in metres * dice.between(0.75, 1.3) }
    }

    /// Where the lines run, the middle of all at 0.
    private static func lines(_ spacing: [Double]) -> [Double] {
        var at = -spacing.reduce(0, +) / 2
        return [at]
            + spacing.map {
                at += $0
                return at
            }
    }

    /// How far each row is pushed east: a lazy walk, so that the river and its streets meander.
    private static func drift(_ count: Int, _ dice: inout SeededGenerator) -> [Double] {
        var (at, step) = (0.0, 0.0)
        return (0..<count).map { _ in
            step = step * 0.7 + dice.between(-30, 30)
            at += step
            return at
        }
    }

    private static func bend(
        _ a: FixedPoint, _ b: FixedPoint, _ dice: inout SeededGenerator
    ) -> FixedPoint {
        let lean = dice.between(-0.05, 0.05)
        let (width, height) = (Double(b.x - a.x), Double(b.y - a.y))
        return FixedPoint(
            x: a.x + Int32(width * 0.5 - height * lean), y: a.y + Int32(height * 0.5 + width * lean)
        )
    }

    /// Metres to units around the city's centre.
    private struct Scale {
        let x: Double
        let y: Double
        let eastPerMetre: Double

        static let northPerMetre = FixedPoint.unitsPerDegree / 111_320

        init(_ plan: CityPlan) {
            x = (plan.longitude * FixedPoint.unitsPerDegree).rounded()
            y = (plan.latitude * FixedPoint.unitsPerDegree).rounded()
            // To four digits: the last bits of a cosine differ between machines.
            let shrink = (cos(plan.latitude * .pi / 180) * 1e4).rounded() / 1e4
            eastPerMetre = Scale.northPerMetre / max(shrink, 0.01)
        }

        func point(_ east: Double, _ north: Double) -> FixedPoint {
            FixedPoint(x: Int32(x + east * eastPerMetre), y: Int32(y + north * Scale.northPerMetre))
        }
    }
}
