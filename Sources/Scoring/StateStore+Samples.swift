import CEL
import Domain

/// What is in a window that keeps samples one by one.
struct KeptSamples: BitwiseCopyable {
    var count = 0
    var leaves = Int64.max
}

// Windows that keep their samples one by one, exact to the nanosecond: the values of `distinct`
// with the time each was last seen, the samples of `quantile` in ascending order.
//
//     | hash | time | hash | time | …          | value | time | value | time | …
//
// When there is no room the oldest is given up, so what is kept does not depend on the order of
// arrival.

extension StateStore {
    @_noAllocation @_noLocks
    private func used(_ place: WindowPlace) -> Int { Int(words[place.header + 1]) }

    /// The samples in (now − over, now].
    @_noAllocation @_noLocks
    func keptSamples(_ plan: WindowPlan, _ place: WindowPlace, _ now: Timestamp) -> KeptSamples {
        let edge = now.nanoseconds &- plan.over.nanoseconds
        var kept = KeptSamples()
        let end = place.body + 2 * used(place)
        var at = place.body
        while at < end {
            let time = time(at + 1)
            if time > edge {
                kept.count += 1
                let leaves = time &+ plan.over.nanoseconds
                if leaves < kept.leaves { kept.leaves = leaves }
            }
            at += 2
        }
        return kept
    }

    /// The value of a window that keeps its samples.
    @_noAllocation @_noLocks
    func reading(_ plan: WindowPlan, _ place: WindowPlace, _ kept: KeptSamples) -> Reading {
        if plan.function == .distinct {
            let count = Int64(truncatingIfNeeded: kept.count)
            return Reading(value: .int(count), isSampled: kept.count > 0)
        }
        guard kept.count > 0 else { return StateStore.emptyReading(plan) }
        let value = quantile(plan, place, kept)
        return Reading(value: .double(value), isSampled: true)
    }

    /// The quantile of the samples that have not left, linear between the two nearest ranks.
    @_noAllocation @_noLocks
    private func quantile(
        _ plan: WindowPlan, _ place: WindowPlace, _ kept: KeptSamples
    ) -> Double {
        // What leaves first has not left: nothing before it counts.
        let oldest = kept.leaves &- plan.over.nanoseconds
        let rank = plan.quantile * Double(kept.count - 1)
        var skipped = Int(rank)
        let fraction = rank - Double(skipped)
        var at = place.body
        while skipped > 0 || time(at + 1) < oldest {
            if time(at + 1) >= oldest { skipped -= 1 }
            at += 2
        }
        let lower = double(at)
        guard fraction > 0 else { return lower }
        repeat { at += 2 } while time(at + 1) < oldest
        return lower + (double(at) - lower) * fraction
    }

    /// Notes a value in a distinct window.
    @_noAllocation @_noLocks
    mutating func addDistinct(
        _ hash: UInt64, _ plan: WindowPlan, _ place: WindowPlace, _ times: SampleTimes
    ) {
        let sample = times.sample.nanoseconds
        guard sample > times.now.nanoseconds &- plan.over.nanoseconds else { return }
        let end = place.body + 2 * used(place)
        var at = place.body
        while at < end {
            if words[at] == hash {
                if sample > time(at + 1) { set(at + 1, sample) }
                return
            }
            at += 2
        }
        at = room(plan, place, (hash, sample), times.now)
        guard at >= 0 else { return }
        words[at] = hash
        set(at + 1, sample)
    }

    /// A place for a new entry: a fresh one, or that of the oldest; -1 when the new one is itself
    /// the oldest.
    @_noAllocation @_noLocks
    private mutating func room(
        _ plan: WindowPlan, _ place: WindowPlace, _ entry: (bits: UInt64, time: Int64),
        _ now: Timestamp
    ) -> Int {
        let used = used(place)
        if used < place.capacity {
            words[place.header + 1] = UInt64(used + 1)
            return place.body + 2 * used
        }
        let oldest = oldest(place)
        let isOlder = precedes(entry, (words[oldest], time(oldest + 1)))
        let lost = isOlder ? entry.time : time(oldest + 1)
        if lost > now.nanoseconds &- plan.over.nanoseconds { evicted &+= 1 }
        return isOlder ? -1 : oldest
    }

    @_noAllocation @_noLocks
    private func precedes(
        _ a: (bits: UInt64, time: Int64), _ b: (bits: UInt64, time: Int64)
    ) -> Bool {
        a.time == b.time ? a.bits < b.bits : a.time < b.time
    }

    @_noAllocation @_noLocks
    private func oldest(_ place: WindowPlace) -> Int {
        var oldest = place.body
        let end = place.body + 2 * used(place)
        var at = place.body + 2
        while at < end {
            if precedes((words[at], time(at + 1)), (words[oldest], time(oldest + 1))) {
                oldest = at
            }
            at += 2
        }
        return oldest
    }

    /// Puts a sample among those of a quantile, in ascending order.
    @_noAllocation @_noLocks
    mutating func addSample(
        _ value: Double, _ plan: WindowPlan, _ place: WindowPlace, _ times: SampleTimes
    ) {
        let value = value + 0.0
        let sample = times.sample.nanoseconds
        guard sample > times.now.nanoseconds &- plan.over.nanoseconds else { return }
        var at = room(plan, place, (value.bitPattern, sample), times.now)
        guard at >= 0 else { return }
        let end = place.body + 2 * used(place)
        // The gap moves up past the smaller, then down past the larger.
        while at + 2 < end && double(at + 2) < value {
            move(at, from: at + 2)
            at += 2
        }
        while at > place.body && double(at - 2) > value {
            move(at, from: at - 2)
            at -= 2
        }
        words[at] = value.bitPattern
        set(at + 1, sample)
    }

    @_noAllocation @_noLocks
    private mutating func move(_ to: Int, from: Int) {
        words[to] = words[from]
        words[to + 1] = words[from + 1]
    }
}
