import Domain
import Testing

@Suite("Stable hashes")
struct StableHashTests {
    @Test("Small seeds and small words never stand for one another")
    func seedsAndWords() {
        var seen: [UInt64: (seed: UInt64, word: UInt64)] = [:]
        for seed in UInt64(0)..<64 {
            for word in UInt64(0)..<512 {
                var hash = StableHash(seed: seed)
                hash.combine(word)
                let other = seen.updateValue((seed, word), forKey: hash.value)
                #expect(other == nil, "\(seed) \(word)")
            }
        }
    }
}
