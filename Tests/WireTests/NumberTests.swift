import Domain
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
        let expected = unsafe strtod(text, nil)
        return read(text)?.bitPattern == expected.bitPattern
    }

    @Test(arguments: [
        "0", "-0", "0.0", "-0e7", "1", "0.1", "0.3", "9007199254740993", "9007199254740992",
        "1e22", "1e23", "8.5e22", "1e27", "1e28", "123456789012345678901234567890", "1e308",
        "1e309",
        "1.7976931348623157e308", "1.7976931348623158e308", "1.7976931348623159e308", "-1e400",
        "2.2250738585072014e-308", "2.2250738585072011e-308", "4.9e-324", "2.4703282292062327e-324",
        "2.4703282292062328e-324", "1e-400", "1e-999999999999999999999", "1e999999999999999999999",
        "0e999999999999999999999", "7450580596923828125e-27", "9999999999999999999e27",
        "18446744073709551615", "18446744073709551616", "0.000000000000000000000000000000000017",
        "100000000000000016777215", "100000000000000016777216", "9223372036854776832",
        "40.608612345678901", "-73.97312345678901234",
        "0.92000000000000003996802888650563545525074005126953125",
    ])
    func aNumberIsTheNearestDouble(_ text: String) {
        #expect(agrees(text), "\(text)")
    }

    @Test func pointsHalfwayBetweenDoublesGoToTheEvenOne() {
        let half = "9007199254740993"
        for (tail, expected) in [
            ("", 9007199254740992.0), (".0", 9_007_199_254_740_992),
            ("." + String(repeating: "0", count: 900) + "1", 9_007_199_254_740_994),
        ] {
            #expect(read(half + tail) == expected)
            #expect(agrees(half + tail))
        }
    }

    @Test func randomDoublesInTheirShortestFormAreReadBack() {
        var random = SplitMix64(seed: 1)
        for _ in 0..<100_000 {
            let value = Double(bitPattern: random.next())
            if value.isFinite {
                #expect(read("\(value)")?.bitPattern == value.bitPattern, "\(value)")
            }
        }
    }

    @Test func randomDigitsAgreeWithTheCLibrary() {
        var random = SplitMix64(seed: 2)
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

    /// `value` with `digits` digits after its first, all of them right; past its last they are
    /// zeros.
    private func exact(_ value: Float80, digits: Int) -> String {
        var text = [CChar](repeating: 0, count: 2048)
        let length = unsafe withVaList([value]) { list in
            unsafe vsnprintf(&text, text.count, "%.\(digits)Le", list)
        }
        return String(decoding: text[..<Int(length)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// A number's text with its mantissa changed.
    private func changed(_ text: String, _ change: (String) -> String) -> String {
        let parts = text.split(separator: "e")
        return change(String(parts[0])) + "e" + parts[1]
    }

    @Test func pointsHalfwayAndTheirNeighboursAgreeWithTheCLibrary() {
        var random = SplitMix64(seed: 3)
        for round in 0..<3000 {
            // Every tenth is among the smallest, which have fewer bits.
            let bits =
                random.next() & (round % 10 == 0 ? 0x000F_FFFF_FFFF_FFFF : 0x7FFF_FFFF_FFFF_FFFF)
            let value = Double(bitPattern: bits)
            guard value.isFinite, value.nextUp.isFinite else { continue }
            let halfway = Float80(value) + (Float80(value.nextUp) - Float80(value)) / 2
            let text = exact(halfway, digits: 1100)
            #expect(agrees(text), "\(value)")
            #expect(agrees(changed(text) { $0 + "1" }), "above \(value)")
            let below = changed(text) { mantissa in
                let digits = mantissa.reversed().drop { $0 == "0" }.reversed()
                return String(digits.dropLast()) + "49999999999999999999"
            }
            #expect(agrees(below), "below \(value)")
            #expect(agrees(exact(halfway, digits: 17 + random.below(760))), "\(value)")
        }
    }
}
