import Domain

/// The groups' largest contributions on their way into one score, `100·(1 − Π(1 − s/100))`, in the
/// order of the groups.
struct NoisyOr: BitwiseCopyable {
    /// What the groups that are complete leave of the whole, in fractions of 2^32.
    private var remaining: UInt64 = 1 << 32
    private var group: UInt32 = 0
    private var largest: Int32 = 0

    @_noAllocation @_noLocks
    init() {}

    /// Takes a contribution of `group` in; groups come in their order.
    @_noAllocation @_noLocks
    mutating func add(_ points: MilliPoints, of group: UInt32) {
        if group != self.group {
            remaining = rest()
            self.group = group
            largest = 0
        }
        if points.value > largest { largest = points.value }
    }

    @_noAllocation @_noLocks
    func score() -> MilliPoints {
        let score = (((1 << 32) &- rest()) &* 100_000 &+ (1 << 31)) &>> 32
        return MilliPoints(Int32(truncatingIfNeeded: score))
    }

    /// `remaining · (1 − largest/100)`.
    @_noAllocation @_noLocks
    private func rest() -> UInt64 {
        remaining &* UInt64(100_000 &- Int64(largest)) / 100_000
    }
}
