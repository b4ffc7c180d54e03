import CEL
import Domain

/// The value of a window, and whether it holds a sample.
struct Reading: BitwiseCopyable {
    var value: Slot
    var isSampled: Bool
}

// Records: what a window function needs to know of some samples, of one, of a pane or of all.
//
//     count                  | number | count |
//     max, min               | number | count | value |
//     first, last            | number | count | time | value |
//     rate                   | number | count | time | value | time | value |     first, last
//     sum, average           | number | count | sum, 4 words |
//     deviation              | number | count | sum, 4 words | squares, 4 words |
//
// Merging records gives the same in any order: sums are whole numbers, and samples of one time are
// ordered by their values.

extension StateStore {
    /// Sums are exact for every sample that has no bit below this.
    static var sumBits: Int { 64 }
    /// Squares must have room twice as wide.
    static var deviationBits: Int { 32 }
    /// What a sum can take. **Range**: exclusive.
    static var sampleLimit: Double { 4_611_686_018_427_387_904 }

    /// Makes the record of one sample.
    @_noAllocation @_noLocks
    mutating func writeSample(_ value: Double, at time: Timestamp, _ function: WindowFunction) {
        // A negative zero would make the order of arrival visible.
        let value = value + 0.0
        let place = StateStore.sample + 2
        words[StateStore.sample + 1] = 1
        switch function {
        case .count, .distinct, .quantile: break
        case .max, .min: words[place] = value.bitPattern
        case .first, .last: setMoment(place, time.nanoseconds, value)
        case .rate:
            setMoment(place, time.nanoseconds, value)
            setMoment(place + 2, time.nanoseconds, value)
        case .sum, .average:
            set(place, WideInteger(value, fractionBits: StateStore.sumBits))
        case .deviation:
            let number = WideInteger(value, fractionBits: StateStore.deviationBits)
            set(place, number)
            set(place + 4, number.squared())
        }
    }

    @_noAllocation @_noLocks
    private mutating func setMoment(_ place: Int, _ time: Int64, _ value: Double) {
        set(place, time)
        words[place + 1] = value.bitPattern
    }

    /// Makes `target` the record of its own samples and those of `source`.
    @_noAllocation @_noLocks
    mutating func merge(_ function: WindowFunction, into target: Int, from source: Int) {
        let count = words[target + 1]
        words[target + 1] = count &+ words[source + 1]
        if count == 0 { return copySums(function, target + 2, source + 2) }
        let (to, from) = (target + 2, source + 2)
        switch function {
        case .count, .distinct, .quantile: break
        case .max: if double(from) > double(to) { words[to] = words[from] }
        case .min: if double(from) < double(to) { words[to] = words[from] }
        case .first: keepFirst(to, from)
        case .last: keepLast(to, from)
        case .rate:
            keepFirst(to, from)
            keepLast(to + 2, from + 2)
        case .sum, .average: addWide(to, from)
        case .deviation:
            addWide(to, from)
            addWide(to + 4, from + 4)
        }
    }

    @_noAllocation @_noLocks
    private mutating func copySums(_ function: WindowFunction, _ to: Int, _ from: Int) {
        let count = WindowLayout.sums(function)
        var word = 0
        while word < count {
            words[to + word] = words[from + word]
            word += 1
        }
    }

    @_noAllocation @_noLocks
    private mutating func addWide(_ to: Int, _ from: Int) {
        var sum = wide(to)
        sum.add(wide(from))
        set(to, sum)
    }

    /// Of samples of one time the smaller is first and the larger last.
    @_noAllocation @_noLocks
    private mutating func keepFirst(_ to: Int, _ from: Int) {
        if time(from) > time(to) { return }
        if time(from) == time(to) && double(from + 1) >= double(to + 1) { return }
        setMoment(to, time(from), double(from + 1))
    }

    @_noAllocation @_noLocks
    private mutating func keepLast(_ to: Int, _ from: Int) {
        if time(from) < time(to) { return }
        if time(from) == time(to) && double(from + 1) <= double(to + 1) { return }
        setMoment(to, time(from), double(from + 1))
    }

    /// The value of a window from the record of its samples.
    @_noAllocation @_noLocks
    func reading(_ plan: WindowPlan, record: Int) -> Reading {
        let count = words[record + 1]
        if plan.function == .count {
            let value = Slot.int(Int64(truncatingIfNeeded: count))
            return Reading(value: value, isSampled: count > 0)
        }
        guard count > 0 else { return StateStore.emptyReading(plan) }
        let value = value(plan, record + 2, count)
        guard value.isFinite else {
            return Reading(value: StateStore.emptyReading(plan).value, isSampled: true)
        }
        return Reading(value: .double(value), isSampled: true)
    }

    /// What a window without a sample is worth.
    @_noAllocation @_noLocks
    static func emptyReading(_ plan: WindowPlan) -> Reading {
        var value = Slot()
        switch plan.function {
        case .count, .distinct: value = .int(0)
        case .sum: value = .double(0)
        default: if plan.hasEmpty { value = .double(plan.empty) }
        }
        return Reading(value: value, isSampled: false)
    }

    /// NaN where the samples give no value: a rate over no time.
    @_noAllocation @_noLocks
    private func value(_ plan: WindowPlan, _ sums: Int, _ count: UInt64) -> Double {
        switch plan.function {
        case .max, .min: double(sums)
        case .first, .last: double(sums + 1)
        case .sum: wide(sums).double(fractionBits: StateStore.sumBits)
        case .average: wide(sums).mean(of: count, fractionBits: StateStore.sumBits)
        case .rate: rate(plan, sums)
        case .deviation: deviation(sums, count)
        case .count, .distinct, .quantile: Double.nan
        }
    }

    @_noAllocation @_noLocks
    private func rate(_ plan: WindowPlan, _ sums: Int) -> Double {
        let elapsed = time(sums + 2) &- time(sums)
        guard elapsed > 0 else { return Double.nan }
        let rise = double(sums + 3) - double(sums + 1)
        return rise * (Double(plan.per.nanoseconds) / Double(elapsed))
    }

    /// √(n·Σx² − (Σx)²) / n, exact but for the last two steps.
    @_noAllocation @_noLocks
    private func deviation(_ sums: Int, _ count: UInt64) -> Double {
        var square = wide(sums).squared()
        square.negate()
        square.add(wide(sums + 4).times(count))
        let spread = square.double(fractionBits: 2 * StateStore.deviationBits)
        return StateStore.squareRoot(spread) / Double(count)
    }

    /// The square root, to the last bit or the one before it; the library's is a call that the hot
    /// path may not make.
    ///
    /// **Source**: half the exponent is right to 6 %, and each of Newton's steps squares the error.
    @_noAllocation @_noLocks
    static func squareRoot(_ value: Double) -> Double {
        guard value > 0 else { return 0 }
        var root = Double(bitPattern: value.bitPattern >> 1 + 1023 << 51)
        var step = 0
        while step < 5 {
            root = 0.5 * (root + value / root)
            step += 1
        }
        return root
    }
}
