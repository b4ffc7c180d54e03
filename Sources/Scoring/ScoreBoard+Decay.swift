import Domain

extension ScoreBoard {
    /// The groups' largest contributions, combined by noisy-or in the order of the groups.
    @_noAllocation @_noLocks
    func combined(_ state: Int, at now: Timestamp) -> MilliPoints {
        var whole = NoisyOr()
        var link = states[state].head
        while link != 0 {
            let entry = Int(link) - 1
            whole.add(pool[entry].worth.points(at: now), of: pool[entry].group)
            link = pool[entry].next
        }
        return whole.score()
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
}
