/// Arithmetic on operands whose types are known only when the program runs.
enum Arithmetic: UInt8, BitwiseCopyable {
    case add, subtract, multiply, divide, modulo

    @_noAllocation @_noLocks
    func value(_ left: Slot, _ right: Slot) -> Slot {
        if left.tag == right.tag {
            switch left.tag {
            case .int: return int(left.asInt, right.asInt, .int)
            case .uint: return uint(left.bits, right.bits)
            case .double: return double(left.asDouble, right.asDouble)
            default: break
            }
        }
        return time(left, right)
    }

    @_noAllocation @_noLocks
    func int(_ left: Int64, _ right: Int64, _ tag: SlotTag) -> Slot {
        var (value, overflows) = (Int64(0), false)
        switch self {
        case .add: (value, overflows) = left.addingReportingOverflow(right)
        case .subtract: (value, overflows) = left.subtractingReportingOverflow(right)
        case .multiply: (value, overflows) = left.multipliedReportingOverflow(by: right)
        case .divide:
            if right == 0 { return .error(.divisionByZero) }
            (value, overflows) = left.dividedReportingOverflow(by: right)
        case .modulo:
            if right == 0 { return .error(.divisionByZero) }
            (value, overflows) = left.remainderReportingOverflow(dividingBy: right)
        }
        return overflows ? .error(.overflow) : Slot(tag, UInt64(bitPattern: value))
    }

    @_noAllocation @_noLocks
    func uint(_ left: UInt64, _ right: UInt64) -> Slot {
        var (value, overflows) = (UInt64(0), false)
        switch self {
        case .add: (value, overflows) = left.addingReportingOverflow(right)
        case .subtract: (value, overflows) = left.subtractingReportingOverflow(right)
        case .multiply: (value, overflows) = left.multipliedReportingOverflow(by: right)
        case .divide:
            if right == 0 { return .error(.divisionByZero) }
            value = left / right
        case .modulo:
            if right == 0 { return .error(.divisionByZero) }
            value = left % right
        }
        return overflows ? .error(.overflow) : .uint(value)
    }

    @_noAllocation @_noLocks
    private func double(_ left: Double, _ right: Double) -> Slot {
        switch self {
        case .add: .double(left + right)
        case .subtract: .double(left - right)
        case .multiply: .double(left * right)
        case .divide: .double(left / right)
        case .modulo: .error(.noSuchOverload)
        }
    }

    /// Sums and differences of timestamps and durations.
    @_noAllocation @_noLocks
    private func time(_ left: Slot, _ right: Slot) -> Slot {
        switch self {
        case .add:
            guard let tag = Self.sumTag(left.tag, right.tag) else { return .error(.noSuchOverload) }
            return int(left.asInt, right.asInt, tag)
        case .subtract:
            guard let tag = Self.differenceTag(left.tag, right.tag) else {
                return .error(.noSuchOverload)
            }
            return int(left.asInt, right.asInt, tag)
        default: return .error(.noSuchOverload)
        }
    }

    @_noAllocation @_noLocks
    static func sumTag(_ left: SlotTag, _ right: SlotTag) -> SlotTag? {
        switch (left, right) {
        case (.duration, .duration): .duration
        case (.timestamp, .duration), (.duration, .timestamp): .timestamp
        default: nil
        }
    }

    @_noAllocation @_noLocks
    static func differenceTag(_ left: SlotTag, _ right: SlotTag) -> SlotTag? {
        switch (left, right) {
        case (.duration, .duration), (.timestamp, .timestamp): .duration
        case (.timestamp, .duration): .timestamp
        default: nil
        }
    }
}
