import CEL
public import Domain
import Scoring

// The order of event time: what is late, what waits for the watermark, and what happens when its
// turn has come.
//
// At one instant alerts come before deadlines, and all deadlines before what follows from them
// together.

extension Walk {
    /// Whether rules are shown the alert: it is not older than the watermark. Its source's clock is
    /// noted. A test alert moves nothing.
    @_noAllocation @_noLocks
    package mutating func isInTime() -> Bool {
        if sighting.status == .test { return true }
        if sighting.time < watermark.time { return false }
        watermark.observe(sighting.source, at: sighting.time)
        return true
    }

    /// Takes note of an alert that is too late to change anything.
    @_noAllocation @_noLocks
    package mutating func passOver() {
        clearLists()
        counters.late &+= 1
        admission.states[sighting.source.int].late &+= 1
    }

    /// Lets the alert wait for its turn, by the rules that need it.
    @_noAllocation @_noLocks
    package mutating func waitInOrder(_ letter: LetterHead) {
        guard sighting.status != .test, rules.waiting.count > 0 else { return }
        var id = StableHash(seed: UInt64(alert.state.rawValue))
        id.combine(alert.texts, alert.id.first, alert.id.end)
        let source = admission.states[sighting.source.int].symbol
        let order = EventOrder(
            time: sighting.time, source: rules.table.memory.symbols.identity(of: source),
            number: number(letter) ?? 0, id: id.value)
        buffer.insert(order, sighting, rules.waiting, rules.slots)
    }

    /// Judges everything that no earlier alert can come before any more. When too many wait, the
    /// earliest is judged as if it were so: what is older is late from then on.
    @_noAllocation @_noLocks
    mutating func release() {
        if buffer.isOverfull {
            counters.releasedEarly &+= 1
            watermark.force(past: buffer.earliest())
        }
        while true {
            if earliestInOrder() >= watermark.time { break }
            judgeNext()
        }
    }

    /// Holds everything up to `time` as come in: releases what waits and fires every timer and
    /// deadline due by then, in the order of their times. For tests, and for the end of a replay.
    @_noAllocation @_noLocks
    public mutating func settle(at time: Timestamp) {
        if !isListening { noteGap(at: time) }
        watermark.force(past: time)
        while true {
            let due = timers.earliest()
            let next = earliestInOrder()
            if next <= due && next <= time {
                judgeNext()
            } else {
                if due > time { break }
                fire(timers.pop(dueBy: due), at: due)
            }
        }
        pass(time)
    }

    /// Whether the clock was set back by more than stragglers and quiet sources explain.
    @_noAllocation @_noLocks
    func isSetBack(_ time: Timestamp) -> Bool { now - time > rules.table.time.idleSource }

    /// Settles everything up to the moment that was thought to be now, then goes on from `time`.
    @_noAllocation @_noLocks
    mutating func restartClock(at time: Timestamp) {
        settle(at: now)
        now = time
        watermark.restart(at: time)
    }

    /// When what waits first has its turn though nothing more comes; `.forever` when that is not by
    /// `time`, or when nothing waits.
    @_noAllocation @_noLocks
    func nextTurn(by time: Timestamp) -> Timestamp {
        let next = earliestInOrder()
        if next.nanoseconds == .max || watermark.holdsBack(next, at: time) {
            return Timestamp(nanoseconds: .max)
        }
        return watermark.clock(passing: next)
    }

    @_noAllocation @_noLocks
    private func earliestInOrder() -> Timestamp {
        let (alert, deadline) = (buffer.earliest(), deadlines.earliest())
        return alert < deadline ? alert : deadline
    }

    @_noAllocation @_noLocks
    private mutating func judgeNext() {
        let due = deadlines.earliest()
        if buffer.count > 0 && buffer.earliest() <= due {
            judgeEarliest()
        } else {
            meetDeadlines(at: due)
        }
    }

    /// The earliest alert that waits, from the match on the same way as any other.
    @_noAllocation @_noLocks
    private mutating func judgeEarliest() {
        clearLists()
        let waiting = buffer.pop(into: &rules.slots)
        sighting = waiting.sighting
        let time = waiting.sighting.time
        fillContext(at: time)
        rules.judge(
            waiting.sighting, by: waiting.rules, deadlines: &deadlines, hits: &hits)
        finish(at: time)
        followUp(at: time)
    }

    /// All deadlines of one instant, then what follows from them together.
    @_noAllocation @_noLocks
    private mutating func meetDeadlines(at due: Timestamp) {
        while true {
            let key = deadlines.pop(dueBy: due)
            if key < 0 { break }
            clearLists()
            sighting = rules.sighting(key)
            fillContext(at: due)
            rules.meetDeadline(key, at: due, deadlines: &deadlines, hits: &hits)
            finish(at: due)
        }
        followUp(at: due)
    }

    /// Ends the watch over those who have gone from their roster, and what was found of them.
    mutating func dismiss(at time: Timestamp) {
        for key in 0..<rules.keyCount {
            clearLists()
            if rules.dismiss(key, at: time, deadlines: &deadlines, hits: &hits) {
                sighting = rules.sighting(key)
                fillContext(at: time)
                finish(at: time)
            }
        }
        followUp(at: time)
    }

    /// Who is silent has changed: one finding after the other.
    @_noAllocation @_noLocks
    private mutating func followUp(at time: Timestamp) {
        while true {
            clearLists()
            if !rules.followUp(at: time, deadlines: &deadlines, hits: &hits) { break }
            if hits.count == 0 { continue }
            sighting = rules.sighting(Int(hits[0].key))
            fillContext(at: time)
            finish(at: time)
        }
    }

    @_noAllocation @_noLocks
    private mutating func fillContext(at time: Timestamp) {
        if time > now { now = time }
        fillCell()
        fillContext(cell: sighting.cell, at: time)
    }

    @_noAllocation @_noLocks
    private mutating func finish(at time: Timestamp) {
        if hits.count == 0 { return }
        score()
        prioritize()
        dispatchOutputs(at: time)
    }

    @_noAllocation @_noLocks
    private mutating func clearLists() {
        hits.clear()
        changes.clear()
        announcements.clear()
    }
}
