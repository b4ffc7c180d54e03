public import Domain

/// Which tasks a desk wants, and how many at a time.
public struct Subscription: Sendable, Equatable {
    /// Beginnings of cell paths, each ending in `/`; empty is everywhere.
    public var areas: [String] = []
    /// Empty is all.
    public var categories: Set<Category> = []
    /// The least urgent that it wants.
    public var priorityMax = Priority.p5
    /// How many tasks may be on the way to it unacknowledged. **Range**: 1 to
    /// `DeskLimits.creditMax`.
    public var credit = DeskLimits.creditStandard
    /// What it had of open tasks no longer counts: all of them are sent.
    public var wantsSnapshot = false

    public init() {}

    public func matches(_ notice: TaskNotice) -> Bool {
        guard notice.priority <= priorityMax else { return false }
        guard categories.isEmpty || categories.contains(notice.category) else { return false }
        return areas.isEmpty || areas.contains { notice.cellPath.hasPrefix($0) }
    }
}

/// The names that desks may have.
public enum DeskName {
    /// 1 to 64 of `a-z`, `0-9`, `.`, `_`, `-`.
    public static func isRight(_ name: String) -> Bool {
        (1...DeskLimits.nameBytesMax).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"): true
                case UInt8(ascii: "0")...UInt8(ascii: "9"): true
                case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"): true
                default: false
                }
            }
    }
}
