import Domain

extension ScoreBoard {
    /// The groups' largest contributions, combined by noisy-or in the order of the groups.
    @_noAllocation @_noLocks
    func combined(_ state: Int, at now: Timestamp) -> MilliPoints {
        var remaining: UInt64 = 1 << 32
        var group: UInt32 = 0
        var largest: Int32 = 0
        var link = states[state].head
        while link != 0 {
            let entry = Int(link) - 1
            if pool[entry].group != group {
                remaining = ScoreBoard.reduced(remaining, by: largest)
                group = pool[entry].group
                largest = 0
            }
            let points = pool[entry].worth.points(at: now).value
            if points > largest { largest = points }
            link = pool[entry].next
        }
        remaining = ScoreBoard.reduced(remaining, by: largest)
        let score = (((1 << 32) &- remaining) &* 100_000 &+ (1 << 31)) &>> 32
        return MilliPoints(Int32(truncatingIfNeeded: score))
    }

    /// `remaining · (1 − points/100)`, in fractions of 2^32.
    @_noAllocation @_noLocks
    static func reduced(_ remaining: UInt64, by points: Int32) -> UInt64 {
        remaining &* UInt64(100_000 &- Int64(points)) / 100_000
    }

    /// The next moment at which decay alone changes what the feed should hear: a warning level
    /// left, another five points gone, or nothing left.
    @_noAllocation @_noLocks
    mutating func setTimer(
        _ state: Int, _ standing: Standing, _ below: RollUp, _ now: Timestamp,
        _ timers: inout TimerQueue
    ) {
        guard states[state].head != 0 else {
            timers.cancel(firstTimer + state)
            return
        }
        let step = standing.score.value - 5000
        let leave = warnings.clear[Int(standing.warning.rawValue)] - 1
        var target = step > leave ? step : leave
        // With this much of its own every contribution is below the floor and is swept away.
        if target < ScoreBoard.floorMilliPoints { target = ScoreBoard.floorMilliPoints - 1 }
        timers.set(firstTimer + state, due: crossing(state, target, below, now))
    }

    /// The first moment, to a millisecond, at which the decaying score is at or below `target`; at
    /// the latest when the smallest contribution is gone.
    @_noAllocation @_noLocks
    private func crossing(
        _ state: Int, _ target: Int32, _ below: RollUp, _ now: Timestamp
    ) -> Timestamp {
        var low: Int64 = 1
        var high: Int64 = longestHalfLife(state).nanoseconds / 1_000_000 * 10 + 1
        while low < high {
            let middle = low + (high - low) / 2
            let moment = now + Interval(nanoseconds: middle &* 1_000_000)
            let own = combined(state, at: moment)
            let isReached =
                target < ScoreBoard.floorMilliPoints
                ? own.value <= target : below.score(own: own).value <= target
            if isReached { high = middle } else { low = middle + 1 }
        }
        return now + Interval(nanoseconds: low &* 1_000_000)
    }

    @_noAllocation @_noLocks
    private func longestHalfLife(_ state: Int) -> Interval {
        var longest = Interval(nanoseconds: 0)
        var link = states[state].head
        while link != 0 {
            let entry = Int(link) - 1
            let halfLife = pool[entry].worth.halfLife
            if halfLife > longest { longest = halfLife }
            link = pool[entry].next
        }
        return longest
    }
}
