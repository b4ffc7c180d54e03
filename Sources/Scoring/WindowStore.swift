import Domain

/// A slice of a window's time: the samples in ((number − 1)·pane, number·pane].
struct Pane: BitwiseCopyable {
    var number: Int64
    var value: Double
    var count: UInt32
}

/// The running total of a window, true while its oldest pane is `floor + 1` or later.
struct WindowTotal: BitwiseCopyable {
    var floor: Int64
    var count: UInt64
    var value: Double
    /// When the oldest sample leaves; `.max` when there is none.
    var leaves: Int64
}

/// One value that a `distinct` window has seen, and when last.
struct DistinctValue: BitwiseCopyable {
    var hash: UInt64
    var time: Int64
}

/// The samples of all windows of all keys: rings of panes for count, max and average, small sets for distinct.
///
/// A pane leaves a window when all its samples may have left, so a window is exact to one pane and
/// never too short.
struct WindowStore: ~Copyable, Sendable {
    var totals: Table<WindowTotal>  // key · 8 + window
    var panes: Table<Pane>
    var distincts: Table<DistinctValue>
    var panesUsed = 0
    var distinctsUsed = 0
    let distinctsMax: Int
    var evicted: UInt64 = 0

    init(limits: RuleLimits) {
        totals = Table(capacity: limits.keys * 8)
        panes = Table(capacity: limits.panes)
        distincts = Table(capacity: limits.keys * limits.distinctValues / 4)
        distinctsMax = limits.distinctValues
    }

    /// Takes room for a key's windows; false when there is none.
    @_noAllocation @_noLocks
    mutating func take(_ paneCount: Int, _ distinctCount: Int) -> (panes: Int, distincts: Int)? {
        guard panesUsed + paneCount <= panes.capacity else { return nil }
        guard distinctsUsed + distinctCount * distinctsMax <= distincts.capacity else { return nil }
        let start = (panes: panesUsed, distincts: distinctsUsed)
        panesUsed += paneCount
        distinctsUsed += distinctCount * distinctsMax
        return start
    }

    /// Empties a window; `start` is its first pane or distinct value.
    @_noAllocation @_noLocks
    mutating func reset(_ plan: WindowPlan, total: Int, start: Int) {
        totals[total] = WindowTotal(floor: .min, count: 0, value: 0, leaves: .max)
        var offset = 0
        if plan.function == .distinct {
            while offset < distinctsMax {
                distincts[start + offset] = DistinctValue(hash: 0, time: .min)
                offset += 1
            }
        } else {
            while offset < plan.paneCount {
                panes[start + offset] = Pane(number: .min, value: 0, count: 0)
                offset += 1
            }
        }
    }

    /// The number of the pane that holds `time`: the ceiling of time over pane.
    @_noAllocation @_noLocks
    static func number(_ time: Int64, _ pane: Int64) -> Int64 {
        let quotient = time / pane
        return time > quotient &* pane ? quotient &+ 1 : quotient
    }

    /// The newest pane that has left at `time`: the floor of (time − over) over pane.
    @_noAllocation @_noLocks
    static func floor(_ time: Int64, _ plan: WindowPlan) -> Int64 {
        let edge = time &- plan.over.nanoseconds
        let quotient = edge / plan.pane.nanoseconds
        return edge < quotient &* plan.pane.nanoseconds ? quotient &- 1 : quotient
    }

    /// Puts a sample of event time `time` into a pane window as judged at `now`.
    @_noAllocation @_noLocks
    mutating func add(
        _ value: Double, _ plan: WindowPlan, total: Int, start: Int, times: SampleTimes
    ) {
        let number = WindowStore.number(times.sample.nanoseconds, plan.pane.nanoseconds)
        let floor = WindowStore.floor(times.now.nanoseconds, plan)
        guard number > floor else { return }
        advance(plan, total: total, start: start, floor: floor)
        let size = Int64(plan.paneCount)
        let place = start + Int(((number % size) &+ size) % size)
        if panes[place].number != number {
            panes[place] = Pane(number: number, value: value, count: 1)
        } else {
            panes[place].value = WindowStore.joined(panes[place].value, value, plan.function)
            panes[place].count &+= 1
        }
        let first = totals[total].count == 0
        totals[total].value =
            first ? value : WindowStore.joined(totals[total].value, value, plan.function)
        totals[total].count &+= 1
        let leaves = number &* plan.pane.nanoseconds &+ plan.over.nanoseconds
        if leaves < totals[total].leaves { totals[total].leaves = leaves }
    }

    @_noAllocation @_noLocks
    static func joined(_ a: Double, _ b: Double, _ function: WindowFunction) -> Double {
        function == .max ? (a > b ? a : b) : a + b
    }

    /// Brings a window's total to `floor`: sums its panes anew when one may have left.
    @_noAllocation @_noLocks
    mutating func advance(_ plan: WindowPlan, total: Int, start: Int, floor: Int64) {
        guard floor > totals[total].floor else { return }
        var sum = WindowTotal(floor: floor, count: 0, value: 0, leaves: .max)
        var oldest = Int64.max
        var offset = 0
        if totals[total].count > 0 {
            while offset < plan.paneCount {
                let pane = panes[start + offset]
                if pane.count > 0 {
                    if pane.number > floor {
                        sum.value =
                            sum.count == 0
                            ? pane.value : WindowStore.joined(sum.value, pane.value, plan.function)
                        sum.count &+= UInt64(pane.count)
                        if pane.number < oldest { oldest = pane.number }
                    } else {
                        panes[start + offset].count = 0
                    }
                }
                offset += 1
            }
        }
        if sum.count > 0 {
            sum.leaves = oldest &* plan.pane.nanoseconds &+ plan.over.nanoseconds
        }
        totals[total] = sum
    }

    /// Notes a value in a distinct window; the stalest makes room when the set is full.
    @_noAllocation @_noLocks
    mutating func addDistinct(
        _ hash: UInt64, _ plan: WindowPlan, start: Int, times: SampleTimes
    ) {
        var stalest = start
        var offset = 0
        while offset < distinctsMax {
            let place = start + offset
            if distincts[place].hash == hash {
                if times.sample.nanoseconds > distincts[place].time {
                    distincts[place].time = times.sample.nanoseconds
                }
                return
            }
            if distincts[place].time < distincts[stalest].time { stalest = place }
            offset += 1
        }
        if distincts[stalest].time > times.now.nanoseconds &- plan.over.nanoseconds { evicted &+= 1 }
        distincts[stalest] = DistinctValue(hash: hash, time: times.sample.nanoseconds)
    }

    /// How many distinct values are in the window at `now`, and when the next leaves.
    @_noAllocation @_noLocks
    mutating func countDistinct(
        _ plan: WindowPlan, total: Int, start: Int, now: Timestamp
    ) -> UInt64 {
        let edge = now.nanoseconds &- plan.over.nanoseconds
        var sum = WindowTotal(floor: 0, count: 0, value: 0, leaves: .max)
        var offset = 0
        while offset < distinctsMax {
            let time = distincts[start + offset].time
            if time > edge {
                sum.count &+= 1
                let leaves = time &+ plan.over.nanoseconds
                if leaves < sum.leaves { sum.leaves = leaves }
            }
            offset += 1
        }
        totals[total] = sum
        return sum.count
    }
}

/// When a sample was taken and the moment at which it is judged, never earlier.
struct SampleTimes: BitwiseCopyable {
    var sample: Timestamp
    var now: Timestamp
}
