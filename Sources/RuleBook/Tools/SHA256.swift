/// SHA-256 (FIPS 180-4), for locks: a few kilobytes, rarely.
enum SHA256 {
    private static let constants: [UInt32] = primes(64).map { root($0, cubic: true) }
    private static let start: [UInt32] = primes(8).map { root($0, cubic: false) }

    /// The digest of a text's UTF-8, in hexadecimal.
    static func hex(_ text: String) -> String {
        digest(Array(text.utf8)).map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 8 - digits.count) + digits
        }.joined()
    }

    private static func digest(_ message: [UInt8]) -> [UInt32] {
        var bytes = message + [0x80]
        while bytes.count % 64 != 56 { bytes.append(0) }
        let bits = UInt64(message.count) * 8
        for shift in stride(from: 56, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
        }
        var state = start
        for block in stride(from: 0, to: bytes.count, by: 64) {
            compress(&state, schedule(bytes[block..<block + 64]))
        }
        return state
    }

    private static func schedule(_ block: ArraySlice<UInt8>) -> [UInt32] {
        var words = stride(from: block.startIndex, to: block.endIndex, by: 4).map { at in
            block[at..<at + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        }
        for at in 16..<64 {
            let (a, b) = (words[at - 15], words[at - 2])
            let small = turn(a, 7) ^ turn(a, 18) ^ (a >> 3)
            let large = turn(b, 17) ^ turn(b, 19) ^ (b >> 10)
            words.append(words[at - 16] &+ small &+ words[at - 7] &+ large)
        }
        return words
    }

    private static func compress(_ state: inout [UInt32], _ words: [UInt32]) {
        var s = state
        for round in 0..<64 {
            let (a, e) = (s[0], s[4])
            let choice = (e & s[5]) ^ (~e & s[6])
            let majority = (a & s[1]) ^ (a & s[2]) ^ (s[1] & s[2])
            let first =
                s[7] &+ (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) &+ choice &+ constants[round]
                &+ words[round]
            let second = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) &+ majority
            s = [first &+ second, a, s[1], s[2], s[3] &+ first, e, s[5], s[6]]
        }
        for index in state.indices { state[index] = state[index] &+ s[index] }
    }

    private static func turn(_ word: UInt32, _ bits: UInt32) -> UInt32 {
        word >> bits | word << (32 - bits)
    }

    private static func primes(_ count: Int) -> [UInt64] {
        var found: [UInt64] = []
        var candidate: UInt64 = 2
        while found.count < count {
            if found.allSatisfy({ candidate % $0 != 0 }) { found.append(candidate) }
            candidate += 1
        }
        return found
    }

    /// The first 32 bits of the fraction of a prime's square or cube root.
    private static func root(_ prime: UInt64, cubic: Bool) -> UInt32 {
        // The greatest r with r² ≤ p·2⁶⁴ or r³ ≤ p·2⁹⁶, found bit by bit.
        var result: UInt128 = 0
        for bit in stride(from: 35, through: 0, by: -1) {
            let next = result | (UInt128(1) << UInt128(bit))
            let power = cubic ? next * next * next : next * next
            if power <= UInt128(prime) << (cubic ? 96 : 64) { result = next }
        }
        return UInt32(truncatingIfNeeded: result)
    }
}
