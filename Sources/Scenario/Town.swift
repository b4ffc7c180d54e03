import Cells
import Domain

/// What a scenario needs to know of a grid: its leaves as places, where devices stand.
struct Town: Sendable {
    struct Place: Sendable {
        /// Full path, ending in `/`.
        var cell: String
        var name: String
        var use: String
        /// **Units**: people; 0 when unknown.
        var population = 0
        /// Where its devices stand, all inside the cell: one spot for each unit.
        var spots: [Position]
    }

    /// How many devices of one family a place has.
    static let unitsPerPlace = 2

    let places: [Place]

    /// The leaves that have a shape; none when the grid has no shapes.
    init(_ grid: borrowing Grid) {
        var places: [Place] = []
        for index in 0..<grid.count where grid.isLeaf(CellID(index)) {
            let cell = CellID(index)
            guard let anchor = grid.anchor(of: cell) else { continue }
            places.append(
                Place(
                    cell: grid.path(of: cell), name: grid.name(of: cell), use: grid.use(of: cell),
                    population: grid.population(of: cell),
                    spots: [anchor, Town.secondSpot(near: anchor, in: cell, of: grid)]))
        }
        self.places = places
    }

    /// Some 20 m from the first, or the same where the cell is too narrow for that.
    private static func secondSpot(
        near anchor: Position, in cell: CellID, of grid: borrowing Grid
    ) -> Position {
        for (north, east) in [(2e-4, 0.0), (0.0, 2e-4), (-2e-4, 0.0), (0.0, -2e-4)] {
            let (latitude, longitude) = (anchor.latitude + north, anchor.longitude + east)
            if grid.locate(latitude: latitude, longitude: longitude) == cell {
                return Position(latitude: latitude, longitude: longitude)
            }
        }
        return anchor
    }

    /// The nearest other places, the nearest first.
    func neighbours(of place: Int, count: Int) -> [Int] {
        let here = places[place].spots[0]
        let distances = places.map { other in
            let (north, east) = (
                other.spots[0].latitude - here.latitude, other.spots[0].longitude - here.longitude
            )
            return north * north + east * east
        }
        let others = places.indices.filter { $0 != place }
        return Array(others.sorted { (distances[$0], $0) < (distances[$1], $1) }.prefix(count))
    }

    /// A place with one of the uses, tried in their order; any place when there is none.
    func place(for uses: [String], _ dice: inout SeededGenerator) -> Int {
        for use in uses {
            let fitting = places.indices.filter { places[$0].use == use }
            if !fitting.isEmpty { return fitting[dice.below(fitting.count)] }
        }
        return dice.below(places.count)
    }
}
