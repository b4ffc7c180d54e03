import Domain

/// What is known of the milliseconds from now on without trying.
private struct KnownMilliseconds: BitwiseCopyable {
    /// Before this one the target is not reached.
    var unreachedBefore: Int64 = 1
    /// From this one on it is.
    var reachedFrom: Int64 = .max

    @_noAllocation @_noLocks
    init() {}

    /// A single contribution of this worth, down to `target`.
    @_noAllocation @_noLocks
    init(_ worth: LeakyMaximum, downTo target: MilliPoints, from now: Timestamp) {
        guard target.value < worth.points.value else {
            reachedFrom = 1
            return
        }
        let bracket = DecayBracket(of: worth.points, downTo: target, halfLife: worth.halfLife)
        let age = (now - worth.at).nanoseconds
        // So far ahead lies no evidence that a door lets in, and the sums below have room.
        guard bracket.reachedFrom != .max, age > -1 << 60 else { return }
        if bracket.aboveUntil >= age {
            unreachedBefore = (bracket.aboveUntil - age) / 1_000_000 + 1
        }
        reachedFrom = 1
        if bracket.reachedFrom > age {
            reachedFrom = (bracket.reachedFrom - age + 999_999) / 1_000_000
        }
    }
}

extension ScoreBoard {
    /// The first moment, to a millisecond, at which the decaying score is at or below `target`; at
    /// the latest when the smallest contribution is gone.
    ///
    /// Halves the time left until one millisecond remains. What is known beforehand is not tried,
    /// and leads to the same one: of a single contribution, nearly always all of it.
    @_noAllocation @_noLocks
    func crossing(
        _ state: Int, _ target: Int32, _ below: RollUp, _ now: Timestamp
    ) -> Timestamp {
        let known = known(state, target, below, now)
        var low: Int64 = 1
        var high: Int64 = longestHalfLife(state).nanoseconds / 1_000_000 * 10 + 1
        if known.unreachedBefore == known.reachedFrom {
            low = known.reachedFrom < high ? known.reachedFrom : high
            high = low
        }
        while low < high {
            let middle = low + (high - low) / 2
            var isReached = middle >= known.reachedFrom
            if !isReached && middle >= known.unreachedBefore {
                let moment = now + Interval(nanoseconds: middle &* 1_000_000)
                isReached = self.isReached(state, target, below, moment)
            }
            if isReached { high = middle } else { low = middle + 1 }
        }
        return now + Interval(nanoseconds: low &* 1_000_000)
    }

    @_noAllocation @_noLocks
    private func isReached(
        _ state: Int, _ target: Int32, _ below: RollUp, _ moment: Timestamp
    ) -> Bool {
        let own = combined(state, at: moment)
        if target < ScoreBoard.floorMilliPoints { return own.value <= target }
        return below.score(own: own).value <= target
    }

    /// A single contribution, with no child beside it, is its cell's score.
    @_noAllocation @_noLocks
    private func known(
        _ state: Int, _ target: Int32, _ below: RollUp, _ now: Timestamp
    ) -> KnownMilliseconds {
        let entry = Int(states[state].head) - 1
        guard pool[entry].next == 0 else { return KnownMilliseconds() }
        guard target < ScoreBoard.floorMilliPoints || below.isEmpty() else {
            return KnownMilliseconds()
        }
        return KnownMilliseconds(pool[entry].worth, downTo: MilliPoints(target), from: now)
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
