/// What became of a cell when another grid took the place of its own.
public struct CellFate: Sendable, Equatable, Encodable {
    public enum Kind: String, Sendable, Encodable, CaseIterable {
        /// Its ground is that of several cells now, itself perhaps among them.
        case split
        /// Its ground is part of a cell that holds that of others too.
        case merged
        /// The same ground under another code.
        case recoded
        /// The same code under another parent.
        case moved
        /// New, on ground that no cell of its level had.
        case added
        /// Gone, and no cell of its level has its ground.
        case removed
    }

    public var kind: Kind
    /// The path of the cell, as it was; of an added one, as it is.
    public var cell: String
    /// The paths of those that have its ground now; of an added one, none.
    public var into: [String]

    public init(kind: Kind, cell: String, into: [String]) {
        (self.kind, self.cell, self.into) = (kind, cell, into)
    }
}
