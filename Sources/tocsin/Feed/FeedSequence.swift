/// Watches the numbers of a feed's messages for holes.
///
/// Numbers are contiguous over all that a server publishes, so only who subscribes to everything
/// can see a hole; the heartbeat tells the last number, and with it what is missing at the end.
struct FeedSequence {
    struct Gap: Equatable {
        let missing: UInt64
        let after: UInt64
    }

    private var epoch = ""
    private var last: UInt64?

    /// Takes note of message `number`; what is missing before it.
    mutating func saw(_ number: UInt64) -> Gap? {
        defer { last = max(number, last ?? 0) }
        guard let last, number > last + 1 else { return nil }
        return Gap(missing: number - last - 1, after: last)
    }

    /// Takes note of a heartbeat; what is missing before it. A new epoch begins a new count.
    mutating func heard(epoch: String, last number: UInt64) -> Gap? {
        if epoch != self.epoch {
            (self.epoch, last) = (epoch, number)
            return nil
        }
        guard let last, number > last else { return nil }
        self.last = number
        return Gap(missing: number - last, after: last)
    }
}
