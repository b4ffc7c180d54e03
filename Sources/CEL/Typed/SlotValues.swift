/// The values of a frame's slots at one moment, copied out: what explanations and tests look at.
///
/// **Cost** every slot is turned into a value: not for the path of an alert.
public struct SlotValues: Sendable {
    /// By slot; nil for one without a value.
    public private(set) var values: [Value?]

    public init(_ slots: borrowing SlotFrame, _ memory: borrowing SlotMemory) {
        values = []
        values.reserveCapacity(slots.count)
        for index in 0..<slots.count { values.append(memory.value(of: slots[index])) }
    }

    /// The value of a slot; nil where it has none.
    public subscript(slot: Int) -> Value? { values[slot] }
}

extension SlotMemory {
    /// The value a slot stands for; nil for an absent one and for an error.
    public func value(of slot: Slot) -> Value? {
        switch slot.tag {
        case .absent, .error: return nil
        case .null: return .null
        case .bool: return .bool(slot.asBool)
        case .int: return .int(slot.asInt)
        case .uint: return .uint(UInt64(bitPattern: slot.asInt))
        case .double: return .double(slot.asDouble)
        case .string: return .string(symbols.text(of: slot.asSymbol))
        case .timestamp:
            return TimestampValue(seconds: 0, carrying: slot.asInt).map { .timestamp($0) }
        case .duration: return .duration(DurationValue(nanoseconds: slot.asInt))
        case .list: return list(slot)
        case .map: return nil
        }
    }

    private func list(_ slot: Slot) -> Value {
        var elements: [Value] = []
        for index in 0..<Int(slot.extent) {
            let element = unsafe arena.address(of: slot)[index]
            elements.append(value(of: element) ?? .null)
        }
        return .list(elements)
    }
}
