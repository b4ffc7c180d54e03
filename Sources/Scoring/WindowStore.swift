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
    /// A bit for each group of panes that may hold a sample: most panes of most windows never do,
    /// and looking at each of them would cost more than everything else that a rule does. For
    /// `distinct`, how many places of the set are in use.
    var occupied: UInt64

    @_noAllocation @_noLocks
    init(floor: Int64) {
        self.floor = floor
        count = 0
        value = 0
        leaves = .max
        occupied = 0
    }
}

/// One value that a `distinct` window has seen, and when last.
struct DistinctValue: BitwiseCopyable {
    var hash: UInt64
    var time: Int64
}

/// The samples of all windows of all keys: rings of panes for count, max and average, small sets
/// for distinct.
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
        if plan.function != .distinct {
            // A fresh window's panes are zero, and no page of them is touched before it is needed.
            _ = sum(plan, start: start, floor: .max, occupied: totals[total].occupied)
        }
        totals[total] = WindowTotal(floor: .min)
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
        let offset = WindowStore.offset(number, plan.paneCount)
        let place = start + offset
        totals[total].occupied |= WindowStore.group(offset, plan.paneCount)
        if panes[place].count == 0 || panes[place].number != number {
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

    /// A pane's place in its ring.
    @_noAllocation @_noLocks
    private static func offset(_ number: Int64, _ paneCount: Int) -> Int {
        let rest = Int(number % Int64(paneCount))
        return rest < 0 ? rest + paneCount : rest
    }

    /// How many panes one bit of `WindowTotal.occupied` stands for, as a power of two.
    @_noAllocation @_noLocks
    private static func groupShift(_ paneCount: Int) -> Int {
        paneCount <= 64 ? 0 : Int.bitWidth - ((paneCount - 1) >> 6).leadingZeroBitCount
    }

    /// The bit of the group that the pane at `offset` is in.
    @_noAllocation @_noLocks
    private static func group(_ offset: Int, _ paneCount: Int) -> UInt64 {
        1 &<< UInt64(truncatingIfNeeded: offset >> groupShift(paneCount))
    }

    @_noAllocation @_noLocks
    static func joined(_ a: Double, _ b: Double, _ function: WindowFunction) -> Double {
        function == .max ? (a > b ? a : b) : a + b
    }

    /// Brings a window's total to `floor`: sums its panes anew when one has left.
    @_noAllocation @_noLocks
    mutating func advance(_ plan: WindowPlan, total: Int, start: Int, floor: Int64) {
        guard floor > totals[total].floor else { return }
        let edge = floor &* plan.pane.nanoseconds &+ plan.over.nanoseconds
        guard totals[total].count > 0, totals[total].leaves <= edge else {
            totals[total].floor = floor
            return
        }
        totals[total] = sum(plan, start: start, floor: floor, occupied: totals[total].occupied)
    }

    /// The total of the panes later than `floor`; empties the others.
    @_noAllocation @_noLocks
    private mutating func sum(
        _ plan: WindowPlan, start: Int, floor: Int64, occupied: UInt64
    ) -> WindowTotal {
        var sum = WindowTotal(floor: floor)
        var oldest = Int64.max
        let shift = WindowStore.groupShift(plan.paneCount)
        var groups = occupied
        while groups != 0 {
            let first = groups.trailingZeroBitCount << shift
            let bit = groups & (0 &- groups)
            groups &= groups &- 1
            var offset = first
            while offset < plan.paneCount && offset < first + 1 << shift {
                if keep(start + offset, floor, plan.function, &sum) {
                    sum.occupied |= bit
                    if panes[start + offset].number < oldest {
                        oldest = panes[start + offset].number
                    }
                }
                offset += 1
            }
        }
        if sum.count > 0 {
            sum.leaves = oldest &* plan.pane.nanoseconds &+ plan.over.nanoseconds
        }
        return sum
    }

    /// Adds a pane to `sum`, or empties it when it has left; false when it holds nothing.
    @_noAllocation @_noLocks
    private mutating func keep(
        _ place: Int, _ floor: Int64, _ function: WindowFunction, _ sum: inout WindowTotal
    ) -> Bool {
        let count = panes[place].count
        if count == 0 { return false }
        if panes[place].number <= floor {
            panes[place].count = 0
            return false
        }
        let value = panes[place].value
        sum.value = sum.count == 0 ? value : WindowStore.joined(sum.value, value, function)
        sum.count &+= UInt64(count)
        return true
    }

    /// Notes a value in a distinct window; the stalest makes room when the set is full.
    @_noAllocation @_noLocks
    mutating func addDistinct(
        _ hash: UInt64, _ plan: WindowPlan, total: Int, start: Int, times: SampleTimes
    ) {
        let used = Int(totals[total].occupied)
        var stalest = start
        var offset = 0
        while offset < used {
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
        if used < distinctsMax {
            distincts[start + used] = DistinctValue(hash: hash, time: times.sample.nanoseconds)
            totals[total].occupied = UInt64(used + 1)
            return
        }
        if distincts[stalest].time > times.now.nanoseconds &- plan.over.nanoseconds {
            evicted &+= 1
        }
        distincts[stalest] = DistinctValue(hash: hash, time: times.sample.nanoseconds)
    }

    /// How many distinct values are in the window at `now`, and when the next leaves.
    @_noAllocation @_noLocks
    mutating func countDistinct(
        _ plan: WindowPlan, total: Int, start: Int, now: Timestamp
    ) -> UInt64 {
        let edge = now.nanoseconds &- plan.over.nanoseconds
        var sum = WindowTotal(floor: 0)
        sum.occupied = totals[total].occupied
        let used = Int(sum.occupied)
        var offset = 0
        while offset < used {
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
