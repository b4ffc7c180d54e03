/// How two values lie to each other; whole numbers exactly, beside a double as doubles.
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
        if left.tag == .double || right.tag == .double {
            return compare(asDouble(left), asDouble(right))
        }
        return compareWholes(left, right)
    }

    /// The nearest double: the specification's tests hold the largest int equal to 2^63.
    @_noAllocation @_noLocks
    private static func asDouble(_ number: Slot) -> Double {
        switch number.tag {
        case .int: Double(number.asInt)
        case .uint: Double(number.bits)
        default: number.asDouble
        }
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
    static func compare(_ left: Double, _ right: Double) -> SlotOrder {
        if left < right { return .less }
        if left > right { return .greater }
        return left == right ? .equal : .unordered
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
