import Synchronization

/// What other threads ask to be done with a lane's state: carried out by the lane itself, between
/// two pieces of its own work, in the order in which they came.
///
/// One atomic load a turn while nothing is asked. Errands are rare (a reload, a change of mode), so
/// they may allocate and take their time; the lane stands still meanwhile.
public final class Errands<Owner: ~Copyable>: Sendable {
    public typealias Errand = @Sendable (inout Owner) -> Void

    private let waiting = Mutex<[Errand]>([])
    private let isWaiting = Atomic<Bool>(false)

    public init() {}

    /// Has `errand` carried out soon.
    public func submit(_ errand: @escaping Errand) {
        waiting.withLock {
            $0.append(errand)
            // Release: the lane that sees the mark finds the errand in the list.
            isWaiting.store(true, ordering: .releasing)
        }
    }

    /// Has `errand` carried out and gives what it made; nil when the lane has not come to it within
    /// `limit`, which does not call it back.
    public func perform<Result: Sendable>(
        within limit: Duration, _ errand: @escaping @Sendable (inout Owner) -> Result
    ) -> Result? {
        let done = StopSignal()
        let result = Shared(Mutex<Result?>(nil))
        submit { owner in
            let made = errand(&owner)
            result.value.withLock { $0 = made }
            done.raise()
        }
        let clock = ContinuousClock()
        let end = clock.now + limit
        while !done.isRaised, clock.now < end { done.wait(atMost: end - clock.now) }
        return result.value.withLock { $0 }
    }

    /// Carries out what waits; the lane calls it between two pieces of work. Gives how many.
    public func carryOut(on owner: inout Owner) -> Int {
        guard isWaiting.load(ordering: .acquiring) else { return 0 }
        let errands = waiting.withLock { list in
            isWaiting.store(false, ordering: .relaxed)
            defer { list = [] }
            return list
        }
        for errand in errands { errand(&owner) }
        return errands.count
    }

    /// A lock that a closure can hold on to.
    private final class Shared<Value: ~Copyable & Sendable>: Sendable {
        let value: Value
        init(_ value: consuming Value) { self.value = value }
    }
}
