/// Hands a value that cannot be copied from the thread that made it to the one that will own it,
/// once.
///
/// Unchecked: the giver lets go before the taker's thread is started, and that start orders the
/// two.
public final class Handover<Value: ~Copyable>: @unchecked Sendable {
    private var value: Value?

    public init(_ value: consuming Value) { self.value = consume value }

    /// The value. **Fails**: traps when it was taken before.
    public func take() -> Value {
        guard let taken = value.take() else { preconditionFailure("handed over twice") }
        return taken
    }
}
