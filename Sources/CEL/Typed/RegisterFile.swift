/// The sixteen values a program works on.
struct RegisterFile: BitwiseCopyable {
    private var slots = [16 of Slot](repeating: Slot())

    @_noAllocation @_noLocks @inline(__always)
    init() {}

    /// **Range** 0 to 15, which the emitter sees to.
    subscript(number: UInt16) -> Slot {
        @_noAllocation @_noLocks @inline(__always)
        get { unsafe slots[unchecked: Int(number & 15)] }
        @_noAllocation @_noLocks @inline(__always)
        set { unsafe slots[unchecked: Int(number & 15)] = newValue }
    }
}
