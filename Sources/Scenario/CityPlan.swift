/// A small city drawn from a seed: crooked blocks between streets, a river through the middle, five
/// levels from the city to the grid, all borders shared to the last digit.
///
///     city > 4 districts > 12 streets > 24 communities > about 200 grids, some of them dedicated
///
/// Everything is a rectangle of one lattice whose lines are bent; some neighbours are joined to one
/// larger cell, so that sizes differ as they do in a city.
public struct CityPlan: Sendable {
    /// Into how many columns and rows a cell of one level is cut for the next.
    public struct Split: Sendable {
        public var columns: Int
        public var rows: Int

        public init(_ columns: Int, _ rows: Int) {
            precondition(columns >= 1 && rows >= 1, "a cell is cut into at least one")
            self.columns = columns
            self.rows = rows
        }
    }

    public var seed: UInt64
    /// Code of the root.
    public var root = "HB"
    public var name = "Harbour City"
    /// Centre. **Units**: degrees; far enough from the poles and the antimeridian for the city to
    /// fit.
    public var latitude = 31.2
    public var longitude = 121.5
    /// District, street, community, grid. The river runs between the districts' columns.
    public var splits = [Split(2, 2), Split(1, 3), Split(2, 1), Split(3, 3)]
    /// How many cells of each use there are for 200 grids; at least one of each.
    public var uses: [(use: String, per200Grids: Int)] = [
        ("public-building", 3), ("school", 4), ("hospital", 2), ("market", 3), ("station", 2),
        ("datacenter", 1),
    ]

    public init(seed: UInt64) { self.seed = seed }

    var columns: Int { splits.reduce(1) { $0 * $1.columns } }
    var rows: Int { splits.reduce(1) { $0 * $1.rows } }
    /// Lattice columns west of the river.
    var bank: Int { columns / splits[0].columns * ((splits[0].columns + 1) / 2) }
}

/// One cell of the plan, as columns and rows of the lattice.
struct PlannedCell {
    var code: String
    var parent: String
    var level: Int
    var name: String
    var population = 0
    var use = ""
    var columns: Range<Int>
    var rows: Range<Int>
}
