/// How two values lie to each other; numbers of any two types exactly, as points on one line.
enum SlotOrder: UInt8, BitwiseCopyable {
    case less, equal, greater
    /// One of them is not a number.
    case unordered
    /// Their types have no common order.
    case incomparable

    @_noAllocation @_noLocks
    static func == (left: SlotOrder, right: SlotOrder) -> Bool {
        unsafe unsafeBitCast(left, to: UInt8.self) == unsafeBitCast(right, to: UInt8.self)
    }

    @_noAllocation @_noLocks
    static func != (left: SlotOrder, right: SlotOrder) -> Bool {
        unsafe unsafeBitCast(left, to: UInt8.self) != unsafeBitCast(right, to: UInt8.self)
    }

    @_noAllocation @_noLocks
    static func compareNumbers(_ left: Slot, _ right: Slot) -> SlotOrder {
        if left.tag == .double {
            if right.tag == .double { return compare(left.asDouble, right.asDouble) }
            return reversed(compareWhole(right, left.asDouble))
        }
        if right.tag == .double { return compareWhole(left, right.asDouble) }
        return compareWholes(left, right)
    }

    @_noAllocation @_noLocks
    private static func compareWholes(_ left: Slot, _ right: Slot) -> SlotOrder {
        let leftNegative = left.tag == .int ? left.asInt < 0 : false
        let rightNegative = right.tag == .int ? right.asInt < 0 : false
        if leftNegative != rightNegative { return leftNegative ? .less : .greater }
        if left.bits == right.bits { return .equal }
        return left.bits < right.bits ? .less : .greater
    }

    @_noAllocation @_noLocks
    private static func compareWhole(_ whole: Slot, _ value: Double) -> SlotOrder {
        if value != value { return .unordered }
        if whole.tag == .int {
            if value >= 0x1p63 { return .less }
            if value < -0x1p63 { return .greater }
            let floor = Int64(value)
            if whole.asInt != floor { return whole.asInt < floor ? .less : .greater }
            return compare(Double(floor), value)
        }
        if value >= 0x1p64 { return .less }
        if value < 0 { return .greater }
        let floor = UInt64(value)
        if whole.bits != floor { return whole.bits < floor ? .less : .greater }
        return compare(Double(floor), value)
    }

    @_noAllocation @_noLocks
    static func compare(_ left: Double, _ right: Double) -> SlotOrder {
        if left < right { return .less }
        if left > right { return .greater }
        return left == right ? .equal : .unordered
    }

    @_noAllocation @_noLocks
    private static func reversed(_ order: SlotOrder) -> SlotOrder {
        switch order {
        case .less: .greater
        case .greater: .less
        default: order
        }
    }

    /// The int a double is, or nil if it is none.
    @_noAllocation @_noLocks
    static func exactInt(_ value: Double) -> Int64? {
        guard value >= -0x1p63, value < 0x1p63 else { return nil }
        let whole = Int64(value)
        return Double(whole) == value ? whole : nil
    }

    @_noAllocation @_noLocks
    static func exactUint(_ value: Double) -> UInt64? {
        guard value >= 0, value < 0x1p64 else { return nil }
        let whole = UInt64(value)
        return Double(whole) == value ? whole : nil
    }
}
