/// Functions of one or two numbers, by the names of the math library.
enum Calculation: UInt8, BitwiseCopyable {
    case least, greatest, bitAnd, bitOr, bitXor, bitShiftLeft, bitShiftRight
    case bitNot, abs, sign, ceil, floor, round, trunc, sqrt, isNaN, isInf, isFinite
}

// Rounding has instructions or library routines of its own, but their Swift spellings carry no
// promise not to allocate; these declarations give the C library's functions that promise, which
// they keep.
@_noAllocation @_noLocks @_silgen_name("sqrt")
private func squareRoot(_ value: Double) -> Double
@_noAllocation @_noLocks @_silgen_name("ceil")
private func roundedUp(_ value: Double) -> Double
@_noAllocation @_noLocks @_silgen_name("floor")
private func roundedDown(_ value: Double) -> Double
@_noAllocation @_noLocks @_silgen_name("round")
private func roundedAwayFromZero(_ value: Double) -> Double
@_noAllocation @_noLocks @_silgen_name("trunc")
private func roundedTowardZero(_ value: Double) -> Double

extension Calculation {
    /// The function's value; an error slot when the operands' types or values have none.
    @_noAllocation @_noLocks
    func value(_ left: Slot, _ right: Slot) -> Slot {
        switch self {
        case .least, .greatest: choose(left, right)
        case .bitAnd, .bitOr, .bitXor: combine(left, right)
        case .bitShiftLeft, .bitShiftRight: shift(left, right)
        case .bitNot: Self.inverted(left)
        case .abs, .sign: magnitude(left)
        default: real(left)
        }
    }

    /// The first of equal operands, as the reference implementation does.
    @_noAllocation @_noLocks
    private func choose(_ left: Slot, _ right: Slot) -> Slot {
        guard left.tag.isNumber, right.tag.isNumber else { return .error(.noSuchOverload) }
        let order = SlotOrder.compareNumbers(right, left)
        switch self {
        case .least: return order == .less ? right : left
        default: return order == .greater ? right : left
        }
    }

    @_noAllocation @_noLocks
    private func combine(_ left: Slot, _ right: Slot) -> Slot {
        guard left.tag == right.tag, left.tag == .int || left.tag == .uint else {
            return .error(.noSuchOverload)
        }
        switch self {
        case .bitAnd: return Slot(left.tag, left.bits & right.bits)
        case .bitOr: return Slot(left.tag, left.bits | right.bits)
        default: return Slot(left.tag, left.bits ^ right.bits)
        }
    }

    /// Shifts fill with zeros, also to the right; a negative distance is refused.
    @_noAllocation @_noLocks
    private func shift(_ left: Slot, _ right: Slot) -> Slot {
        guard left.tag == .int || left.tag == .uint, right.tag == .int else {
            return .error(.noSuchOverload)
        }
        if right.asInt < 0 { return .error(.outOfRange) }
        if right.asInt > 63 { return Slot(left.tag, 0) }
        switch self {
        case .bitShiftLeft: return Slot(left.tag, left.bits &<< right.bits)
        default: return Slot(left.tag, left.bits &>> right.bits)
        }
    }

    @_noAllocation @_noLocks
    private static func inverted(_ operand: Slot) -> Slot {
        guard operand.tag == .int || operand.tag == .uint else { return .error(.noSuchOverload) }
        return Slot(operand.tag, ~operand.bits)
    }

    @_noAllocation @_noLocks
    private func magnitude(_ operand: Slot) -> Slot {
        switch self {
        case .abs: Self.absolute(operand)
        default: Self.signum(operand)
        }
    }

    @_noAllocation @_noLocks
    private static func absolute(_ operand: Slot) -> Slot {
        switch operand.tag {
        case .uint: return operand
        case .double: return Slot(.double, operand.bits & 0x7FFF_FFFF_FFFF_FFFF)
        case .int:
            if operand.asInt == .min { return .error(.overflow) }
            return .int(operand.asInt < 0 ? -operand.asInt : operand.asInt)
        default: return .error(.noSuchOverload)
        }
    }

    @_noAllocation @_noLocks
    private static func signum(_ operand: Slot) -> Slot {
        switch operand.tag {
        case .uint: return .uint(operand.bits == 0 ? 0 : 1)
        case .int: return .int(operand.asInt == 0 ? 0 : operand.asInt < 0 ? -1 : 1)
        case .double:
            let value = operand.asDouble
            if value > 0 { return .double(1) }
            return value < 0 ? .double(-1) : operand
        default: return .error(.noSuchOverload)
        }
    }

    /// Functions of a double.
    @_noAllocation @_noLocks
    private func real(_ operand: Slot) -> Slot {
        if operand.tag != .double {
            switch self {
            case .sqrt:
                if operand.tag == .int { return .double(squareRoot(Double(operand.asInt))) }
                if operand.tag == .uint { return .double(squareRoot(Double(operand.bits))) }
                return .error(.noSuchOverload)
            default: return .error(.noSuchOverload)
            }
        }
        let value = operand.asDouble
        switch self {
        case .ceil: return .double(roundedUp(value))
        case .floor: return .double(roundedDown(value))
        case .round: return .double(roundedAwayFromZero(value))
        case .trunc: return .double(roundedTowardZero(value))
        case .sqrt: return .double(squareRoot(value))
        case .isNaN: return .bool(value != value)
        case .isInf: return .bool(operand.bits & 0x7FFF_FFFF_FFFF_FFFF == 0x7FF0_0000_0000_0000)
        default: return .bool(value - value == 0)
        }
    }
}
