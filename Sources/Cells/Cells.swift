// Cells: the grid of a city, a tree of cells with a place on the map.
//
// It loads a city's areas from GeoJSON, checks them, and keeps them as one immutable `Grid` that
// resolves a path, a code or a position to its cell without allocating; other hierarchies over the
// same ground, such as police areas, come with it. A grid can be kept as an image, a file that is
// mapped as it is. It refuses a tree that does
// not hang together and shapes that are not closed, and says so feature by feature; it knows no
// alert, no score and no rule.
//
// In: GeoJSON text (RFC 7946), or drafts made in code. Out: a `Grid`, or every problem found.

/// Where a draft came from, for messages about it.
public struct DraftOrigin: Sendable, Hashable {
    public var file: String
    /// Index in the file's `features`, from 0.
    public var feature: Int

    public init(file: String, feature: Int) {
        self.file = file
        self.feature = feature
    }
}

/// Something with a place on the map.
protocol Outlined {
    /// The closed rings of all its polygons, holes included; empty when it has no shape of its own.
    var rings: [[FixedPoint]] { get }
}

/// One cell as it is described, before the tree is known to hang together.
public struct CellDraft: Outlined, Sendable {
    /// **Range**: 1 to 31 of ASCII letters, digits, `.`, `_` and `-`; unique in the city.
    public var code: String
    /// The parent's code; empty only for the root.
    public var parent: String
    /// Index in the level names; nil: one below the parent's.
    public var level: Int?
    public var name: String
    /// **Units**: people; 0 when unknown.
    public var population = 0
    /// How much worse an event is here than elsewhere: a hospital, a school. **Range**: 0 to 1.
    public var vulnerability = 0.0
    /// How hard the cell is to reach; 1 is hardest. **Range**: 0 to 1.
    public var access = 0.0
    /// What a dedicated cell is for: `station`, `market`; empty for an ordinary one.
    public var use = ""
    /// The closed rings of all its polygons, holes included; empty when it has no shape of its own.
    public var rings: [[FixedPoint]] = []
    /// How many of the rings are each polygon's, its outer ring first; empty: as they nest.
    public var ringCounts: [Int] = []
    /// Codes of the cells of its level beside it; nil: those that its border touches.
    public var neighbours: [String]?
    /// By hierarchy, the area it lies in, where that is said; else its shape tells.
    public var areas: [String: String] = [:]
    public var origin: DraftOrigin

    public init(code: String, parent: String, level: Int? = nil, name: String, origin: DraftOrigin)
    {
        self.code = code
        self.parent = parent
        self.level = level
        self.name = name
        self.origin = origin
    }
}
