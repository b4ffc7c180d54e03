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
    @Test(arguments: [WindowFunction.count, .max, .average], [UInt64(1), 2, 3])
    func panesAgreeWithAPlainListOfSamples(function: WindowFunction, seed: UInt64) {
        var random = Seeded(state: seed)
        let plan = WindowPlan(function, over: .seconds(60), pane: .seconds(1))
        var store = WindowStore(limits: Self.limits())
        store.reset(plan, total: 0, start: 0)
        var samples: [(time: Int64, value: Double)] = []
        var now: Int64 = 1_000
        for _ in 0..<3_000 {
            now += Int64.random(in: 0...4, using: &random)
            let time = now - Int64.random(in: 0...70, using: &random)
            let value = Double(Int.random(in: -50...50, using: &random))
            store.add(
                value, plan, total: 0, start: 0,
                times: SampleTimes(
                    sample: Timestamp(nanoseconds: time * Self.second),
                    now: Timestamp(nanoseconds: now * Self.second)))
            samples.append((time, value))
            let floor = WindowStore.floor(now * Self.second, plan)
            store.advance(plan, total: 0, start: 0, floor: floor)
            let kept = samples.filter { $0.time > now - 60 && $0.time <= now }
            let total = store.totals[0]
            #expect(Int(total.count) == kept.count)
            switch function {
            case .max: if !kept.isEmpty { #expect(total.value == kept.map(\.value).max()) }
            default:
                #expect(total.value == kept.reduce(0) { $0 + $1.value })
            }
            let leaves = kept.map { ($0.time + 60) * Self.second }.min() ?? .max
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
