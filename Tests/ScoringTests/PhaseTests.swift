import CEL
import Domain
import Testing

@testable import Scoring

@Suite struct PhaseTests {
    /// Raised above 5 for 10 s, cleared below 3 for 20 s.
    static func bench(
        _ change: (inout RulePlan) -> Void = { _ in }
    ) throws -> RuleBench {
        var rule = HandRule()
        rule.plan.raise = try rule.held("alert.value > 5.0", 10)
        rule.plan.clear = try rule.held("alert.value < 3.0", 20)
        change(&rule.plan)
        return RuleBench(rule)
    }

    @Test func aRuleIsRaisedAndClearedByWhatHoldsLongEnough() throws {
        var bench = try Self.bench()
        #expect(bench.take(at: 100, 6) == nil)
        #expect(bench.phase() == .pending)
        #expect(bench.advance(to: 200) == ["raised 110"])
        #expect(bench.take(at: 210, 7) == .refreshed)
        #expect(bench.take(at: 220, 2) == nil)
        #expect(bench.phase() == .clearing)
        #expect(bench.advance(to: 239) == [])
        #expect(bench.advance(to: 240) == ["cleared 240"])
    }

    @Test func whatDoesNotHoldBeginsAnew() throws {
        var bench = try Self.bench()
        _ = bench.take(at: 100, 6)
        #expect(bench.take(at: 105, 4) == nil)
        #expect(bench.phase() == .idle)
        _ = bench.take(at: 106, 6)
        #expect(bench.advance(to: 115) == [])
        #expect(bench.advance(to: 116) == ["raised 116"])
        _ = bench.take(at: 120, 2)
        _ = bench.take(at: 130, 4)
        #expect(bench.phase() == .active)
        _ = bench.take(at: 140, 2)
        #expect(bench.advance(to: 159) == [])
        #expect(bench.advance(to: 160) == ["cleared 160"])
    }

    @Test func anErrorStopsTheClockOfAHold() throws {
        var bench = try Self.bench()
        _ = bench.take(at: 100, 6)
        #expect(bench.take(at: 104) == nil)
        #expect(bench.phase() == .pending)
        #expect(bench.advance(to: 500) == [])
        _ = bench.take(at: 500, 6)
        #expect(bench.advance(to: 505) == [])
        #expect(bench.advance(to: 506) == ["raised 506"])
        _ = bench.take(at: 600, 2)
        _ = bench.take(at: 615)
        #expect(bench.phase() == .clearing)
        #expect(bench.advance(to: 900) == [])
        _ = bench.take(at: 900, 2)
        #expect(bench.advance(to: 904) == [])
        #expect(bench.advance(to: 905) == ["cleared 905"])
    }

    @Test func anErrorMayClear() throws {
        var bench = try Self.bench { $0.onError = .clear }
        _ = bench.take(at: 100, 6)
        _ = bench.take(at: 104)
        #expect(bench.phase() == .idle)
        _ = bench.take(at: 110, 6)
        #expect(bench.advance(to: 120) == ["raised 120"])
        _ = bench.take(at: 130)
        #expect(bench.phase() == .clearing)
        #expect(bench.advance(to: 150) == ["cleared 150"])
    }

    @Test func anErrorMayRaise() throws {
        var bench = try Self.bench { $0.onError = .raise }
        _ = bench.take(at: 100)
        #expect(bench.phase() == .pending)
        #expect(bench.advance(to: 110) == ["raised 110"])
        #expect(bench.take(at: 120) == .refreshed)
        _ = bench.take(at: 130, 2)
        #expect(bench.phase() == .clearing)
        #expect(bench.take(at: 140) == .refreshed)
        #expect(bench.phase() == .active)
    }

    /// Hottest of a minute above 5 raises, below 3 clears; half a minute of silence empties it.
    static func silentBench(_ policy: HoldPolicy) throws -> RuleBench {
        var rule = HandRule()
        try rule.window(.max, over: 30, filter: "alert.kind == \"heat\"", of: "alert.value")
        rule.plan.raise = try rule.held("w0 > 5.0", values: 1)
        rule.plan.clear = try rule.held("w0 < 3.0", 10, values: 1)
        rule.plan.onNoData = policy
        return RuleBench(rule)
    }

    @Test func silenceIsNoAllClear() throws {
        var bench = try Self.silentBench(.hold)
        #expect(bench.take(Said(at: 100, kind: "heat", value: 6)) == .raised)
        #expect(bench.advance(to: 1_000) == [])
        #expect(bench.phase() == .active)
        #expect(bench.counters().noData == 2)
        #expect(bench.counters().errors == 0)
        #expect(bench.take(Said(at: 1_000, kind: "heat", value: 2)) == nil)
        #expect(bench.advance(to: 1_100) == ["cleared 1010"])
    }

    @Test func silenceStopsTheClockOfAHold() throws {
        var bench = try Self.silentBench(.hold)
        _ = bench.take(Said(at: 100, kind: "heat", value: 6))
        _ = bench.take(Said(at: 131, kind: "heat", value: 2))
        #expect(bench.phase() == .clearing)
        #expect(bench.advance(to: 138) == [])
        _ = bench.take(Said(at: 138, kind: "heat", value: 6))
        _ = bench.take(Said(at: 169, kind: "heat", value: 2))
        #expect(bench.advance(to: 1_000) == ["cleared 179"])
    }

    @Test func silenceMayClear() throws {
        var bench = try Self.silentBench(.clear)
        _ = bench.take(Said(at: 100, kind: "heat", value: 6))
        #expect(bench.advance(to: 1_000) == ["cleared 140"])
    }

    @Test func silenceMayRaise() throws {
        var bench = try Self.silentBench(.raise)
        #expect(bench.take(Said(at: 100, kind: "smoke")) == .raised)
        #expect(bench.take(Said(at: 110, kind: "heat", value: 2)) == nil)
        #expect(bench.phase() == .clearing)
        #expect(bench.advance(to: 1_000) == ["cleared 120"])
    }

    @Test func anActiveStateExpiresUnlessItIsRaisedAnew() throws {
        var bench = try Self.bench { $0.expire = .seconds(60) }
        _ = bench.take(at: 100, 6)
        #expect(bench.advance(to: 120) == ["raised 110"])
        #expect(bench.take(at: 150, 6) == .refreshed)
        #expect(bench.take(at: 200, 4) == nil)
        #expect(bench.advance(to: 209) == [])
        #expect(bench.advance(to: 1_000) == ["expired 210"])
        #expect(bench.phase() == .idle)
        #expect(bench.counters().expired == 1)
        #expect(bench.counters().cleared == 0)
    }

    @Test func aStateWithoutClearEndsWhenItsConditionDoes() throws {
        var rule = HandRule()
        try rule.window(.count, over: 30)
        rule.plan.raise = try rule.held("w0 >= 2")
        var bench = RuleBench(rule)
        #expect(bench.take(at: 100) == nil)
        #expect(bench.take(at: 110) == .raised)
        #expect(bench.advance(to: 1_000) == ["cleared 130"])
    }

    @Test func aSwitchOfModeIsFeltAtOnce() throws {
        var rule = HandRule()
        rule.plan.raise = try rule.held("alert.value > 5.0", 100)
        var bench = RuleBench(rule, modes: 2) { $0.raise.hold = .seconds(10) }
        _ = bench.take(at: 100, 6)
        #expect(bench.advance(to: 120) == [])
        bench.switchMode(1, at: 120)
        #expect(bench.advance(to: 130) == ["raised 120"])
    }

    @Test func keysThatStayIdleKeepNoAlert() throws {
        var bench = try Self.bench()
        _ = bench.take(at: 100, 4)
        #expect(bench.matcher.kept[0].slots[0].tag == .absent)
        _ = bench.take(at: 101, 6)
        #expect(bench.matcher.kept[0].slots[0].tag == .string)
    }

    @Test func aRuleThatFailsOftenIsMarked() throws {
        var bench = try Self.bench()
        for second in Int64(0)..<100 { _ = bench.take(at: 1_000 + second, 4) }
        for second in Int64(100)..<105 { _ = bench.take(at: 1_000 + second) }
        #expect(bench.counters().errors == 5)
        #expect(bench.counters().evaluations == 105)
        #expect(!bench.counters().isDegraded)
        _ = bench.take(at: 1_110)
        #expect(bench.counters().isDegraded)
        #expect(bench.counters().latestFailure == .noSuchField)
        #expect(bench.counters().latestFailureAt == Timestamp(nanoseconds: 1_110_000_000_000))
        for second in Int64(0)..<10 { _ = bench.take(at: 1_500 + second, 4) }
        #expect(!bench.counters().isDegraded)
    }
}
