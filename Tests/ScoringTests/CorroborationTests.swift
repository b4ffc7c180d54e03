import CEL
import Domain
import Testing

@testable import Scoring

@Suite struct CorroborationTests {
    static func bench(need: Int = 2, _ function: ConfidenceFunction = .noisyOr) throws -> RuleBench
    {
        var rule = HandRule()
        try rule.corroborate(
            within: 60, need: need,
            [
                "smoke": "alert.kind == \"smoke\"", "heat": "alert.kind == \"heat\"",
                "hot": "alert.kind == \"heat\" && alert.value > 80.0",
            ])
        rule.source.corroborations[0].confidence = function
        rule.plan.raise = try rule.held("evidence.met")
        return RuleBench(rule)
    }

    @Test func differentWitnessesOfDifferentDevicesAreNeeded() throws {
        var bench = try Self.bench()
        #expect(bench.take(Said(at: 100, source: "a", confidence: 0.7)) == nil)
        #expect(bench.take(Said(at: 101, source: "b", confidence: 0.7)) == nil)
        #expect(bench.take(Said(at: 102, kind: "heat", source: "a", confidence: 0.9)) == .raised)
        #expect(bench.slot(.evidenceCount).asInt == 2)
    }

    @Test func oneDeviceIsOneWitnessWhateverItSees() throws {
        var bench = try Self.bench()
        _ = bench.take(Said(at: 100, source: "a", confidence: 0.7))
        let heat = Said(at: 101, kind: "heat", source: "a", value: 90, confidence: 0.9)
        #expect(bench.take(heat) == nil)
        #expect(bench.slot(.evidenceCount).asInt == 1)
        #expect(bench.slot(.evidenceConfidence).asDouble == 0.7)
    }

    @Test func theLargestPairingIsFound() throws {
        var bench = try Self.bench(need: 3)
        _ = bench.take(Said(at: 100, kind: "heat", source: "a", value: 90))
        _ = bench.take(Said(at: 100, kind: "heat", source: "b", value: 20))
        #expect(bench.take(Said(at: 100, source: "b")) == nil)
        #expect(bench.slot(.evidenceCount).asInt == 2)
        #expect(bench.take(Said(at: 100, source: "c")) == .raised)
        #expect(bench.slot(.evidenceCount).asInt == 3)
    }

    static let combined: [(ConfidenceFunction, Double)] = [
        (.noisyOr, 1 - 0.3 * 0.1), (.max, 0.9), (.min, 0.7), (.average, 0.8),
    ]

    @Test(arguments: combined)
    func confidencesAreCombined(function: ConfidenceFunction, expected: Double) throws {
        var bench = try Self.bench(function)
        _ = bench.take(Said(at: 100, source: "a", confidence: 0.7))
        _ = bench.take(Said(at: 101, kind: "heat", source: "b", confidence: 0.9))
        _ = bench.take(Said(at: 102, kind: "heat", source: "b", confidence: 0.2))
        #expect(abs(bench.slot(.evidenceConfidence).asDouble - expected) < 1e-12)
    }

    @Test func anAlertThatDoesNotSayHowSureItIsCountsHalf() throws {
        var bench = try Self.bench()
        _ = bench.take(Said(at: 100, source: "a"))
        #expect(bench.slot(.evidenceConfidence).asDouble == 0.5)
    }

    @Test func sightingsLeaveAndTheKeyKnowsWhen() throws {
        var bench = try Self.bench()
        _ = bench.take(Said(at: 100, source: "a"))
        #expect(bench.take(Said(at: 130, kind: "heat", source: "b")) == .raised)
        #expect(bench.take(Said(at: 140, source: "a")) == .refreshed)
        #expect(bench.advance(to: 189) == [])
        #expect(bench.advance(to: 1_000) == ["cleared 190"])
    }

    @Test func theKindsAreListedInTheOrderOfTheFile() throws {
        var rule = HandRule()
        try rule.corroborate(
            within: 60, need: 3,
            ["smoke": "alert.kind == \"smoke\"", "heat": "alert.kind == \"heat\""])
        let one = try rule.condition("evidence.kinds == [\"heat\"]")
        let both = try rule.condition("evidence.kinds == [\"smoke\", \"heat\"]")
        rule.plan.raise = try rule.held("evidence.met")
        var bench = RuleBench(rule)
        _ = bench.take(Said(at: 100, kind: "heat", source: "b"))
        #expect(bench.value(one).asBool)
        _ = bench.take(Said(at: 101, source: "a"))
        #expect(bench.value(both).asBool)
    }

    /// Random sightings in any order of arrival, against every pairing there is.
    @Test(arguments: [UInt64(1), 2, 3, 4])
    func anyOrderOfArrivalGivesTheBestPairing(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<60 {
            let sightings = (0..<12).map { _ in
                PlainSighting(
                    witness: Int.random(in: 0..<4, using: &random),
                    identity: UInt64.random(in: 1...4, using: &random),
                    confidence: Double(Int.random(in: 1...10, using: &random)) / 10,
                    time: Int64.random(in: 1...20, using: &random))
            }
            var first: Corroboration?
            for _ in 0..<6 {
                let found = PlainSighting.weigh(sightings.shuffled(using: &random), at: 25)
                let expected = first ?? found
                #expect(found.count == PlainSighting.best(sightings.filter { $0.time > 5 }))
                #expect(found.witnesses == expected.witnesses)
                #expect(found.confidence == expected.confidence)
                #expect(found.leaves == expected.leaves)
                first = found
            }
        }
    }
}

/// A sighting in a plain list.
struct PlainSighting {
    var witness: Int
    var identity: UInt64
    var confidence: Double
    var time: Int64

    static func weigh(_ sightings: [PlainSighting], at now: Int64) -> Corroboration {
        var limits = RuleLimits()
        limits.panes = 1000
        var store = StateStore(limits: limits)
        let start = store.take(SightingLayout.words(4)) ?? 0
        store.resetSightings(start)
        for sighting in sightings {
            let seen = WitnessSighting(
                identity: sighting.identity, confidence: sighting.confidence, time: sighting.time)
            store.addSighting(seen, start, sighting.witness, edge: now - 20)
        }
        var plan = CorroborationPlan(
            within: Interval(nanoseconds: 20), need: 1, distinct: .none)
        plan.witnessCount = 4
        return store.weigh(plan, start, Timestamp(nanoseconds: now))
    }

    /// The size of the largest pairing, by trying all of them.
    static func best(_ sightings: [PlainSighting], from witness: Int = 0) -> Int {
        guard witness < 4 else { return 0 }
        var best = best(sightings, from: witness + 1)
        for identity in Set(sightings.filter { $0.witness == witness }.map(\.identity)) {
            let rest = sightings.filter { $0.identity != identity }
            best = max(best, 1 + self.best(rest, from: witness + 1))
        }
        return best
    }
}
