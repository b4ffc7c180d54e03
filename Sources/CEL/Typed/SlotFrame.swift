/// The slots that programs read, in memory of their own: a host fills them in place and runs many
/// programs over them.
///
/// A type of its own because code that may not allocate can pass it on, but cannot make a span.
/// **Owner** one thread at a time.
@safe
public struct SlotFrame: ~Copyable, @unchecked Sendable {
    @usableFromInline let base: UnsafeMutablePointer<Slot>
    public let count: Int

    /// A frame of absent slots.
    public init(count: Int) {
        self.count = count
        unsafe base = .allocate(capacity: max(count, 1))
        unsafe base.initialize(repeating: Slot(), count: max(count, 1))
    }

    public init(_ slots: [Slot]) {
        self.init(count: slots.count)
        for (index, slot) in slots.enumerated() { self[index] = slot }
    }

    deinit { unsafe base.deallocate() }

    /// **Fails** traps out of bounds.
    public subscript(index: Int) -> Slot {
        @_noAllocation @_noLocks @inlinable get {
            precondition(index >= 0 && index < count)
            return unsafe base[index]
        }
        @_noAllocation @_noLocks @inlinable set {
            precondition(index >= 0 && index < count)
            unsafe base[index] = newValue
        }
    }

    @unsafe subscript(unchecked index: Int) -> Slot {
        @_noAllocation @_noLocks get { unsafe base[index] }
    }
}
