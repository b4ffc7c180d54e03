public import CEL

extension Slot {
    @inlinable public var isString: Bool { tag == .string }

    /// Whether there is a value: neither absent nor an error.
    @inlinable public var isPresent: Bool { !(tag == .absent || tag == .error) }

    /// The value as a number; NaN when it is none.
    @inlinable public var number: Double {
        if tag == .double { return asDouble }
        return tag == .int ? Double(asInt) : Double.nan
    }
}

extension SymbolTable {
    /// The slot of a string, interned for the table's life; for start-up.
    public mutating func slot(_ text: String) -> Slot { Slot.string(intern(text)) }

    /// 64 bits that tell a value from every other, for keys and distinct values: the same in every
    /// process, because what is kept by them outlives this one.
    @_noAllocation @_noLocks
    public func identity(of slot: Slot) -> UInt64 {
        if slot.isString { return identity(of: slot.asSymbol) }
        return slot.bits ^ (UInt64(unsafe unsafeBitCast(slot.tag, to: UInt8.self)) &<< 56)
    }
}
