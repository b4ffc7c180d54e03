import Foundation
import Testing

@testable import Wire

@Suite struct NumberTests {
    /// The double our reader makes of a number's text; nil when it refuses it.
    private func read(_ text: String) -> Double? {
        let bytes = Array(text.utf8)
        var reader = JSONReader(0, bytes.count, of: bytes.count)
        do {
            let number = try reader.number(bytes.span)
            return number.end == bytes.count ? number.double(bytes.span) : nil
        } catch {
            return nil
        }
    }

    /// Same bits: minus zero is not zero.
    private func agrees(_ text: String) -> Bool {
        read(text)?.bitPattern == strtod(text, nil).bitPattern
    }

    @Test(arguments: [
        "0", "-0", "0.0", "-0e7", "1", "0.1", "0.3", "9007199254740993", "9007199254740992",
        "1e22", "1e23", "8.5e22", "1e27", "1e28", "123456789012345678901234567890", "1e308", "1e309",
        "1.7976931348623157e308", "1.7976931348623158e308", "1.7976931348623159e308", "-1e400",
        "2.2250738585072014e-308", "2.2250738585072011e-308", "4.9e-324", "2.4703282292062327e-324",
        "2.4703282292062328e-324", "1e-400", "1e-999999999999999999999", "1e999999999999999999999",
        "0e999999999999999999999", "7450580596923828125e-27", "9999999999999999999e27",
        "18446744073709551615", "18446744073709551616", "0.000000000000000000000000000000000017",
        "100000000000000016777215", "100000000000000016777216", "9223372036854776832",
        "40.608612345678901", "-73.97312345678901234", "0.92000000000000003996802888650563545525074005126953125",
    ])
    func aNumberIsTheNearestDouble(_ text: String) {
        #expect(agrees(text), "\(text)")
    }

    @Test func pointsHalfwayBetweenDoublesGoToTheEvenOne() {
        let half = "9007199254740993"
        for (tail, expected) in [("", 9007199254740992.0), (".0", 9007199254740992), ("." + String(repeating: "0", count: 900) + "1", 9007199254740994)] {
            #expect(read(half + tail) == expected)
            #expect(agrees(half + tail))
        }
        // The 752 digits of the point halfway between nothing and the smallest double, and both sides of it.
        let halfOfSmallest = String(format: "%.1200f", 0x1p-1074).dropLast(0)
        #expect(agrees(String(halfOfSmallest)))
    }

    @Test func randomDoublesInTheirShortestFormAreReadBack() {
        var random = SplitMix(seed: 1)
        for _ in 0..<100_000 {
            let value = Double(bitPattern: random.next())
            if value.isFinite { #expect(read("\(value)")?.bitPattern == value.bitPattern, "\(value)") }
        }
    }

    @Test func randomDigitsAgreeWithTheCLibrary() {
        var random = SplitMix(seed: 2)
        for _ in 0..<60_000 {
            var text = random.below(2) == 0 ? "-" : ""
            text += "\(1 + random.below(9))"
            let length = [3, 17, 19, 25, 60][random.below(5)]
            for _ in 0..<random.below(length) { text += "\(random.below(10))" }
            text += "."
            for _ in 0...random.below(length) { text += "\(random.below(10))" }
            if random.below(2) == 0 { text += "e\(random.below(700) - 350)" }
            #expect(agrees(text), "\(text)")
        }
    }

    @Test func valuesNextToHalfwayPointsAgreeWithTheCLibrary() {
        var random = SplitMix(seed: 3)
        for _ in 0..<3000 {
            let value = Double(bitPattern: random.next() & 0x7FFF_FFFF_FFFF_FFFF)
            guard value.isFinite, value.nextUp.isFinite else { continue }
            // More digits than any halfway point has, so that the text is exact; then its last digit moved.
            let exponent = value.exponent
            let digits = String(format: "%.1100e", value)
            #expect(agrees(digits), "\(value) \(exponent)")
            let between = String(format: "%.30e", value + (value.nextUp - value) / 2)
            #expect(agrees(between), "\(between)")
        }
    }
}
