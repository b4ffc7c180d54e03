import Domain
import RuleBook
import Scoring

// `also`: the same case again, in other orders, twice, with a reload in the middle.

extension CaseRunner {
    mutating func runVariations() throws {
        let variations = test.variations
        try runRepeats(variations.repeats)
        for at in variations.reloads { try runReload(at) }
        if variations.shuffles > 0 { try runShuffles(variations.shuffles) }
    }

    /// The same input twice gives the same journal, byte for byte.
    private mutating func runRepeats(_ count: Int) throws {
        guard count > 1 else { return }
        var digests: Set<UInt64> = []
        for _ in 0..<count {
            var walk = try CaseWalk(suite, test, CaseWalk.steps(of: test))
            try walk.live(to: .hours(24 * 365))
            try walk.settle(at: CaseRunner.end(of: test))
            digests.insert(walk.bench.ledger.digest.value)
        }
        if digests.count > 1 {
            add([variation("repeat", "the same journal", "\(digests.count) different ones")])
        }
    }

    /// The same rules, loaded anew in the middle, change nothing.
    private mutating func runReload(_ at: Interval) throws {
        let steps =
            CaseWalk.steps(of: test) + [CaseWalk.Step(at: at, event: .reload)]
        var found = try walk(steps, isMain: false)
        for index in found.indices { found[index].what += ", with a reload at \(at.ruleText)" }
        add(found.filter { mismatch in !mismatches.contains { $0.line == mismatch.line } })
    }

    /// Whatever order alerts come in, within the time that is waited for them, the end is the same.
    private mutating func runShuffles(_ count: Int) throws {
        let expected = try ending(CaseWalk.steps(of: test))
        var dice = SplitMix64(seed: 1)
        for round in 1...count {
            let actual = try ending(shuffled(&dice))
            guard actual != expected else { continue }
            let difference = Ending.difference(expected, actual)
            add([
                variation("shuffle, order \(round)", difference.expected, difference.actual)
            ])
            return
        }
    }

    /// Each alert comes in somewhere between when it happened and the lateness bound.
    private func shuffled(_ dice: inout SplitMix64) -> [CaseWalk.Step] {
        let bound = suite.lateness.nanoseconds
        return test.feed.indices.map { index in
            let item = test.feed[index]
            let late = Int64(dice.next() % UInt64(max(1, bound)))
            let at = Interval(nanoseconds: item.time.nanoseconds + late)
            return CaseWalk.Step(at: at, event: .alert(index))
        } + test.switches.map { CaseWalk.Step(at: $0.at, event: .mode($0)) }
    }

    private func ending(_ steps: [CaseWalk.Step]) throws -> Ending {
        var walk = try CaseWalk(suite, test, steps)
        try walk.live(to: .hours(24 * 365))
        let last = (moments.map(\.at) + test.feed.map(\.arrival)).max() ?? .zero
        let end = last + suite.lateness
        try walk.settle(at: end)
        return Ending(&walk.bench, test, at: suite.start + end)
    }

    private func variation(_ what: String, _ expected: String, _ actual: String) -> Mismatch {
        Mismatch(
            line: test.variations.spot?.line ?? test.spot.line, what: what, expected: expected,
            actual: actual)
    }
}
