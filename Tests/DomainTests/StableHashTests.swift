import Domain
import Testing

@Suite struct StableHashTests {
    /// Rules and symbols are both small numbers: (rule 3, symbol 5) is not (rule 5, symbol 3).
    @Test func seedAndWordDoNotStandInForEachOther() {
        var hashes = Set<UInt64>()
        for seed in UInt64(0)..<500 {
            for word in UInt64(0)..<500 {
                var hash = StableHash(seed: seed)
                hash.combine(word)
                hashes.insert(hash.value)
            }
        }
        #expect(hashes.count == 250_000)
    }

    @Test func theOrderOfWordsAndTheLengthOfTextsCount() {
        func hash(_ texts: [String]) -> UInt64 {
            var hash = StableHash()
            for text in texts {
                let utf8 = Array(text.utf8)
                hash.combine(utf8.span, 0, utf8.count)
            }
            return hash.value
        }
        #expect(hash(["ab", "c"]) != hash(["a", "bc"]))
        #expect(hash(["ab"]) != hash(["ab", ""]))
        #expect(hash(["a\0"]) != hash(["a"]))
        #expect(hash(["x", "y"]) != hash(["y", "x"]))
    }
}
