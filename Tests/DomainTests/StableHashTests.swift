import Domain
import Testing

@Suite struct StableHashTests {
    @Test func pairsOfSmallNumbersHaveHashesOfTheirOwn() {
        var hashes = Set<UInt64>()
        for seed in UInt64(0)..<64 {
            for word in UInt64(0)..<64 {
                var hash = StableHash(seed: seed)
                hash.combine(word)
                hashes.insert(hash.value)
            }
        }
        #expect(hashes.count == 64 * 64)
    }

    @Test(arguments: [0, 1, 7, 8, 9, 16, 23])
    func aTextHasTheSameHashInASpanAndInATable(length: Int) {
        let text = (0..<length).map { UInt8(97 + $0) }
        let table = Table(copying: [UInt8(0)] + text + [0])
        var (inSpan, inTable) = (StableHash(), StableHash())
        inSpan.combine(text.span, 0, length)
        inTable.combine(table, 1, length + 1)
        #expect(inSpan.value == inTable.value)
    }
}
