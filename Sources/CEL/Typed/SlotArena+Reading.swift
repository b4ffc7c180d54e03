extension SlotArena {
    /// How many elements a list has.
    @_noAllocation @_noLocks
    public func elementCount(of list: Slot) -> Int {
        list.tag == .list ? Int(list.extent) : 0
    }

    /// An element of a list. **Range**: 0 ..< `elementCount(of:)`.
    @_noAllocation @_noLocks
    public func element(_ index: Int, of list: Slot) -> Slot {
        precondition(index >= 0 && index < elementCount(of: list))
        return unsafe address(of: list)[index]
    }
}
