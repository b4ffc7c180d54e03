// Lanes: threads that own their state, and the few things they may share.
//
// A lane is one thread that does bounded turns of work on state that it alone owns. Lanes meet only
// in what this module offers: a ring of byte records (one writer, one reader), errands (what
// other threads ask to be done with a lane's state, by the lane) and a stop signal. No hot
// lane waits on a lock while nothing is asked of it, and there is no thread pool.
//
// In: byte records and errands from one lane. Out: the same, on another lane. It knows nothing of
// alerts, sockets or files.

/// Work that one thread does in bounded turns.
///
/// **Owner**: the thread that runs it; nothing else touches it in between.
public protocol Lane: ~Copyable {
    /// What ends the lane for good. `Never` for a lane that counts its errors and goes on.
    associatedtype Failure: Error = Never

    /// Does a bounded amount of work and returns how much, 0 when there was none.
    mutating func turn() throws(Failure) -> Int

    /// Waits for work, at most `duration`, and returns at once when `stop` is raised.
    ///
    /// The default waits on `stop` alone, which suits a lane that is fed by a ring; a lane that
    /// owns sockets polls them together with `stop.fileDescriptor`.
    mutating func park(atMost duration: Duration, until stop: StopSignal)
}

extension Lane where Self: ~Copyable {
    public mutating func park(atMost duration: Duration, until stop: StopSignal) {
        stop.wait(atMost: duration)
    }

    /// Takes turns until `stop` is raised or a turn fails, and idles as `policy` says in between.
    public mutating func run(until stop: StopSignal, idle policy: IdlePolicy) throws(Failure) {
        var idle = IdleCount(policy: policy)
        while !stop.isRaised {
            if try turn() > 0 {
                idle.reset()
                continue
            }
            switch idle.next() {
            case .spin: spinHint()
            case .yield: yieldCore()
            case .park: park(atMost: policy.park, until: stop)
            }
        }
    }
}
