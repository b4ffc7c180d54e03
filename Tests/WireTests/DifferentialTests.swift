import AlertCases
import Domain
import Foundation
import Testing

@testable import Wire

/// Our reader against Foundation's, over mutations of real documents.
@Suite struct DifferentialTests {
    /// Whether our reader takes the bytes for one JSON document.
    private func weAccept(_ bytes: [UInt8]) -> Bool {
        var reader = JSONReader(0, bytes.count, of: bytes.count)
        do {
            try reader.skip(bytes.span)
            try reader.finish(bytes.span)
            return true
        } catch {
            return false
        }
    }

    private func foundationAccepts(_ bytes: [UInt8]) -> Bool {
        do {
            _ = try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
            return true
        } catch {
            return false
        }
    }

    /// What Foundation is known to decide otherwise than RFC 8259: it refuses unpaired surrogates
    /// and numbers past a double, which the grammar has, and takes a byte order mark, other
    /// encodings, and zero bytes, which the grammar has not.
    private func isDisputed(_ bytes: [UInt8]) -> Bool {
        if bytes.contains(0) || bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return true }
        if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) { return true }
        let text = String(decoding: bytes, as: UTF8.self).lowercased()
        return text.contains("\\ud")
            || text.contains("e")
                && text.contains { $0.isNumber } && hasLongExponent(text)
    }

    /// Foundation takes a comma before a closing bracket; the grammar does not.
    private func hasTrailingComma(_ bytes: [UInt8]) -> Bool {
        String(decoding: bytes, as: UTF8.self).firstRange(of: /,[ \t\r\n]*[\]}]/) != nil
    }

    private func hasLongExponent(_ text: String) -> Bool {
        text.firstRange(of: /[0-9.]e[+-]?[0-9]{3}/) != nil
    }

    private static let documents = [
        AlertCases.example, AlertCases.minimal,
        #"{"a":[1,-0,0.5,1e5,-1.5E-3,true,false,null,"",{},[]]}"#,
        #"["\"\\\/\b\f\n\r\t\u0041\u00e9","é烟😀",[[[[]]]],{"k":{"k":{}}}]"#, "  [ 1 , 2 ]  ",
        "-12.75", "\"text\"",
    ]

    private static let pieces: [[UInt8]] =
        [
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "0", "00", "-", "+", ".", "e", "E5",
            "1e5", "true", "nul", "null",
            " ", "\n", "\t", "\u{1}", "é", "烟", "\u{7F}", "\\n", "\\x", "/", "//", "'", "NaN", "1.",
            ".1", "-0", "01", "{}", "[]", "\"\":",
        ].map { Array($0.utf8) } + [
            [0x80], [0xC0, 0xAF], [0xE4, 0xB8], [0xED, 0xA0, 0x80], [0xF5], [0xFF],
        ]

    @Test func theyAgreeOnWhatIsJSON() {
        var random = SplitMix64(seed: 11)
        var (valid, invalid, disputed) = (0, 0, 0)
        for _ in 0..<60_000 {
            let bytes = mutated(&random)
            if isDisputed(bytes) {
                disputed += 1
                continue
            }
            let ours = weAccept(bytes)
            if ours { valid += 1 } else { invalid += 1 }
            if !ours && hasTrailingComma(bytes) { continue }
            if ours != foundationAccepts(bytes) {
                Issue.record("we say \(ours): \(String(decoding: bytes, as: UTF8.self)) \(bytes)")
            }
        }
        #expect(valid > 5000)
        #expect(invalid > 20_000)
        #expect(disputed < 5000)
    }

    private func mutated(_ random: inout SplitMix64) -> [UInt8] {
        var bytes = Array(Self.documents[random.below(Self.documents.count)].utf8)
        for _ in 0...random.below(3) {
            let at = random.below(bytes.count + 1)
            switch random.below(5) {
            case 0: bytes.insert(contentsOf: Self.pieces[random.below(Self.pieces.count)], at: at)
            case 1: if at < bytes.count { bytes.remove(at: at) }
            case 2: if at < bytes.count { bytes[at] = UInt8(truncatingIfNeeded: random.next()) }
            case 3:
                if at < bytes.count { bytes[at] = Self.pieces[random.below(Self.pieces.count)][0] }
            default: bytes.removeSubrange(at..<min(bytes.count, at + random.below(8)))
            }
        }
        return bytes
    }
}
