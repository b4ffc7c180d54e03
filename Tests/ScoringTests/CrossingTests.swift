import Domain
import Testing

@testable import Scoring

/// When a decaying score next matters, beside a search that tries every step of the way.
@Suite struct CrossingTests {
    private static let start = RollUpTests.start
    private static let category = Category.publicSafety

    private static func halfLife(_ random: inout SplitMix64) -> Interval {
        let nanoseconds: [ClosedRange<Int64>] = [
            1...5_000_000, 1_000_000...10_000_000_000, 60_000_000_000...7_200_000_000_000,
            86_400_000_000_000...5_000_000_000_000_000,
        ]
        let range = nanoseconds.randomElement(using: &random) ?? 1...1
        return Interval(nanoseconds: Int64.random(in: range, using: &random))
    }

    private static func plan(_ number: Int, _ random: inout SplitMix64) -> ScorePlan {
        ScorePlan(
            rule: RuleID(number), identity: UInt32(number), category: category, points: .none,
            confidence: .none, halfLife: halfLife(&random), group: UInt32(number / 2))
    }

    /// Halves the time left, and tries each time whether the target is reached.
    private static func naive(
        _ board: borrowing ScoreBoard, _ state: Int, _ target: Int32, _ below: RollUp,
        _ now: Timestamp
    ) -> Timestamp {
        var longest = Interval.zero
        var link = board.states[state].head
        while link != 0 {
            longest = max(longest, board.pool[Int(link) - 1].worth.halfLife)
            link = board.pool[Int(link) - 1].next
        }
        var (low, high) = (Int64(1), longest.nanoseconds / 1_000_000 * 10 + 1)
        while low < high {
            let middle = low + (high - low) / 2
            let own = board.combined(state, at: now + .milliseconds(middle))
            let score = target < ScoreBoard.floorMilliPoints ? own : below.score(own: own)
            if score.value <= target { high = middle } else { low = middle + 1 }
        }
        return now + .milliseconds(low)
    }

    @Test(arguments: [(cell: 2, most: 1), (2, 4), (1, 1), (1, 3)])
    func itIsTheMomentThatTryingFinds(cell: Int, most: Int) {
        var random = SplitMix64(seed: UInt64(cell * 10 + most))
        let methods = RollUpMethod.allCases
        for round in 0..<2500 {
            var board = RollUpTests.board(RollUpPlan(methods[round % methods.count], count: 2))
            var timers = TimerQueue(owners: 40)
            if cell == 1 && round % 3 != 0 { _ = RollUpTests.put([3: 25], &board, &timers) }
            let state = board.index(CellID(cell), Self.category)
            for number in 0..<Int.random(in: 1...most, using: &random) {
                let plan = Self.plan(number, &random)
                let age = Int64.random(
                    in: -plan.halfLife.nanoseconds...plan.halfLife.nanoseconds * 4, using: &random)
                let points = MilliPoints(Int32.random(in: 100...100_000, using: &random))
                let time = Self.start + Interval(nanoseconds: -age)
                board.add(Evidence(points: points, time: time), by: plan, in: CellID(cell))
            }
            let own = board.sweep(state, at: Self.start)
            guard board.states[state].head != 0 else { continue }
            let below = board.children(CellID(cell), Self.category)
            let top = max(below.score(own: own).value + 1000, 200)
            for target in (0..<8).map({ _ in Int32.random(in: 99...top, using: &random) }) + [99] {
                let expected = Self.naive(board, state, target, below, Self.start)
                let found = board.crossing(state, target, below, Self.start)
                #expect(found == expected, "round \(round), target \(target)")
            }
        }
    }

    /// Around whole half-lives the value rises again by a hair.
    @Test func itIsTheMomentThatTryingFindsWhereDecayRises() {
        var random = SplitMix64(seed: 8)
        var rises = 0
        for round in 0..<20_000 {
            let halves = Int64.random(in: 1...5, using: &random)
            let target = Int32.random(in: 99...(100_000 >> Int32(halves) - 1), using: &random)
            let nudge = Int32.random(in: -1...1, using: &random)
            let points = min(100_000, (target << Int32(halves)) + (1 << Int32(halves - 1)) + nudge)
            var board = ScoreBoardTests.board()
            var plan = Self.plan(1, &random)
            plan.halfLife = .minutes(Int64.random(in: 1...100_000, using: &random))
            let state = board.index(CellID(2), Self.category)
            board.add(
                Evidence(points: MilliPoints(points), time: Self.start), by: plan, in: CellID(2))
            let edge = Self.start + Interval(nanoseconds: plan.halfLife.nanoseconds * halves)
            let values = (
                board.combined(state, at: edge - .milliseconds(1)), board.combined(state, at: edge)
            )
            if values.0 < values.1 { rises += 1 }
            let below = board.children(CellID(2), Self.category)
            let expected = Self.naive(board, state, target, below, Self.start)
            let found = board.crossing(state, target, below, Self.start)
            #expect(found == expected, "round \(round)")
        }
        #expect(rises > 100)
    }

    @Test func aBracketHoldsTheMomentAndIsNarrow() {
        var random = SplitMix64(seed: 6)
        var known = 0
        for _ in 0..<20_000 {
            let halfLife = Self.halfLife(&random)
            let value = MilliPoints(Int32.random(in: 100...100_000, using: &random))
            let target = MilliPoints(Int32.random(in: 99..<value.value, using: &random))
            let bracket = DecayBracket(of: value, downTo: target, halfLife: halfLife)
            guard bracket.reachedFrom != .max else { continue }
            known += 1
            let width = bracket.reachedFrom - bracket.aboveUntil
            #expect(width <= halfLife.nanoseconds >> 24 + 3)
            for _ in 0..<8 {
                let early = bracket.aboveUntil - Int64.random(in: 0...2000, using: &random)
                let before = Decay.decayed(
                    value, after: Interval(nanoseconds: early), halfLife: halfLife)
                #expect(before > target)
                let late = bracket.reachedFrom + Int64.random(in: 0...2000, using: &random)
                let after = Decay.decayed(
                    value, after: Interval(nanoseconds: late), halfLife: halfLife)
                #expect(after <= target)
            }
        }
        #expect(known > 19_900)
    }
}
