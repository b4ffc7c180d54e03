import Domain
import RuleFixtures
import Scoring
import Testing

@testable import Pipeline

@Suite struct AbsenceTests {
    static func open(_ title: String, _ cell: String = "T") -> TaskLine {
        TaskLine(operation: "open", title: title, cell: cell)
    }

    /// Some sensors beat each 10 s.
    static func beat(
        _ bench: inout OrderBench, _ sensors: [Int], from: Double = 0, through last: Double
    ) {
        for at in stride(from: from, through: last, by: 10) {
            for sensor in sensors {
                bench.take(
                    Event(
                        kind: "heartbeat", source: "acme/s\(sensor)", at: at,
                        id: "b-\(sensor)-\(at)"))
            }
        }
    }

    @Test func aSensorOfTheRosterThatNeverSentAnythingIsFound() throws {
        var bench = try OrderRules.bench(sensors: 2)
        bench.walk.noteGap(at: OrderBench.time(0))
        Self.beat(&bench, [0], through: 20)
        bench.walk.settle(at: OrderBench.time(29.9))
        #expect(try bench.tasks().isEmpty)
        bench.walk.settle(at: OrderBench.time(30))
        #expect(try bench.tasks() == [Self.open("acme/s1 missed 3")])
        let phase = bench.walk.phase(of: OrderRules.silent, key: ["acme/s1"])
        #expect(phase == .active)
    }

    @Test func theCellOfARosterKeyIsThatOfItsColumn() throws {
        for (column, cell) in [("T/g3", "T/g3"), ("g3", "T/g3"), ("nowhere", "T")] {
            var bench = try OrderRules.bench(sensors: 1, cell: column)
            bench.walk.noteGap(at: OrderBench.time(0))
            bench.walk.settle(at: OrderBench.time(30))
            let found = try bench.tasks()
            #expect(found == [Self.open("acme/s0 missed 3", cell)])
        }
    }

    @Test func withoutARosterTheFirstAlertBeginsTheWatch() throws {
        var bench = try OrderRules.bench(sensors: 2, arm: .firstSeen)
        bench.walk.noteGap(at: OrderBench.time(0))
        Self.beat(&bench, [1], through: 40)
        bench.walk.settle(at: OrderBench.time(1000))
        #expect(try bench.tasks() == [Self.open("acme/s1 missed 3", "T/g1")])
    }

    @Test func whoIsNotInTheTableOwesNothing() throws {
        var bench = try OrderRules.bench(sensors: 1)
        bench.take(Event(kind: "heartbeat", source: "acme/other", at: 0))
        bench.walk.settle(at: OrderBench.time(20))
        let errors = bench.walk.ruleCounters(OrderRules.silent).errors
        #expect(errors == 1)
        bench.walk.settle(at: OrderBench.time(1000))
        #expect(try bench.tasks() == [Self.open("acme/s0 missed 3")])
    }

    @Test func theNextSignOfLifeClearsAndASignAtTheLastInstantIsInTime() throws {
        var bench = try OrderRules.bench(sensors: 1)
        bench.walk.noteGap(at: OrderBench.time(0))
        bench.take(Event(kind: "heartbeat", source: "acme/s0", at: 0))
        bench.take(Event(kind: "heartbeat", source: "acme/s0", at: 30))
        bench.take(Event(kind: "heartbeat", source: "acme/s0", at: 60.5))
        bench.walk.settle(at: OrderBench.time(61))
        let lines = try bench.tasks().map(\.operation)
        #expect(lines == ["open", "close"])
        let counters = bench.walk.ruleCounters(OrderRules.silent)
        #expect(counters.raised == 1 && counters.cleared == 1)
    }

    @Test func nothingIsRaisedBeforeASettledStartOrSoonAfterAGap() throws {
        var bench = try OrderRules.bench(sensors: 1, settle: .seconds(100))
        bench.walk.noteGap(at: OrderBench.time(0))
        bench.walk.advance(to: OrderBench.time(50))
        bench.walk.noteGap(at: OrderBench.time(50))
        bench.walk.settle(at: OrderBench.time(149.9))
        #expect(try bench.tasks().isEmpty)
        bench.walk.settle(at: OrderBench.time(150))
        #expect(try bench.tasks() == [Self.open("acme/s0 missed 15")])
    }

    /// Sensors of one gateway have even numbers, those of the other odd ones.
    @Test(arguments: [(2, 1), (4, 2), (8, 4)])
    func aMassSilenceAtOneInstantIsExactlyOneFinding(sensors: Int, silent: Int) throws {
        var bench = try OrderRules.bench(sensors: sensors)
        bench.walk.noteGap(at: OrderBench.time(0))
        Self.beat(&bench, (0..<sensors).filter { $0 % 2 == 1 }, through: 100)
        bench.walk.settle(at: OrderBench.time(100))
        let expected =
            silent < 2
            ? [Self.open("acme/s0 missed 3")] : [Self.open("gw0: \(silent) of \(silent)")]
        #expect(try bench.tasks() == expected)
        let gateway = bench.walk.ruleCounters(OrderRules.gateway)
        #expect(gateway.raised == (silent < 2 ? 0 : 1))
        let alone = bench.walk.ruleCounters(OrderRules.silent)
        #expect(alone.raised == (silent < 2 ? 1 : 0))
    }

    @Test func findingsRaisedBeforeTheFoldAreClearedAndThoseLeftAfterItAreRaisedAgain() throws {
        // Gateway 0 has sensors 0, 2, 4 and 6; half of them is enough. 0 never sends, 2 stops after
        // 20 s and comes back at 100 s.
        var bench = try OrderRules.bench(sensors: 8)
        bench.walk.noteGap(at: OrderBench.time(0))
        let well = [1, 3, 4, 5, 6, 7]
        Self.beat(&bench, [2] + well, through: 20)
        Self.beat(&bench, well, from: 30, through: 40)
        bench.walk.settle(at: OrderBench.time(40))
        #expect(try bench.tasks() == [Self.open("acme/s0 missed 3")])
        Self.beat(&bench, well, from: 50, through: 60)
        bench.walk.settle(at: OrderBench.time(60))
        #expect(
            try bench.tasks().map { "\($0.operation) \($0.title)" } == [
                "open gw0: 2 of 4", "close acme/s0 missed 3",
            ])
        let folded = bench.walk.phase(of: OrderRules.gateway, key: ["gw0"])
        let single = bench.walk.phase(of: OrderRules.silent, key: ["acme/s0"])
        #expect(folded == .active && single == .idle)
        Self.beat(&bench, well, from: 70, through: 90)
        Self.beat(&bench, [2] + well, from: 100, through: 100)
        bench.walk.settle(at: OrderBench.time(100))
        #expect(
            try bench.tasks().map { "\($0.operation) \($0.title)" } == [
                "close gw0: 2 of 4", "open acme/s0 missed 10",
            ])
        let ended = bench.walk.phase(of: OrderRules.gateway, key: ["gw0"])
        let again = bench.walk.phase(of: OrderRules.silent, key: ["acme/s0"])
        let back = bench.walk.phase(of: OrderRules.silent, key: ["acme/s2"])
        #expect(ended == .idle && again == .active && back == .idle)
    }
}
