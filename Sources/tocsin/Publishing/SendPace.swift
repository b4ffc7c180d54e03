import Glibc

/// Spreads alerts evenly over time.
struct SendPace {
    private let interval: Duration
    private var due = ContinuousClock.now

    /// - Parameter rate: alerts a second.
    init(rate: Double) { interval = .seconds(1 / rate) }

    /// Waits until the next alert is due. One that is late does not delay those after it, but after
    /// a pause of a second what was missed is not made up for.
    mutating func wait() {
        let now = ContinuousClock.now
        due = max(due, now - .seconds(1))
        if due > now {
            let wait = due - now
            usleep(UInt32(wait.seconds * 1_000_000))
        }
        due += interval
    }
}
