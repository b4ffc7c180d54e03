import CEL
import Domain
import RuleFixtures
import Testing

@testable import Scoring

@Suite struct SequenceTests {
    typealias Finding = PatternBench.Finding

    /// Gas, then a spark within 15 minutes, with no valve closed between.
    static func gas(
        runs: Int = 1, latest: Bool = true, _ change: (inout RulePlan) -> Void = { _ in }
    ) throws -> PatternBench {
        var builder = TableBuilder(kinds: ["gas", "valve", "arc", "smoke"])
        let rule = try builder.sequence(
            "gas", within: .minutes(15),
            [
                .step("gas", ["gas"], "alert.value >= 20.0"),
                .not(["valve"], "alert.value == 0.0"),
                .step("spark", ["arc", "smoke"], "alert.source != gas.source"),
            ], runs: runs, restartsOnLatest: latest)
        change(&builder.source.rules[rule.int])
        return PatternBench(builder)
    }

    static func pulse(_ at: Double, _ steps: Double...) -> Finding {
        Finding(transition: .pulse, at: at, steps: steps)
    }

    @Test func stepsThatFollowEachOtherAreAMatchAndTheirValuesStayReadable() throws {
        var bench = try Self.gas()
        bench.take("gas", 30, at: 0, source: "g")
        bench.take("smoke", 7, at: 60, source: "h")
        #expect(bench.findings == [Self.pulse(60, 30, 7)])
    }

    @Test func aValveClosedBetweenKillsIt() throws {
        var bench = try Self.gas()
        bench.take("gas", 30, at: 0, source: "g")
        bench.take("valve", 0, at: 30)
        bench.take("arc", 7, at: 60, source: "h")
        #expect(bench.findings.isEmpty)
    }

    @Test func aValveOpenedBetweenOrBeforeOrElsewhereDoesNot() throws {
        var bench = try Self.gas()
        bench.take("valve", 0, at: -1)
        bench.take("gas", 30, at: 0, source: "g")
        bench.take("valve", 1, at: 30)
        bench.take("valve", 0, at: 30, cell: "other")
        bench.take("arc", 7, at: 60, source: "h")
        #expect(bench.findings == [Self.pulse(60, 30, 7)])
    }

    @Test func aStepThatDoesNotFitIsNoStep() throws {
        var bench = try Self.gas()
        bench.take("gas", 10, at: 0, source: "g")
        bench.take("arc", 7, at: 10, source: "h")
        bench.take("gas", 30, at: 20, source: "g")
        bench.take("arc", 7, at: 30, source: "g")
        bench.take("arc", 7, at: 40, cell: "other", source: "h")
        #expect(bench.findings.isEmpty)
    }

    @Test(arguments: [(900.0, 1), (900.001, 0)])
    func theTimeFromFirstToLastIsInclusive(at: Double, matches: Int) throws {
        var bench = try Self.gas()
        bench.take("gas", 30, at: 0, source: "g")
        bench.take("arc", 7, at: at, source: "h")
        #expect(bench.findings.count == matches)
    }

    @Test func aFreshFirstStepReplacesAWaitingOneOrDoesNot() throws {
        for (latest, expected) in [(true, 40.0), (false, 30.0)] {
            var bench = try Self.gas(latest: latest)
            bench.take("gas", 30, at: 0, source: "g")
            bench.take("gas", 40, at: 10, source: "g")
            bench.take("arc", 7, at: 20, source: "h")
            #expect(bench.findings == [Self.pulse(20, expected, 7)])
        }
    }

    @Test func withOverlapEachFirstStepHasItsOwnMatch() throws {
        var bench = try Self.gas(runs: 3)
        for step in 0..<4 {
            bench.take("gas", 30 + Double(step), at: Double(step), source: "g")
        }
        bench.take("arc", 7, at: 20, source: "h")
        // The oldest of four had to go.
        let values = bench.findings.map { $0.steps[0] }.sorted()
        #expect(values == [31, 32, 33])
        let evicted = bench.counters().evicted
        #expect(evicted == 1)
    }

    @Test func oneAlertIsNotTwoStepsButMayEndOneMatchAndBeginAnotherWithOverlap() throws {
        for (runs, expected) in [(1, [[1.0, 2]]), (2, [[1, 2], [2, 3]])] {
            var builder = TableBuilder(kinds: ["a"])
            _ = try builder.sequence(
                "pair", within: .minutes(1), [.step("x", ["a"]), .step("y", ["a"])], runs: runs)
            var bench = PatternBench(builder)
            for value in 1...3 { bench.take("a", Double(value), at: Double(value)) }
            #expect(bench.findings.map(\.steps) == expected)
        }
    }

    /// An alarm that nobody has acknowledged within five minutes.
    static func unanswered() throws -> PatternBench {
        var builder = TableBuilder(kinds: ["alarm", "ack"])
        _ = try builder.sequence(
            "unanswered", within: .minutes(5), [.step("alarm", ["alarm"]), .not(["ack"])],
            restartsOnLatest: false)
        return PatternBench(builder)
    }

    @Test func aTrailingStepThatMustNotComeCompletesWhenItsTimeIsOver() throws {
        var bench = try Self.unanswered()
        bench.take("alarm", 3, at: 0)
        bench.take("alarm", 4, at: 100)
        bench.live(to: PatternBench.time(1000))
        #expect(bench.findings == [Self.pulse(300, 3)])
    }

    @Test(arguments: [(299.0, 0), (300.0, 0), (301.0, 1)])
    func anAnswerInTimeKillsItAlsoInTheLastInstant(at: Double, matches: Int) throws {
        var bench = try Self.unanswered()
        bench.take("alarm", 3, at: 0)
        bench.take("ack", at: at)
        bench.live(to: PatternBench.time(1000))
        #expect(bench.findings.count == matches)
    }

    @Test func aRuleThatExpiresHasAState() throws {
        var bench = try Self.gas { $0.expire = .minutes(10) }
        for start in [0.0, 300] {
            bench.take("gas", 30, at: start, source: "g")
            bench.take("arc", 7, at: start + 60, source: "h")
        }
        bench.live(to: PatternBench.time(10_000))
        let expected: [Finding] = [
            Finding(transition: .raised, at: 60, steps: [30, 7]),
            Finding(transition: .refreshed, at: 360, steps: [30, 7]),
            Finding(transition: .expired, at: 960, steps: [30, 7]),
        ]
        #expect(bench.findings == expected)
    }

    @Test func aRuleThatClearsReadsTheStepsBehindItsState() throws {
        var builder = TableBuilder(kinds: ["gas", "arc"])
        let rule = try builder.sequence(
            "gas", within: .minutes(15),
            [.step("gas", ["gas"], "alert.value >= 20.0"), .step("spark", ["arc"])])
        let calm = try builder.condition(
            "alert.kind == 'gas' && alert.value < gas.value - 20.0", steps: ["gas", "spark"])
        builder.source.rules[rule.int].clear = HeldCondition(when: calm, hold: .seconds(30))
        var bench = PatternBench(builder)
        bench.take("gas", 30, at: 0)
        bench.take("arc", 7, at: 10)
        bench.take("gas", 9, at: 20)
        bench.take("gas", 15, at: 40)
        bench.take("gas", 8, at: 60)
        bench.live(to: PatternBench.time(1000))
        let expected: [Finding] = [
            Finding(transition: .raised, at: 10, steps: [30, 7]),
            Finding(transition: .cleared, at: 90, steps: [30, 7]),
        ]
        #expect(bench.findings == expected)
    }

    @Test func aKeyThatGaveItsPlaceAwayLeavesNoHalfMatchBehind() throws {
        var builder = TableBuilder(kinds: ["gas", "arc"])
        builder.source.limits.keys = 1
        _ = try builder.sequence(
            "gas", within: .minutes(15), [.step("gas", ["gas"]), .step("spark", ["arc"])])
        var bench = PatternBench(builder)
        bench.take("gas", 1, at: 0, cell: "a")
        bench.take("gas", 2, at: 1, cell: "b")
        bench.take("arc", 3, at: 2, cell: "a")
        bench.take("arc", 4, at: 3, cell: "b")
        #expect(bench.findings == [Self.pulse(3, 2, 4)])
    }

    @Test func aShadowRuleCountsAndSaysNothing() throws {
        var bench = try Self.gas {
            $0.isShadow = true
            $0.expire = .minutes(1)
        }
        bench.take("gas", 30, at: 0, source: "g")
        bench.take("arc", 7, at: 60, source: "h")
        #expect(bench.findings.isEmpty)
        let raised = bench.counters().raised
        #expect(raised == 1)
    }
}
