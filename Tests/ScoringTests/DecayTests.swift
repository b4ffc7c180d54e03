import Domain
import Foundation
import Testing

@testable import Scoring

@Suite struct DecayTests {
    @Test func aHalfLifeHalves() {
        let hour = Interval.hours(1)
        #expect(Decay.decayed(MilliPoints(80_000), after: hour, halfLife: hour).value == 40_000)
        let two = Decay.decayed(MilliPoints(80_000), after: .hours(2), halfLife: hour)
        #expect(two.value == 20_000)
    }

    @Test func noTimeAndTimeBeforeChangeNothing() {
        let value = MilliPoints(55_555)
        #expect(Decay.decayed(value, after: .zero, halfLife: .hours(1)) == value)
        #expect(Decay.decayed(value, after: .seconds(-5), halfLife: .hours(1)) == value)
    }

    @Test func itFollowsTheExponentialToAThousandthOfAPoint() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            let value = Int32.random(in: 0...100_000, using: &generator)
            let half = Int64.random(in: 1_000_000...86_400_000_000_000, using: &generator)
            let elapsed = Int64.random(in: 0...half * 10, using: &generator)
            let exact = Double(value) * exp2(-Double(elapsed) / Double(half))
            let ours = Decay.decayed(
                MilliPoints(value), after: Interval(nanoseconds: elapsed),
                halfLife: Interval(nanoseconds: half))
            #expect(abs(Double(ours.value) - exact) <= 1.0)
        }
    }

    @Test func itNeverRises() {
        var last = MilliPoints(100_000)
        for second in 0...3600 {
            let now = Decay.decayed(
                MilliPoints(100_000), after: .seconds(Int64(second)), halfLife: .minutes(7))
            #expect(now <= last)
            last = now
        }
    }
}

@Suite struct WarningScaleTests {
    @Test(arguments: [
        (0, WarningLevel.none, WarningLevel.none), (19_999, .none, .none), (20_000, .none, .blue),
        (85_000, .none, .red), (79_999, .red, .red), (72_000, .red, .red), (71_999, .red, .orange),
        (51_999, .red, .yellow), (16_000, .blue, .blue), (14_999, .blue, .none),
        (16_000, .none, .none), (14_999, .red, .none),
    ])
    func aLevelIsEnteredAtItsRaiseAndLeftBelowItsClear(
        score: Int, from: WarningLevel, to: WarningLevel
    ) {
        #expect(WarningScale().level(at: MilliPoints(Int32(score)), from: from) == to)
    }
}
