import CEL
import Domain
import Testing

@testable import Scoring

/// A window by itself, and every sample it was given.
struct OneWindow: ~Copyable {
    static let second: Int64 = 1_000_000_000
    let plan: WindowPlan
    private let place: WindowPlace
    private(set) var store: StateStore
    private(set) var samples: [(time: Int64, value: Double)] = []

    init(_ plan: WindowPlan, kept: Int = 256, distinct: Int = 64) {
        var limits = RuleLimits()
        limits.panes = 10_000
        limits.eventsKept = kept
        limits.distinctValues = distinct
        var layout = WindowLayout(plan, limits: limits)
        layout.body = UInt32(WindowLayout.headerWords) + layout.stride
        store = StateStore(limits: limits)
        place = layout.place(store.take(9000) ?? 0)
        self.plan = plan
        store.reset(plan, place)
    }

    static func at(_ seconds: Int64) -> Timestamp { Timestamp(nanoseconds: seconds * second) }

    mutating func add(_ value: Double, at time: Int64, now: Int64) {
        samples.append((time, value))
        let times = SampleTimes(sample: Self.at(time), now: Self.at(now))
        switch plan.function {
        case .distinct: store.addDistinct(value.bitPattern, plan, place, times)
        case .quantile: store.addSample(value, plan, place, times)
        default: store.add(value, plan, place, times)
        }
    }

    mutating func value(at now: Int64) -> Slot { store.read(plan, place, Self.at(now)).value }
    mutating func view(at now: Int64) -> Slot { store.view(plan, place, Self.at(now)).value }

    /// When the next sample leaves, in seconds; nil when there is none.
    func leaves() -> Int64? {
        let leaves = store.leaves(place)
        return leaves == .max ? nil : leaves / Self.second
    }

    /// The samples that the window holds at `now`, in panes of `pane` seconds.
    func held(at now: Int64) -> [(time: Int64, value: Double)] {
        let pane = plan.pane.nanoseconds / Self.second
        let over = plan.over.nanoseconds / Self.second
        let isPaned = plan.function != .distinct && plan.function != .quantile
        let edge = isPaned ? (now - over) / pane * pane : now - over
        return samples.filter { $0.time > edge }
    }
}

/// Every window function as anyone would write it, over a list.
struct PlainWindow {
    let plan: WindowPlan
    let samples: [(time: Int64, value: Double)]

    var values: [Double] { samples.map(\.value) }
    var ordered: [(time: Int64, value: Double)] {
        samples.sorted { ($0.time, $0.value) < ($1.time, $1.value) }
    }

    func value() -> Slot {
        switch plan.function {
        case .count: return .int(Int64(samples.count))
        case .distinct: return .int(Int64(Set(values).count))
        case .sum: return .double(values.reduce(0, +))
        default: break
        }
        guard !samples.isEmpty, let number = number() else {
            return plan.hasEmpty ? .double(plan.empty) : Slot()
        }
        return .double(number)
    }

    private func number() -> Double? {
        switch plan.function {
        case .max: return values.max()
        case .min: return values.min()
        case .average: return values.reduce(0, +) / Double(values.count)
        case .first: return ordered.first?.value
        case .last: return ordered.last?.value
        case .rate: return rate()
        case .deviation: return deviation()
        case .quantile: return quantile()
        case .count, .distinct, .sum: return nil
        }
    }

    private func rate() -> Double? {
        guard let first = ordered.first, let last = ordered.last, last.time > first.time
        else { return nil }
        let elapsed = Double((last.time - first.time) * OneWindow.second)
        return (last.value - first.value) * (Double(plan.per.nanoseconds) / elapsed)
    }

    /// Of whole numbers, whose squares a double holds.
    private func deviation() -> Double {
        let count = Double(values.count)
        let sum = values.reduce(0, +)
        let squares = values.reduce(0) { $0 + $1 * $1 }
        return StateStore.squareRoot(count * squares - sum * sum) / count
    }

    private func quantile() -> Double {
        let sorted = values.sorted()
        let rank = plan.quantile * Double(sorted.count - 1)
        let lower = sorted[Int(rank)]
        let upper = sorted[min(Int(rank) + 1, sorted.count - 1)]
        return lower + (upper - lower) * (rank - Double(Int(rank)))
    }
}

@Suite struct WindowTests {
    static func plan(_ function: WindowFunction, pane: Int64 = 1) -> WindowPlan {
        var plan = WindowPlan(function, over: .seconds(60), pane: .seconds(pane))
        plan.quantile = 0.9
        plan.per = .minutes(1)
        return plan
    }

    static let runs: [(seed: UInt64, pane: Int64)] = [(1, 1), (2, 1), (3, 10), (4, 20)]

    /// Samples at whole seconds in any order of arrival, against a plain list, bit by bit.
    @Test(arguments: WindowFunction.allCases, runs)
    func aWindowAgreesWithAPlainListOfSamples(
        function: WindowFunction, run: (seed: UInt64, pane: Int64)
    ) {
        var random = SplitMix64(seed: run.seed)
        var window = OneWindow(Self.plan(function, pane: run.pane))
        var now: Int64 = 10_000
        for _ in 0..<2_000 {
            now += Int64.random(in: 0...4, using: &random)
            if Int.random(in: 0..<200, using: &random) == 0 { now += 100 }
            let time = now - Int64.random(in: 0...90, using: &random)
            window.add(Double(Int.random(in: -50...50, using: &random)), at: time, now: now)
            let held = window.held(at: now)
            let plain = PlainWindow(plan: window.plan, samples: held).value()
            let (viewed, value) = (window.view(at: now), window.value(at: now))
            #expect(value.tag == plain.tag && value.bits == plain.bits)
            #expect(viewed.tag == plain.tag && viewed.bits == plain.bits)
        }
    }

    /// Samples of any size: the same bits, however they come.
    @Test(arguments: WindowFunction.allCases)
    func theOrderOfArrivalNeverMatters(function: WindowFunction) {
        var random = SplitMix64(seed: 5)
        let samples = (0..<80).map { _ in
            let size = Double.random(in: -12...12, using: &random)
            let value = Double.random(in: -1...1, using: &random)
            return (
                time: Int64.random(in: 1_000...1_020, using: &random),
                value: value * Double(sign: .plus, exponent: Int(size * 3), significand: 1)
            )
        }
        var expected: UInt64?
        for _ in 0..<200 {
            var window = OneWindow(Self.plan(function), kept: 30, distinct: 30)
            for sample in samples.shuffled(using: &random) {
                window.add(sample.value, at: sample.time, now: 1_020)
            }
            let bits = window.value(at: 1_030).bits
            #expect(bits == expected ?? bits)
            expected = bits
        }
    }

    @Test(arguments: WindowFunction.allCases)
    func theNextSampleToLeaveIsKnown(function: WindowFunction) {
        var random = SplitMix64(seed: 6)
        var window = OneWindow(Self.plan(function))
        var now: Int64 = 5_000
        for index in 0..<500 {
            now += Int64.random(in: 0...20, using: &random)
            let time = now - Int64.random(in: 0...70, using: &random)
            window.add(Double(index), at: time, now: now)
            _ = window.value(at: now)
            #expect(window.leaves() == window.held(at: now).map { $0.time + 60 }.min())
        }
    }

    @Test(arguments: WindowFunction.allCases)
    func anEmptyWindowIsZeroWhereItCountsAndElseWhatTheRuleSays(function: WindowFunction) {
        var plan = Self.plan(function)
        var window = OneWindow(plan)
        #expect(window.value(at: 10).isPresent == function.countsToZero)
        if function.countsToZero {
            #expect(window.value(at: 10).number == 0)
        } else {
            (plan.empty, plan.hasEmpty) = (7.5, true)
            var filled = OneWindow(plan)
            #expect(filled.value(at: 10).number == 7.5)
        }
    }

    @Test(arguments: WindowFunction.allCases)
    func lookingAtAWindowChangesNothing(function: WindowFunction) {
        var window = OneWindow(Self.plan(function))
        var other = OneWindow(Self.plan(function))
        for second in Int64(0)..<50 {
            window.add(Double(second % 7), at: 1_000 + second, now: 1_050)
            other.add(Double(second % 7), at: 1_000 + second, now: 1_050)
        }
        let later = window.view(at: 1_090)
        #expect(window.value(at: 1_050).bits == other.value(at: 1_050).bits)
        #expect(later.bits == other.value(at: 1_090).bits)
    }

    @Test func aRateNeedsTwoMoments() {
        var window = OneWindow(Self.plan(.rate))
        window.add(20, at: 100, now: 100)
        #expect(!window.value(at: 100).isPresent)
        window.add(30, at: 100, now: 100)
        #expect(!window.value(at: 100).isPresent)
        window.add(44, at: 120, now: 120)
        #expect(window.value(at: 120).number == 72)
    }

    static let values: [Double] = [0.1, 0.6, 30.7, 71.3, -0.35, 1_000_000_000_000.1, 0.003]

    @Test(arguments: values)
    func theAverageOfOneValueIsThatValue(value: Double) {
        var window = OneWindow(Self.plan(.average))
        var deviation = OneWindow(Self.plan(.deviation))
        for second in Int64(0)..<49 {
            window.add(value, at: 1_000 + second, now: 1_050)
            deviation.add(value, at: 1_000 + second, now: 1_050)
        }
        #expect(window.value(at: 1_050).number == value)
        #expect(deviation.value(at: 1_050).number == 0)
    }

    @Test func aDeviationIsThatOfThePopulation() {
        var random = SplitMix64(seed: 8)
        var window = OneWindow(Self.plan(.deviation))
        for _ in 0..<500 { window.add(Double.random(in: 20...30, using: &random), at: 9, now: 9) }
        let values = window.samples.map(\.value)
        let mean = values.reduce(0, +) / 500
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 500
        #expect(abs(window.value(at: 9).number - variance.squareRoot()) < 1e-8)
    }

    @Test(arguments: [WindowFunction.distinct, .quantile])
    func theOldestMakesRoomAndIsCounted(function: WindowFunction) {
        var window = OneWindow(Self.plan(function), kept: 8, distinct: 8)
        for value in 1...10 { window.add(Double(value), at: Int64(100 + value), now: 120) }
        window.add(0, at: 90, now: 120)
        #expect(window.store.evicted == 3)
        let expected = function == .distinct ? 8 : 3 + 0.9 * 7
        #expect(window.value(at: 120).number == expected)
    }
}

@Suite struct WideIntegerTests {
    static let samples: [Double] = [
        0, 1, -1, 0.1, -0.1, 1.5, 255, 1e-19, -3e-18, 4e18, -4e18, 1e9 + 0.3, 6.5e-5,
    ]

    @Test(arguments: samples)
    func aDoubleComesBackAsFarAsItsBitsReach(value: Double) {
        let number = WideInteger(value, fractionBits: 64)
        let scaled = Float80(value) * 0x1p64
        #expect(number.double(fractionBits: 64) == Double(scaled.rounded() / 0x1p64))
    }

    @Test(arguments: samples, samples)
    func sumsAndSquaresAreThoseOfWholeNumbers(a: Double, b: Double) {
        var sum = WideInteger(a, fractionBits: 32)
        sum.add(WideInteger(b, fractionBits: 32))
        let whole =
            Int128((Float80(a) * 0x1p32).rounded()) + Int128((Float80(b) * 0x1p32).rounded())
        let isSmall = whole.magnitude < 1 << 100
        #expect(isSmall && sum.magnitude().words[0] == UInt64(truncatingIfNeeded: whole.magnitude))
        let (high, low) = whole.magnitude.multipliedFullWidth(by: whole.magnitude)
        let square = sum.squared()
        #expect(square.words[0] == UInt64(truncatingIfNeeded: low))
        #expect(square.words[1] == UInt64(truncatingIfNeeded: low >> 64))
        #expect(square.words[2] == UInt64(truncatingIfNeeded: high))
        #expect(square.words[3] == UInt64(truncatingIfNeeded: high >> 64))
    }

    static let squares: [Double] = [1, 2, 0.3, 144, 7e11, 1e-9, 3]

    @Test(arguments: squares)
    func aSquareRootIsTheLibrarysToTheLastBit(value: Double) {
        let root = StateStore.squareRoot(value)
        #expect(abs(root - value.squareRoot()) <= root.ulp)
        #expect(StateStore.squareRoot(value * value) == value || value < 1)
    }
}
