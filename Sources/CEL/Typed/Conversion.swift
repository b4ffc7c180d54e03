/// Conversions that need no text: `int()`, `uint()`, `double()` and casts to the type a value has.
enum Conversion {
    @_noAllocation @_noLocks
    static func value(_ value: Slot, to tag: SlotTag) -> Slot {
        if value.tag == tag { return value }
        switch tag {
        case .int: return int(value)
        case .uint: return uint(value)
        case .double: return double(value)
        case .timestamp: return timestamp(value)
        default: return .error(.noSuchOverload)
        }
    }

    /// Doubles are cut off towards zero; a timestamp answers its seconds.
    @_noAllocation @_noLocks
    private static func int(_ value: Slot) -> Slot {
        switch value.tag {
        case .uint:
            return value.bits > 0x7FFF_FFFF_FFFF_FFFF ? .error(.outOfRange) : .int(value.asInt)
        case .double:
            let number = value.asDouble
            // The bounds are excluded as in the reference: the upper is no int, the lower rounds.
            guard number > -0x1p63, number < 0x1p63 else { return .error(.outOfRange) }
            return .int(Int64(number))
        case .timestamp:
            let seconds = value.asInt / 1_000_000_000
            return .int(value.asInt % 1_000_000_000 < 0 ? seconds - 1 : seconds)
        default: return .error(.noSuchOverload)
        }
    }

    @_noAllocation @_noLocks
    private static func uint(_ value: Slot) -> Slot {
        switch value.tag {
        case .int: return value.asInt < 0 ? .error(.outOfRange) : .uint(value.bits)
        case .double:
            let number = value.asDouble
            guard number >= 0, number < 0x1p64 else { return .error(.outOfRange) }
            return .uint(UInt64(number))
        default: return .error(.noSuchOverload)
        }
    }

    @_noAllocation @_noLocks
    private static func double(_ value: Slot) -> Slot {
        switch value.tag {
        case .int: .double(Double(value.asInt))
        case .uint: .double(Double(value.bits))
        default: .error(.noSuchOverload)
        }
    }

    /// Seconds since the Unix epoch.
    @_noAllocation @_noLocks
    private static func timestamp(_ value: Slot) -> Slot {
        guard value.tag == .int else { return .error(.noSuchOverload) }
        let (nanoseconds, overflows) = value.asInt.multipliedReportingOverflow(by: 1_000_000_000)
        return overflows ? .error(.overflow) : .timestamp(nanoseconds: nanoseconds)
    }
}
