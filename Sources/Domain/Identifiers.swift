// Small numbers that stand for names inside one process. They are dense, start at 0, and index
// tables; none of them leaves the process: the wire and the journal carry the names.

/// Index of a kind in the catalog's kind table.
public struct KindID: Sendable, BitwiseCopyable, Hashable {
    public var index: UInt16
    @inlinable @_noAllocation @_noLocks public init(_ index: Int) {
        self.index = UInt16(truncatingIfNeeded: index)
    }
    @inlinable public var int: Int { Int(index) }
    @inlinable public static var none: KindID { KindID(0xFFFF) }
}

/// Index of a source in the order in which sources were first seen.
public struct SourceID: Sendable, BitwiseCopyable, Hashable {
    public var index: UInt32
    @inlinable @_noAllocation @_noLocks public init(_ index: Int) {
        self.index = UInt32(truncatingIfNeeded: index)
    }
    @inlinable public var int: Int { Int(index) }
    @inlinable public static var none: SourceID { SourceID(0xFFFF_FFFF) }
}

/// Index of a cell in the grid; a parent comes before its children.
public struct CellID: Sendable, BitwiseCopyable, Hashable {
    public var index: UInt32
    @inlinable @_noAllocation @_noLocks public init(_ index: Int) {
        self.index = UInt32(truncatingIfNeeded: index)
    }
    @inlinable public var int: Int { Int(index) }
    @inlinable public static var none: CellID { CellID(0xFFFF_FFFF) }
}

/// Index of a rule in the rule table, in file order.
public struct RuleID: Sendable, BitwiseCopyable, Hashable {
    public var index: UInt16
    @inlinable @_noAllocation @_noLocks public init(_ index: Int) {
        self.index = UInt16(truncatingIfNeeded: index)
    }
    @inlinable public var int: Int { Int(index) }
    @inlinable public static var none: RuleID { RuleID(0xFFFF) }
}

/// 128 bits derived from what a task is about, so that a replay makes the same ones.
public struct TaskID: Sendable, BitwiseCopyable, Hashable {
    public var high: UInt64
    public var low: UInt64
    @inlinable @_noAllocation @_noLocks public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }
}
