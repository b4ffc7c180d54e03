import Synchronization

/// The latest of a series of immutable values, handed from one lane to others.
///
/// A reader asks `next(after:)` as often as it likes: one atomic load while nothing is new, and it
/// never waits for the publisher. Values in between are skipped: this is state, not a queue.
public final class Published<Value: Sendable>: Sendable {
    private let current: Mutex<Value>
    private let revision = Atomic<UInt64>(0)

    public init(_ initial: Value) { current = Mutex(initial) }

    /// Replaces the value; the one before is let go on this thread unless a reader still holds it.
    public func publish(_ value: Value) {
        let previous = current.withLock { held in
            defer {
                held = value
                // Release: who reads the new revision finds the value (or a later one) in place.
                revision.wrappingAdd(1, ordering: .releasing)
            }
            return held
        }
        withExtendedLifetime(previous) {}
    }

    /// The value and its revision, 0 for the initial one. May wait for a publisher: for slow lanes.
    public func latest() -> (value: Value, revision: UInt64) {
        current.withLock { ($0, revision.load(ordering: .acquiring)) }
    }

    /// The latest value if it is newer than `seen`, which is then moved up to it; nil when there is
    /// nothing new, or when a publisher is at it this very moment: ask again next turn.
    public func next(after seen: inout UInt64) -> Value? {
        guard revision.load(ordering: .acquiring) != seen else { return nil }
        guard let found = current.withLockIfAvailable({ ($0, revision.load(ordering: .relaxed)) })
        else { return nil }
        seen = found.1
        return found.0
    }
}
