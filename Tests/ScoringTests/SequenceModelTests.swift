import CEL
import Domain
import RuleFixtures
import Testing

@testable import Scoring

/// Sequences against a plain list of runs, over random alerts.
@Suite struct SequenceModelTests {
    struct Event {
        var kind: String
        var value: Double
        var at: Double
    }

    /// Steps a, b, c with n forbidden between a and b, and z after c where it is trailing.
    struct Model {
        struct Run {
            var steps: [Event]
        }
        let within: Double
        let runsMax: Int
        let latest: Bool
        let trails: Bool
        var runs: [Run] = []
        var matches: [[Double]] = []

        mutating func take(_ event: Event) {
            complete { $0 < event.at }
            runs.removeAll { $0.steps[0].at + within < event.at }
            var isUsed = false
            var kept: [Run] = []
            for var run in runs {
                let next = ["a", "b", "c", "z"][run.steps.count]
                let last = run.steps[run.steps.count - 1]
                let isKilled =
                    (run.steps.count == 1 && event.kind == "n")
                    || (run.steps.count == 3 && event.kind == "z")
                if isKilled && last.at < event.at { continue }
                let fits = next != "b" || event.value > run.steps[0].value
                if event.kind == next && next != "z" && fits {
                    run.steps.append(event)
                    isUsed = true
                    if run.steps.count == 3 && !trails {
                        matches.append([event.at] + run.steps.map(\.value))
                        continue
                    }
                }
                kept.append(run)
            }
            runs = kept
            if event.kind == "a" && (!isUsed || runsMax > 1) { begin(event) }
        }

        private mutating func begin(_ event: Event) {
            if runs.count == runsMax {
                if runsMax == 1 && !latest { return }
                let oldest = runs.indices.min { runs[$0].steps[0].at < runs[$1].steps[0].at }
                runs.remove(at: oldest ?? 0)
            }
            runs.append(Run(steps: [event]))
        }

        mutating func complete(_ isDue: (Double) -> Bool) {
            for run in runs where run.steps.count == 3 {
                let end = run.steps[0].at + within
                if isDue(end) { matches.append([end] + run.steps.map(\.value)) }
            }
            runs.removeAll { $0.steps.count == 3 && isDue($0.steps[0].at + within) }
        }
    }

    @Test(arguments: [(1, true), (1, false), (4, true)], [false, true])
    func randomAlertsGiveTheMatchesOfAPlainList(
        overlap: (runs: Int, latest: Bool), trails: Bool
    ) throws {
        var random = SplitMix64(seed: UInt64(overlap.runs) * 4 + (trails ? 1 : 0))
        var found = 0
        for _ in 0..<200 {
            var builder = TableBuilder(kinds: ["a", "b", "c", "n", "z"])
            var steps: [StepText] = [
                .step("a", ["a"]), .not(["n"]), .step("b", ["b"], "alert.value > a.value"),
                .step("c", ["c"]),
            ]
            if trails { steps.append(.not(["z"])) }
            _ = try builder.sequence(
                "s", within: .seconds(20), steps, runs: overlap.runs,
                restartsOnLatest: overlap.latest)
            var bench = PatternBench(builder)
            var model = Model(
                within: 20, runsMax: overlap.runs, latest: overlap.latest, trails: trails)
            var now = 0.0
            for value in 0..<60 {
                now += Double(Int.random(in: 0...4, using: &random))
                let kind = ["a", "a", "b", "c", "n", "z"].randomElement(using: &random) ?? "a"
                let event = Event(
                    kind: kind, value: Double((value * 7) % 60), at: now)
                model.take(event)
                bench.take(event.kind, event.value, at: event.at)
            }
            model.complete { _ in true }
            bench.live(to: PatternBench.time(now + 100))
            let matches = bench.findings.map { [$0.at] + $0.steps }
                .sorted { $0.lexicographicallyPrecedes($1) }
            #expect(matches == model.matches.sorted { $0.lexicographicallyPrecedes($1) })
            found += matches.count
        }
        #expect(found > 20)
    }
}
