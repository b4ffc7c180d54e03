public import CEL

/// A table of the catalog as rules join it: for one slot's value, a row of columns.
public struct LookupSource: Sendable {
    /// The slot whose value names the row.
    public var join: UInt8
    /// Where the columns go, in the order of the rows' values.
    public var columns: [UInt8]
    /// The rows by key, in the order of the file.
    public var rows: [(key: Slot, values: [Slot])]
    /// Which column says, as `alert.cell` does or by a code, in what cell a row's thing stands: a
    /// roster knows it before any alert. -1: none.
    public var cell = -1
    /// Which column says how often a row's thing reports; a row where it is empty is on no roster.
    /// -1: none.
    public var period = -1

    public init(join: UInt8, columns: [UInt8], rows: [(key: Slot, values: [Slot])]) {
        self.join = join
        self.columns = columns
        self.rows = rows
    }
}

/// One look-up, compiled: rows lie one after the other in `RuleTable.rows`, the key first.
public struct LookupPlan: Sendable, BitwiseCopyable {
    public var join: UInt8
    public var columns: [16 of UInt8] = .init(repeating: 0)
    public var columnCount = 0
    public var firstRow = 0
    public var rowCount = 0
    /// Which column says in what cell a row's thing stands; -1: none.
    public var cell = -1
    /// Which column says how often a row's thing reports; -1: none.
    public var period = -1

    public init(join: UInt8) { self.join = join }
}
