// Steps whose work is more than a line.
extension ProgramLibrary {
    /// Steps that are rare or work on types known only now.
    @_noAllocation @_noLocks
    func compute(
        _ step: Operation, _ left: Slot, _ right: Slot, _ memory: borrowing SlotMemory
    ) -> Slot {
        let selector = UInt8(truncatingIfNeeded: step.immediate)
        switch step.code {
        case .anyArithmetic:
            return unsafe unsafeBitCast(selector, to: Arithmetic.self).value(left, right)
        case .negate: return Self.negated(left)
        case .convert: return Conversion.value(left, to: step.tag)
        case .size: return memory.size(of: left)
        case .calculate:
            return unsafe unsafeBitCast(selector, to: Calculation.self).value(left, right)
        case .timePart:
            let minutes = Int64(Int16(bitPattern: step.target))
            return unsafe unsafeBitCast(selector, to: TimePart.self).value(of: left, east: minutes)
        case .field:
            guard left.tag == .map else { return .error(.noSuchOverload) }
            let value = memory.arena.value(of: step.immediate, in: left)
            return value.tag == .absent ? .error(.noSuchKey) : value
        default: return memory.element(right, of: left)
        }
    }

    @_noAllocation @_noLocks
    private static func negated(_ value: Slot) -> Slot {
        switch value.tag {
        case .double: return .double(-value.asDouble)
        case .int:
            if value.asInt == .min { return .error(.overflow) }
            return .int(-value.asInt)
        default: return .error(.noSuchOverload)
        }
    }

    /// Puts the next element of a loop's range into its registers; false when there is none.
    @_noAllocation @_noLocks @inline(__always)
    static func advance(
        _ step: Operation, _ registers: inout RegisterFile, _ memory: borrowing SlotMemory
    ) -> Bool {
        let range = registers[step.left]
        var index = Int(registers[step.left &+ 1].asInt)
        let elements = unsafe memory.arena.address(of: range)
        let isPair = step.tag != .absent
        if range.tag == .list {
            if index >= Int(range.extent) { return false }
            let element = unsafe elements[index]
            registers[UInt16(step.register)] = isPair ? .int(Int64(index)) : element
            if isPair { registers[UInt16(step.register) &+ 1] = element }
            registers[step.left &+ 1] = .int(Int64(index &+ 1))
            return true
        }
        while index <= Int(range.extent) {
            let key = unsafe elements[1 &+ 2 &* index]
            index &+= 1
            if key.tag == .absent { continue }
            registers[UInt16(step.register)] = key
            if isPair { registers[UInt16(step.register) &+ 1] = unsafe elements[2 &* index] }
            registers[step.left &+ 1] = .int(Int64(index))
            return true
        }
        return false
    }
}
