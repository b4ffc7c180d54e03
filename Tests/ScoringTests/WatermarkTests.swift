import CEL
import Domain
import Testing

@testable import Scoring

@Suite struct WatermarkTests {
    static func at(_ seconds: Double) -> Timestamp {
        Timestamp(nanoseconds: 1_780_000_000_000_000_000 + Int64(seconds * 1e9))
    }

    static func seconds(_ time: Timestamp) -> Double {
        Double((time - at(0)).nanoseconds) / 1e9
    }

    /// Waits 5 s for stragglers; a source is idle after 60 s.
    static func watermark(sources: Int = 10) -> Watermark {
        Watermark(TimePlan(), sources: sources)
    }

    @Test func itIsTheLeastOfTheSourcesLessTheLateness() {
        var watermark = Self.watermark()
        watermark.advance(to: Self.at(100))
        watermark.observe(SourceID(0), at: Self.at(100))
        watermark.observe(SourceID(1), at: Self.at(98))
        watermark.advance(to: Self.at(120))
        watermark.observe(SourceID(0), at: Self.at(120))
        #expect(watermark.time == Self.at(95))
        watermark.observe(SourceID(1), at: Self.at(110))
        #expect(watermark.time == Self.at(105))
    }

    @Test func withoutSourcesItFollowsTheClock() {
        var watermark = Self.watermark()
        watermark.advance(to: Self.at(10))
        #expect(watermark.time == Self.at(5))
        watermark.advance(to: Self.at(11))
        #expect(watermark.time == Self.at(6))
    }

    @Test func aQuietSourceStopsHoldingItBack() {
        var watermark = Self.watermark()
        watermark.advance(to: Self.at(0))
        watermark.observe(SourceID(0), at: Self.at(0))
        watermark.advance(to: Self.at(59.9))
        watermark.observe(SourceID(1), at: Self.at(59.9))
        #expect(watermark.time == Self.at(-5))
        watermark.advance(to: Self.at(60))
        #expect(watermark.time == Self.at(54.9))
    }

    @Test func aClockThatStandsStillOrIsFarBehindHoldsItBackNoLongerThanAQuietSource() {
        var watermark = Self.watermark()
        for second in 0...300 {
            let now = Self.at(Double(second))
            watermark.advance(to: now)
            watermark.observe(SourceID(0), at: now)
            // Stands still.
            watermark.observe(SourceID(1), at: Self.at(0))
            // An hour behind, if it were ever taken for being in time.
            watermark.observe(SourceID(2), at: now - .hours(1))
            #expect(watermark.time >= now - .seconds(66))
        }
        #expect(watermark.time == Self.at(295))
    }

    @Test func aClockAheadMovesNothing() {
        var watermark = Self.watermark()
        watermark.advance(to: Self.at(10))
        watermark.observe(SourceID(0), at: Self.at(10))
        watermark.observe(SourceID(1), at: Self.at(3610))
        #expect(watermark.time == Self.at(5))
    }

    /// The definition, with a list of all sources.
    struct Model {
        var seen: [Int: Int64] = [:]
        var clock = Int64.min
        var time = Int64.min

        mutating func rise() {
            let holding = seen.values.filter { bucket($0) > bucket(clock - 60_000_000_000) }
            let least = holding.min().map { bucket($0) * 100_000_000 } ?? clock
            time = max(time, least - 5_000_000_000)
        }
        private func bucket(_ time: Int64) -> Int64 { time / 100_000_000 }
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func anyAlertsAndClocksAgreeWithTheDefinition(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var watermark = Self.watermark(sources: 50)
        var model = Model()
        var now = Self.at(0).nanoseconds
        for _ in 0..<20_000 {
            now += Int64.random(in: 0...400_000_000, using: &random)
            if Int.random(in: 0..<200, using: &random) == 0 { now += 100_000_000_000 }
            watermark.advance(to: Timestamp(nanoseconds: now))
            model.clock = now
            model.rise()
            let source = Int.random(in: 0..<50, using: &random)
            let spread = source < 40 ? Int64(3_000_000_000) : 90_000_000_000
            let time = now - Int64.random(in: 0...spread, using: &random)
            watermark.observe(SourceID(source), at: Timestamp(nanoseconds: time))
            model.seen[source] = max(model.seen[source] ?? .min, time)
            model.rise()
            let found = watermark.time.nanoseconds
            #expect(found == model.time)
        }
    }

    @Test(arguments: [UInt64(4), 5])
    func theClockThatPassesAMomentIsTheFirstThatDoes(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<300 {
            let sources = (0..<Int.random(in: 0...5, using: &random)).map { _ in
                Double.random(in: 0...100, using: &random)
            }
            func fresh() -> Watermark {
                var watermark = Self.watermark()
                watermark.advance(to: Self.at(100))
                for (index, time) in sources.enumerated() {
                    watermark.observe(SourceID(index), at: Self.at(time))
                }
                return watermark
            }
            let moment = Self.at(Double.random(in: 30...120, using: &random))
            let watermark = fresh()
            if watermark.time > moment { continue }
            let turn = watermark.clock(passing: moment)
            var before = fresh()
            before.advance(to: turn - Interval(nanoseconds: 1))
            var then = fresh()
            then.advance(to: turn)
            let (early, reached) = (before.time, then.time)
            #expect(early <= moment)
            #expect(reached > moment)
            let holdsBack = watermark.holdsBack(moment, at: turn)
            #expect(!holdsBack)
        }
    }

    @Test func aQuarterOfAMillionSourcesCostNoMoreThanTen() {
        var watermark = Self.watermark(sources: 262_144)
        for source in 0..<262_144 {
            let now = Self.at(Double(source) / 1000)
            watermark.advance(to: now)
            watermark.observe(SourceID(source), at: now)
        }
        // Those of the last minute hold it back.
        let lag = Self.seconds(watermark.time) - (262.143 - 60 - 5)
        #expect(lag >= 0 && lag <= 0.2)
    }
}

@Suite struct ReorderBufferTests {
    @Test(arguments: [UInt64(1), 2])
    func whatGoesInInAnyOrderComesOutByTimeSourceNumberAndId(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var buffer = ReorderBuffer(limit: 500)
        var slots = SlotFrame(count: RuleSlot.count)
        var expected: [[Int64]] = []
        var out: [[Int64]] = []
        func take() {
            _ = buffer.pop(into: &slots)
            out.append((0..<4).map { slots[$0].asInt })
        }
        for round in 0..<4 {
            for _ in 0..<400 {
                let parts = (0..<4).map { _ in Int64.random(in: 0...6, using: &random) }
                let time = parts[0] + Int64(round) * 10
                for (slot, part) in ([time] + parts.dropFirst()).enumerated() {
                    slots[slot] = .int(part)
                }
                let order = EventOrder(
                    time: Timestamp(nanoseconds: time), source: UInt64(parts[1]),
                    number: UInt64(parts[2]), id: UInt64(parts[3]))
                buffer.insert(order, Sighting(), OrderedRules(), slots)
                expected.append([time] + parts.dropFirst())
            }
            for _ in 0..<400 { take() }
        }
        expected.sort { $0.lexicographicallyPrecedes($1) }
        #expect(out == expected)
        #expect(buffer.earliest() == .forever)
    }
}
