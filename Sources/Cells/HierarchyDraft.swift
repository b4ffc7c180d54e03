/// Another tree over the same ground, as it is described: the police's areas, the fire brigade's.
struct HierarchyDraft: Sendable {
    /// **Range**: as a cell's code.
    var name: String
    var areas: [AreaDraft]

    /// Enough for the authorities of a city, each with its own areas.
    static let countMax = 8
}

/// One area of a hierarchy, as it is described.
struct AreaDraft: Outlined, Sendable {
    /// **Range**: as a cell's code; unique in its hierarchy.
    var code: String
    var name: String
    var rings: [[FixedPoint]]
    var origin: DraftOrigin
}

/// The files that describe a hierarchy's areas.
public struct HierarchyFiles: Sendable {
    public var name: String
    public var files: [GridFile]

    public init(name: String, files: [GridFile]) {
        self.name = name
        self.files = files
    }
}
