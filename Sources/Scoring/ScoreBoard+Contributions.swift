import Domain

extension ScoreBoard {
    /// Finds the plan's contribution in the list, or links a new one in its place; -1 when there is
    /// no room. What a plan spreads into a cell is another than what it adds there itself.
    @_noAllocation @_noLocks
    mutating func contribution(_ state: Int, _ score: ScorePlan) -> Int {
        var previous = -1
        var link = states[state].head
        while link != 0 {
            let entry = Int(link) - 1
            if pool[entry].group > score.group { break }
            if pool[entry].group == score.group {
                if pool[entry].plan == score.identity { return entry }
                if pool[entry].plan > score.identity { break }
            }
            previous = entry
            link = pool[entry].next
        }
        let entry = take()
        guard entry >= 0 else { return -1 }
        let never = Timestamp(nanoseconds: .min)
        pool[entry] = Contribution(
            next: link, plan: score.identity, group: score.group, rule: score.rule,
            worth: LeakyMaximum(MilliPoints(0), at: never, halfLife: score.halfLife), alerts: 0,
            latest: 0, first: never, last: never)
        let this = UInt32(truncatingIfNeeded: entry + 1)
        if previous < 0 { states[state].head = this } else { pool[previous].next = this }
        return entry
    }

    @_noAllocation @_noLocks
    private mutating func take() -> Int {
        if free != 0 {
            let entry = Int(free) - 1
            free = pool[entry].next
            return entry
        }
        guard used < pool.capacity else { return -1 }
        used += 1
        return used - 1
    }

    /// Unlinks contributions that have decayed to nothing; gives what is left, combined. One pass,
    /// so that each contribution's decay is worked out once.
    @_noAllocation @_noLocks
    mutating func sweep(_ state: Int, at now: Timestamp) -> MilliPoints {
        var whole = NoisyOr()
        var previous = -1
        var link = states[state].head
        while link != 0 {
            let entry = Int(link) - 1
            let next = pool[entry].next
            let points = pool[entry].worth.points(at: now)
            if points.value < ScoreBoard.floorMilliPoints {
                if previous < 0 { states[state].head = next } else { pool[previous].next = next }
                pool[entry].next = free
                free = link
            } else {
                whole.add(points, of: pool[entry].group)
                previous = entry
            }
            link = next
        }
        return whole.score()
    }
}
