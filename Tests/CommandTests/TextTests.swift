import Domain
import Foundation
import Testing

@testable import tocsin

@Suite("Texts for people")
struct TextTests {
    @Test("A moment is written as Foundation writes it, from 1700 to 2200")
    func rfc3339() {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        var seconds = -8_520_336_000
        while seconds < 7_258_118_400 {
            let moment = Timestamp(nanoseconds: Int64(seconds) * 1_000_000_000)
            let expected = Date(timeIntervalSince1970: Double(seconds)).formatted(style)
            #expect(moment.rfc3339 == expected)
            seconds += 86_400 * 11 + 12_345
        }
    }

    @Test("Fractions are cut to milliseconds, also before 1970")
    func milliseconds() {
        #expect(Timestamp(nanoseconds: 1_999_999).rfc3339 == "1970-01-01T00:00:00.001Z")
        #expect(Timestamp(nanoseconds: -1).rfc3339 == "1969-12-31T23:59:59.999Z")
    }

    @Test(
        "Figures are grouped by thousands",
        arguments: [
            (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1000, "-1,000"),
        ])
    func grouping(number: Int, text: String) {
        #expect(grouped(number) == text)
    }

    @Test(
        "One decimal is rounded, the sign kept",
        arguments: [(0, "0.0"), (0.05, "0.1"), (-0.26, "-0.3"), (12.34, "12.3"), (99.96, "100.0")])
    func decimals(number: Double, text: String) {
        #expect(oneDecimal(number) == text)
    }

    @Test("A bar always has its width")
    func bars() {
        for tenth in -10...1010 { #expect(bar(Double(tenth) / 10, width: 10).count == 10) }
        #expect(bar(100, width: 4) == "████")
        #expect(bar(50, width: 3) == "█▌ ")
    }

    @Test(
        "Lengths of time are read with their unit",
        arguments: [("500ms", 0.5), ("10s", 10), ("1.5m", 90), ("2h", 7200)])
    func lengths(text: String, seconds: Double) {
        #expect(LengthOfTime(argument: text)?.duration.seconds == seconds)
    }

    @Test(
        "A length without a unit, or below nothing, is none", arguments: ["10", "s", "-1s", "xs"])
    func noLengths(text: String) {
        #expect(LengthOfTime(argument: text) == nil)
    }

    @Test("JSON texts survive what JSON must escape")
    func jsonTexts() throws {
        let text = "a\"b\\c\n\u{1}é漢\u{1F525}"
        let data = Data("[\(jsonText(text))]".utf8)
        #expect(try JSONSerialization.jsonObject(with: data) as? [String] == [text])
    }
}

@Suite("The feed's numbers")
struct FeedSequenceTests {
    @Test("A hole in the numbers is seen once, with its size")
    func holes() {
        var sequence = FeedSequence()
        #expect(sequence.saw(5) == nil)
        #expect(sequence.saw(6) == nil)
        #expect(sequence.saw(9) == .init(missing: 2, after: 6))
        #expect(sequence.saw(10) == nil)
    }

    @Test("The heartbeat shows what is missing at the end")
    func tail() {
        var sequence = FeedSequence()
        #expect(sequence.heard(epoch: "e", last: 10) == nil)
        #expect(sequence.saw(11) == nil)
        #expect(sequence.heard(epoch: "e", last: 14) == .init(missing: 3, after: 11))
        #expect(sequence.heard(epoch: "e", last: 14) == nil)
    }

    @Test("A server that started anew starts a new count")
    func newEpoch() {
        var sequence = FeedSequence()
        #expect(sequence.heard(epoch: "a", last: 100) == nil)
        #expect(sequence.heard(epoch: "b", last: 2) == nil)
        #expect(sequence.saw(3) == nil)
    }
}
