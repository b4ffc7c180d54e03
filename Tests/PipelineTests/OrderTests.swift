import Domain
import RuleFixtures
import Scoring
import Testing

@testable import Pipeline

/// Gas then a spark, and sensors behind two gateways that must not fall silent.
enum OrderRules {
    static let gas = RuleID(0)
    static let silent = RuleID(1)
    static let gateway = RuleID(2)

    static func bench(
        sensors: Int = 6, settle: Interval = .zero, arm: ArmingPolicy = .roster,
        waiting: Int = 65_536, cell: String = ""
    ) throws -> OrderBench {
        var builder = TableBuilder(kinds: ["gas", "valve", "arc", "heartbeat"])
        builder.source.limits.waiting = waiting
        builder.sensors(
            (0..<sensors).map { ("acme/s\($0)", .seconds(10), "gw\($0 % 2)", cell) })
        _ = try builder.sequence(
            "gas", within: .seconds(60),
            [
                .step("gas", ["gas"], "alert.value >= 20.0"),
                .not(["valve"], "alert.value == 0.0"),
                .step("spark", ["arc"], "alert.source != gas.source"),
            ])
        _ = try builder.absence(
            "silent", of: ["heartbeat"], missed: 3, arm: arm, settle: settle)
        _ = builder.fold(silent, into: "gateway", share: 0.5, least: 2)
        for rule in [gas, silent, gateway] { try builder.score(rule) }
        return try OrderBench(
            builder,
            [
                (gas, ["gas ", "gas.value", " then ", "spark.kind", " by ", "spark.source"]),
                (silent, ["", "alert.source", " missed ", "absence.missed"]),
                (gateway, ["", "fold.key", ": ", "fold.count", " of ", "fold.of"]),
            ])
    }
}

/// What a bench holds to be true in the end.
struct Outcome: Equatable {
    var tasks: [TaskLine] = []
    var counts: [UInt64] = []
    var standings: [Standing] = []

    init(_ bench: inout OrderBench, at end: Timestamp) throws {
        tasks = try bench.tasks().sorted()
        for rule in 0..<3 {
            let counters = bench.walk.ruleCounters(RuleID(rule))
            counts += [counters.matched, counters.raised, counters.cleared]
        }
        for cell in 0..<5 {
            standings.append(bench.walk.standing(CellID(cell), .publicSafety, at: end))
        }
    }
}

@Suite struct OrderTests {
    /// Two minutes of alerts from eight sources in two cells, and sensors that fail for a while.
    static func events(_ random: inout SplitMix64) -> [Event] {
        var events: [Event] = []
        for sensor in 0..<6 {
            let fails = Double.random(in: 10...140, using: &random)
            let lasts = Double.random(in: 0...80, using: &random)
            for beat in 0..<14 {
                let at = Double(beat) * 10 + Double(sensor) / 10
                if at > fails && at < fails + lasts { continue }
                events.append(Event(kind: "heartbeat", source: "acme/s\(sensor)", at: at))
            }
        }
        for _ in 0..<60 {
            // Whole seconds, so that many happen at once.
            events.append(
                Event(
                    kind: ["gas", "gas", "valve", "arc"].randomElement(using: &random) ?? "gas",
                    value: [0.0, 25, 30].randomElement(using: &random) ?? 0,
                    source: "acme/x\(Int.random(in: 0..<4, using: &random))",
                    cell: Bool.random(using: &random) ? "g1" : "g2",
                    at: Double(Int.random(in: 0...120, using: &random))))
        }
        for index in events.indices { events[index].id = "e-\(index)" }
        return events
    }

    static func outcome(_ events: [Event]) throws -> Outcome {
        var bench = try OrderRules.bench()
        bench.walk.noteGap(at: OrderBench.time(-1))
        for event in events.sorted() { bench.take(event) }
        bench.walk.settle(at: OrderBench.time(200))
        let late = bench.walk.counters.late
        #expect(late == 0)
        return try Outcome(&bench, at: OrderBench.time(200))
    }

    @Test(arguments: UInt64(1)...8)
    func anyOrderOfArrivalWithinTheLatenessGivesTheSameAnswer(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let events = Self.events(&random)
        let expected = try Self.outcome(events)
        #expect(expected.tasks.contains { $0.title.hasPrefix("gas") })
        #expect(expected.counts[4] > 0)
        for _ in 0..<4 {
            let shuffled = events.map { event in
                var event = event
                event.delay = Double.random(in: 0...4.9, using: &random)
                return event
            }
            #expect(try Self.outcome(shuffled) == expected)
        }
    }

    @Test(arguments: [0.037, 1.7, 30])
    func theSameLettersGiveTheSameBytesWheneverTheClockIsLookedAt(step: Double) throws {
        var random = SplitMix64(seed: 21)
        let events = Self.events(&random).sorted()
        func play(_ step: Double?) throws -> [UInt8] {
            var bench = try OrderRules.bench()
            bench.walk.noteGap(at: OrderBench.time(-1))
            var clock = 0.0
            for event in events {
                while let step, clock + step < event.at {
                    clock += step
                    bench.walk.advance(to: OrderBench.time(clock))
                }
                bench.take(event)
                clock = event.at
            }
            while let step, clock + step < 400 {
                clock += step
                bench.walk.advance(to: OrderBench.time(clock))
            }
            bench.walk.advance(to: OrderBench.time(400))
            return bench.journal()
        }
        let once = try play(nil)
        #expect(once.count > 10_000)
        #expect(try play(step) == once)
    }

    @Test(arguments: [(15.5, 4.6, 1, UInt64(0)), (14.8, 5.3, 0, 1)])
    func aStragglerWithinTheLatenessCountsAndOneBeyondIsLate(
        at: Double, delay: Double, matches: Int, late: UInt64
    ) throws {
        var bench = try OrderRules.bench(sensors: 0)
        bench.take(Event(kind: "arc", source: "acme/b", at: 20))
        bench.take(Event(kind: "gas", value: 30, source: "acme/a", at: at, delay: delay))
        bench.walk.settle(at: OrderBench.time(30))
        let counted = bench.walk.counters.late
        #expect(counted == late)
        #expect(try bench.tasks().count == matches)
    }

    @Test func aLateAlertIsJournaledAndReachesNoRule() throws {
        var bench = try OrderRules.bench(sensors: 0)
        bench.walk.advance(to: OrderBench.time(0))
        let refused = bench.take(Event(kind: "gas", value: 30, source: "acme/a", at: 0, delay: 6))
        #expect(refused == nil)
        let counters = bench.walk.counters
        #expect(counters.late == 1 && counters.accepted[1] == 1 && counters.matched == 0)
        let perSource = bench.walk.admission.states[0].late
        #expect(perSource == 1)
        #expect(!bench.journal().isEmpty)
    }

    @Test func aClockAheadChangesNothingForOthers() throws {
        var random = SplitMix64(seed: 5)
        let events = Self.events(&random)
        let expected = try Self.outcome(events)
        for (ahead, outcome) in [(100.0, nil), (3600, Reject.timeSkew)] {
            var bench = try OrderRules.bench()
            bench.walk.noteGap(at: OrderBench.time(-1))
            for event in events.sorted() {
                let fast = Event(
                    kind: "valve", value: 1, source: "acme/fast", cell: "g3",
                    at: event.at + ahead, delay: -ahead)
                #expect(bench.take(fast) == outcome)
                bench.take(event)
            }
            bench.walk.settle(at: OrderBench.time(200))
            let counters = bench.walk.counters
            #expect(counters.clamped == (outcome == nil ? UInt64(events.count) : 0))
            #expect(counters.late == 0)
            var found = try Outcome(&bench, at: OrderBench.time(200))
            // The valves of the fast clock were counted as routed to the rule.
            found.counts[0] = expected.counts[0]
            #expect(found == expected)
        }
    }

    @Test func aQuietSourceHoldsOthersUpNoLongerThanAMinute() throws {
        var bench = try OrderRules.bench(sensors: 0)
        bench.take(Event(kind: "gas", value: 30, source: "acme/a", at: 0))
        for second in 1...59 {
            bench.take(Event(kind: "arc", source: "acme/b", at: Double(second)))
        }
        #expect(try bench.tasks().isEmpty)
        bench.walk.advance(to: OrderBench.time(60))
        #expect(try bench.tasks().map(\.title) == ["gas 30 then arc by acme/b"])
    }

    @Test func whenAllAreQuietTheClockReleasesWhatWaits() throws {
        var bench = try OrderRules.bench(sensors: 0)
        bench.take(Event(kind: "gas", value: 30, source: "acme/a", at: 0))
        bench.take(Event(kind: "arc", source: "acme/b", at: 58))
        let turn = bench.walk.nextTimer
        #expect(turn == OrderBench.time(60))
        bench.walk.advance(to: OrderBench.time(117.9))
        #expect(try bench.tasks().isEmpty)
        bench.walk.advance(to: OrderBench.time(118))
        #expect(try bench.tasks().count == 1)
    }

    @Test func aClockThatIsSetBackDoesNotMakeEverythingLate() throws {
        var bench = try OrderRules.bench(sensors: 0)
        bench.take(Event(kind: "gas", value: 25, source: "acme/a", at: 3600))
        bench.take(Event(kind: "gas", value: 30, source: "acme/a", at: 0))
        bench.take(Event(kind: "arc", source: "acme/b", at: 1))
        bench.walk.settle(at: OrderBench.time(2))
        let late = bench.walk.counters.late
        #expect(late == 0)
        #expect(try bench.tasks().map(\.title) == ["gas 30 then arc by acme/b"])
    }

    @Test func whenTooManyWaitTheEarliestIsJudgedAndWhatIsOlderIsLate() throws {
        var bench = try OrderRules.bench(sensors: 0, waiting: 3)
        for (index, at) in [1.0, 2, 3, 4].enumerated() {
            bench.take(
                Event(kind: "gas", value: 20 + at, source: "acme/\(index)", at: at, delay: 4 - at))
        }
        bench.take(Event(kind: "arc", source: "acme/b", at: 0.9, delay: 3.2))
        bench.take(Event(kind: "arc", source: "acme/b", at: 4.2))
        bench.walk.settle(at: OrderBench.time(60))
        let counters = bench.walk.counters
        #expect(counters.releasedEarly == 2 && counters.late == 1)
        #expect(try bench.tasks().map(\.title) == ["gas 24 then arc by acme/b"])
    }
}
