import Domain
import Testing

@testable import Scoring

@Suite struct WindowStoreTests {
    static let second: Int64 = 1_000_000_000

    static func limits() -> RuleLimits {
        var limits = RuleLimits()
        limits.keys = 4
        limits.panes = 10_000
        limits.distinctValues = 8
        return limits
    }

    /// Samples at whole seconds in any order of arrival within the window, against a plain list.
    /// The longer window has more panes than one word has bits.
    @Test(arguments: [WindowFunction.count, .max, .average], [Int64(60), 200])
    func panesAgreeWithAPlainListOfSamples(function: WindowFunction, over: Int64) {
        var random = Seeded(state: UInt64(over))
        let plan = WindowPlan(function, over: .seconds(over), pane: .seconds(1))
        var store = WindowStore(limits: Self.limits())
        store.reset(plan, total: 0, start: 0)
        var samples: [(time: Int64, value: Double)] = []
        var now: Int64 = 1_000
        for _ in 0..<3_000 {
            now += Int64.random(in: 0...4, using: &random)
            let time = now - Int64.random(in: 0...over + 10, using: &random)
            let value = Double(Int.random(in: -50...50, using: &random))
            store.add(
                value, plan, total: 0, start: 0,
                times: SampleTimes(
                    sample: Timestamp(nanoseconds: time * Self.second),
                    now: Timestamp(nanoseconds: now * Self.second)))
            samples.append((time, value))
            let kept = samples.filter { $0.time > now - over && $0.time <= now }
            let total = store.totals[0]
            #expect(Int(total.count) == kept.count)
            switch function {
            case .max: if !kept.isEmpty { #expect(total.value == kept.map(\.value).max()) }
            case .average, .count, .distinct:
                #expect(total.value == kept.reduce(0) { $0 + $1.value })
            }
            let leaves = kept.map { ($0.time + over) * Self.second }.min() ?? .max
            #expect(total.leaves == leaves)
        }
    }

    @Test func distinctCountsEachValueOnceAndForgetsIt() {
        let plan = WindowPlan(.distinct, over: .seconds(60), pane: .seconds(1))
        var store = WindowStore(limits: Self.limits())
        store.reset(plan, total: 0, start: 0)
        func at(_ seconds: Int64) -> Timestamp { Timestamp(nanoseconds: seconds * Self.second) }
        for (value, time) in [(UInt64(1), Int64(0)), (2, 10), (1, 20), (3, 30)] {
            store.addDistinct(
                value, plan, total: 0, start: 0,
                times: SampleTimes(sample: at(time), now: at(time)))
        }
        #expect(store.countDistinct(plan, total: 0, start: 0, now: at(30)) == 3)
        #expect(store.totals[0].leaves == at(70).nanoseconds)
        #expect(store.countDistinct(plan, total: 0, start: 0, now: at(70)) == 2)
        #expect(store.countDistinct(plan, total: 0, start: 0, now: at(90)) == 0)
    }

    @Test func aWindowThatIsTakenOverStartsEmpty() {
        let plan = WindowPlan(.count, over: .seconds(60), pane: .seconds(1))
        var store = WindowStore(limits: Self.limits())
        let times = SampleTimes(
            sample: Timestamp(nanoseconds: 10 * Self.second),
            now: Timestamp(nanoseconds: 10 * Self.second))
        store.reset(plan, total: 0, start: 0)
        store.add(1, plan, total: 0, start: 0, times: times)
        store.reset(plan, total: 0, start: 0)
        store.add(1, plan, total: 0, start: 0, times: times)
        #expect(store.totals[0].count == 1)
        store.advance(plan, total: 0, start: 0, floor: 20)
        #expect(store.totals[0].count == 0)
    }

    @Test func moreDistinctValuesThanThereIsRoomForAreCountedAsEvicted() {
        let plan = WindowPlan(.distinct, over: .seconds(60), pane: .seconds(1))
        var store = WindowStore(limits: Self.limits())
        store.reset(plan, total: 0, start: 0)
        let now = SampleTimes(
            sample: Timestamp(nanoseconds: Self.second), now: Timestamp(nanoseconds: Self.second))
        for value in UInt64(1)...10 {
            store.addDistinct(value, plan, total: 0, start: 0, times: now)
        }
        #expect(store.evicted == 2)
        #expect(store.countDistinct(plan, total: 0, start: 0, now: now.now) == 8)
    }
}
