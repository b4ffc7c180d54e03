/// A value in a place of its own, with one owner.
///
/// A large engine part stored in place makes its owner large, and the compiler follows every stored
/// field of every noncopyable value through every function: behind a pointer it follows one.
///
/// **Cost**: one load to reach the value.
@safe
public struct Owned<Value: ~Copyable>: ~Copyable {
    @usableFromInline let place: UnsafeMutablePointer<Value>

    public init(_ value: consuming Value) {
        let place = UnsafeMutablePointer<Value>.allocate(capacity: 1)
        unsafe place.initialize(to: value)
        unsafe self.place = place
    }

    /// The value, out of its place.
    public consuming func take() -> Value {
        let value = unsafe place.move()
        unsafe place.deallocate()
        discard self
        return value
    }

    deinit {
        unsafe place.deinitialize(count: 1)
        unsafe place.deallocate()
    }

    @inlinable public var value: Value {
        unsafeAddress { unsafe UnsafePointer(place) }
        unsafeMutableAddress { unsafe place }
    }
}

// Safe to hand to another thread as a whole: the place has one owner.
extension Owned: @unchecked Sendable where Value: Sendable & ~Copyable {}
