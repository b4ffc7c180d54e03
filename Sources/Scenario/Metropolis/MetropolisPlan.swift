/// What a metropolis follows from.
public struct MetropolisPlan: Sendable {
    public var seed: UInt64
    /// **Range**: `microGridsRange`.
    public let microGrids: Int
    public var root = "HB"
    public var name = "Harbour City"
    /// The middle. **Units**: degrees, far enough from the poles and the antimeridian.
    public var latitude = 31.2
    public var longitude = 121.5

    /// From a small town to half as many again as Chengdu has.
    public static let microGridsRange = 200...200_000
    public static let levelNames = ["city", "district", "street", "community", "grid", "micro"]
    static let microLevel = 5

    /// nil outside of `microGridsRange`.
    public init?(seed: UInt64, microGrids: Int) {
        guard MetropolisPlan.microGridsRange.contains(microGrids) else { return nil }
        self.seed = seed
        self.microGrids = microGrids
    }

    /// How many micro-grids a cell of each level has on average.
    ///
    /// **Source**: Chengdu's 126,449 micro-grids in 14,020 grids, some 3,000 communities, 260
    /// streets and 23 districts; a smaller city has fewer of them, but not as few in proportion.
    var microGridsPerCell: [Double] {
        let all = Double(microGrids)
        let grids = all * 14_020 / 126_449
        let communities = max(4, grids * 3000 / 14_020)
        let few = min(2 * communities.squareRoot(), communities / 3)
        let streets = max(2, communities * 260 / 3000, few)
        let districts = max(2, streets * 23 / 260, 1.2 * streets.squareRoot())
        return [all, all / districts, all / streets, all / communities, all / grids, 1]
    }
}
