/// A generated city as large as the real ones: a river with bends, ring and radial main streets,
/// districts, streets, communities, grids and micro-grids, each made of those of the next level.
///
/// It is cut, not grown: a street divides an area in two, and each part on, until every part holds
/// the people of one micro-grid. So no ring has a hole, nothing overlaps, and between the two banks
/// there is no gap. The river belongs to nobody. Dedicated cells overlie micro-grids.
///
/// **Cost**: about 0.6 KB of memory a micro-grid, and 10 µs.
public struct Metropolis: Sendable {
    public let plan: MetropolisPlan
    var net: StreetNet
    /// Each parent before its children.
    var areas: [Area]
    var premises: [Premises] = []
    /// Streets and banks in the order in which they were laid.
    var streets: [Street] = []
    let border: [PlanePoint]
    /// Between the banks.
    var river: [StreetNet.Step] = []

    /// One cell of the tree.
    struct Area: Sendable {
        var parent: Int32
        var level: UInt8
        /// Among its siblings, from 1.
        var number: UInt16
        /// Rings: one, but for a city on both banks.
        var rings: [[StreetNet.Step]]
        var population = 0
        /// **Range**: 0 to 100, of leaves only.
        var vulnerability: UInt8 = 0
        var access: UInt8 = 0
    }

    /// A street as it was laid: the edges from the first step on.
    struct Street: Sendable {
        /// Of the cells that it divides.
        var level: Int
        var points: [PlanePoint]
    }

    /// How many micro-grids there are, and cells in all.
    public var microGrids: Int { areas.count { $0.level == MetropolisPlan.microLevel } }
    public var cellCount: Int { areas.count + premises.count }
}
