import Domain
import Testing

@testable import Scoring

@Suite struct ScoreBoardTests {
    static let cell = CellID(3)
    static let start = Timestamp(nanoseconds: 1_700_000_000_000_000_000)

    /// Plans 0 and 1 share a group, plan 2 stands alone.
    static func plan(_ index: Int) -> ScorePlan {
        ScorePlan(
            rule: RuleID(index), identity: UInt32(index), category: .publicSafety, points: .none,
            confidence: .none,
            halfLife: .minutes(10), group: index == 2 ? 8 : 7)
    }

    static func board() -> ScoreBoard {
        var limits = RuleLimits()
        limits.contributions = 1000
        return ScoreBoard(cells: 10, limits: limits, warnings: WarningScale(), firstTimer: 0)
    }

    static func score(_ evidence: [(plan: Int, points: Double, at: Int64)], at: Int64) -> Int32 {
        var board = board()
        for item in evidence {
            let points = MilliPoints(points: item.points) ?? .zero
            board.add(
                Evidence(points: points, time: start + .seconds(item.at)),
                by: plan(item.plan), in: cell)
        }
        return board.score(cell, .publicSafety, at: start + .seconds(at)).value
    }

    @Test func repeatsOfTheSameEvidenceDoNotPumpTheScore() {
        let once = Self.score([(0, 40, 0)], at: 0)
        let often = Self.score([(0, 40, 0), (0, 40, 0), (0, 40, 0)], at: 0)
        #expect(once == 40_000)
        #expect(often == once)
    }

    @Test func theLargestOfAGroupCountsAndGroupsCombineByNoisyOr() {
        #expect(Self.score([(0, 40, 0), (1, 60, 0)], at: 0) == 60_000)
        #expect(Self.score([(0, 40, 0), (2, 50, 0)], at: 0) == 70_000)
    }

    @Test func evidenceFallsWithItsHalfLifeAndRisesAtOnce() {
        #expect(Self.score([(0, 80, 0)], at: 600) == 40_000)
        #expect(Self.score([(0, 80, 0), (0, 50, 600)], at: 600) == 50_000)
        #expect(Self.score([(0, 80, 0), (0, 30, 600)], at: 600) == 40_000)
    }

    @Test func anyOrderOfArrivalGivesTheSameBits() {
        var random = SplitMix64(seed: 9)
        for _ in 0..<100 {
            let evidence = (0..<8).map { _ in
                (
                    plan: Int.random(in: 0..<3, using: &random),
                    points: Double(Int.random(in: 1...100_000, using: &random)) / 1000,
                    at: Int64.random(in: 0..<600, using: &random)
                )
            }
            let expected = Self.score(evidence, at: 700)
            for _ in 0..<10 {
                #expect(Self.score(evidence.shuffled(using: &random), at: 700) == expected)
            }
        }
    }

    @Test func theKeptEvidenceIsTheOneWorthMoreToATick() {
        var random = SplitMix64(seed: 4)
        for _ in 0..<2000 {
            let evidence = (0..<4).map { _ in
                LeakyMaximum(
                    MilliPoints(Int32.random(in: 1...100_000, using: &random)),
                    at: Self.start + .milliseconds(Int64.random(in: 0..<900_000, using: &random)),
                    halfLife: .minutes(10))
            }
            var kept = evidence[0]
            for one in evidence.dropFirst() { kept.take(one) }
            let later = Self.start + .minutes(15)
            let best = evidence.map { $0.points(at: later).value }.max() ?? 0
            #expect(abs(kept.points(at: later).value - best) <= 1)
        }
    }

    @Test func logarithmsGrowWithEveryThousandthOfAPoint() {
        var before = LeakyMaximum.logarithm(0)
        for points in 1...Int32(100_000) {
            let this = LeakyMaximum.logarithm(points)
            #expect(this > before)
            before = this
        }
        #expect(LeakyMaximum.logarithm(1024) == 10 << 24)
    }

    @Test func anAlertIsCountedOnceAndItsTimesAreTheFirstAndTheLast() {
        var board = Self.board()
        for (sequence, at) in [(UInt64(5), Int64(20)), (6, 0), (6, 0), (9, 50)] {
            var alerts = [6 of UInt64](repeating: 0)
            alerts[0] = sequence
            board.add(
                Evidence(
                    points: MilliPoints(40_000), time: Self.start + .seconds(at), alerts: alerts),
                by: Self.plan(0), in: Self.cell)
        }
        let link = board.firstLink(Self.cell, .publicSafety)
        let quoted = board.quote(link, at: Self.start)
        #expect(quoted.alerts == 3)
        #expect(quoted.first == Self.start)
        #expect(quoted.last == Self.start + .seconds(50))
    }

    @Test func aScoreNeverPassesAHundred() {
        let evidence = (0..<3).map { (plan: $0, points: 100.0, at: Int64(0)) }
        #expect(Self.score(evidence, at: 0) == 100_000)
    }

    @Test func decayAloneTellsEachWarningLevelItLeavesAndEndsAtZero() {
        var board = Self.board()
        var timers = TimerQueue(owners: 50)
        board.add(
            Evidence(points: MilliPoints(90_000), time: Self.start), by: Self.plan(0),
            in: Self.cell)
        var changes = [
            board.commit(Self.cell, .publicSafety, at: Self.start, timers: &timers)
        ]
        while timers.count > 0 {
            let due = timers.earliest()
            _ = timers.pop(dueBy: due)
            changes.append(
                board.commit(Self.cell, .publicSafety, at: due, timers: &timers))
            #expect(changes.count < 100)
        }
        let told = changes.compactMap { $0 }
        let levels = told.filter { $0.warning != $0.previousWarning }.map(\.warning)
        #expect(levels == [.red, .orange, .yellow, .blue, .none])
        #expect(told.last?.score == .zero)
        for change in told where change.warning < change.previousWarning {
            // A level is told at the first millisecond below its clear threshold, not later.
            let before = WarningScale().clear[Int(change.previousWarning.rawValue)]
            #expect(before - change.score.value < 20)
        }
    }

    @Test func aFullPoolEvictsAndCounts() {
        var limits = RuleLimits()
        limits.contributions = 2
        var board = ScoreBoard(
            cells: 10, limits: limits, warnings: WarningScale(), firstTimer: 0)
        for cell in 0..<3 {
            board.add(
                Evidence(points: MilliPoints(50_000), time: Self.start),
                by: Self.plan(0), in: CellID(cell))
        }
        #expect(board.evicted == 1)
        #expect(board.score(CellID(0), .publicSafety, at: Self.start).value == 50_000)
    }
}
