import Domain

// Windows whose samples are summed up in panes: the samples in ((number − 1)·pane, number·pane].
//
// A pane leaves a window when all its samples have left, so a window is exact to one pane and never
// too short. The record in the header sums all panes later than its floor.

extension StateStore {
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

    /// Puts a sample into a pane window as judged at `times.now`.
    @_noAllocation @_noLocks
    mutating func add(
        _ value: Double, _ plan: WindowPlan, _ place: WindowPlace, _ times: SampleTimes
    ) {
        let number = StateStore.number(times.sample.nanoseconds, plan.pane.nanoseconds)
        let floor = StateStore.floor(times.now.nanoseconds, plan)
        guard number > floor else { return }
        advance(plan, place, floor: floor)
        writeSample(value, at: times.sample, plan.function)
        let offset = StateStore.offset(number, place.capacity)
        let pane = place.body + offset * place.stride
        words[place.header + 1] |= StateStore.group(offset, place.capacity)
        if words[pane + 1] == 0 || time(pane) != number {
            set(pane, number)
            words[pane + 1] = 0
        }
        merge(plan.function, into: pane, from: StateStore.sample)
        merge(plan.function, into: place.record(), from: StateStore.sample)
        let leaves = number &* plan.pane.nanoseconds &+ plan.over.nanoseconds
        if leaves < time(place.header) { set(place.header, leaves) }
    }

    /// A pane's place in its ring.
    @_noAllocation @_noLocks
    private static func offset(_ number: Int64, _ paneCount: Int) -> Int {
        let rest = Int(number % Int64(paneCount))
        return rest < 0 ? rest + paneCount : rest
    }

    /// How many panes one bit of `occupied` stands for, as a power of two.
    ///
    /// A bit is set for each group of panes that may hold a sample: most panes of most windows
    /// never do, and looking at each of them would cost more than everything else that a rule does.
    @_noAllocation @_noLocks
    private static func groupShift(_ paneCount: Int) -> Int {
        paneCount <= 64 ? 0 : Int.bitWidth - ((paneCount - 1) >> 6).leadingZeroBitCount
    }

    /// The bit of the group that the pane at `offset` is in.
    @_noAllocation @_noLocks
    private static func group(_ offset: Int, _ paneCount: Int) -> UInt64 {
        1 &<< UInt64(truncatingIfNeeded: offset >> groupShift(paneCount))
    }

    /// Whether a pane has left since the record was summed up.
    @_noAllocation @_noLocks
    func hasLeft(_ plan: WindowPlan, _ place: WindowPlace, floor: Int64) -> Bool {
        guard floor > time(place.header + 2), words[place.header + 3] > 0 else { return false }
        return leaves(place) <= floor &* plan.pane.nanoseconds &+ plan.over.nanoseconds
    }

    /// Brings a window's record to `floor`: sums its panes anew when one has left.
    @_noAllocation @_noLocks
    mutating func advance(_ plan: WindowPlan, _ place: WindowPlace, floor: Int64) {
        guard floor > time(place.header + 2) else { return }
        if hasLeft(plan, place, floor: floor) {
            let sum = gather(plan, place, floor: floor, into: place.record(), .emptying)
            set(place.header, sum.leaves)
            words[place.header + 1] = sum.occupied
        }
        set(place.header + 2, floor)
    }

    enum Purpose: BitwiseCopyable {
        /// Panes that have left are emptied.
        case emptying
        case looking
    }

    /// Sums up the panes later than `floor`.
    @_noAllocation @_noLocks
    mutating func gather(
        _ plan: WindowPlan, _ place: WindowPlace, floor: Int64, into record: Int,
        _ purpose: Purpose
    ) -> (leaves: Int64, occupied: UInt64) {
        words[record + 1] = 0
        var oldest = Int64.max
        var occupied: UInt64 = 0
        let shift = StateStore.groupShift(place.capacity)
        var groups = words[place.header + 1]
        while groups != 0 {
            let first = groups.trailingZeroBitCount << shift
            let bit = groups & (0 &- groups)
            groups &= groups &- 1
            var offset = first
            while offset < place.capacity && offset < first + 1 << shift {
                let pane = place.body + offset * place.stride
                if keeps(pane, later: floor, purpose) {
                    merge(plan.function, into: record, from: pane)
                    occupied |= bit
                    if time(pane) < oldest { oldest = time(pane) }
                }
                offset += 1
            }
        }
        guard occupied != 0 else { return (.max, 0) }
        return (oldest &* plan.pane.nanoseconds &+ plan.over.nanoseconds, occupied)
    }

    /// Whether a pane has samples and is later than `floor`.
    @_noAllocation @_noLocks
    private mutating func keeps(_ pane: Int, later floor: Int64, _ purpose: Purpose) -> Bool {
        if words[pane + 1] == 0 { return false }
        if time(pane) > floor { return true }
        if purpose == .emptying { words[pane + 1] = 0 }
        return false
    }
}
