/// Cuts, joins and spoils texts.
struct Mutator {
    /// Whole expressions to start from.
    private static let seeds = [
        "severity >= 3 && alert.kind == 'smoke'", "has(alert.value) ? alert.value > 80.0 : false",
        "tags.exists(t, t.startsWith('a')) || !(severity in [1, 2, 3])",
        "{'a': [1, 2u, 3.5e-3], b'\\xff': r'\\n'}.?a[?0].orValue(null)",
        "cel.bind(x, tags.map(t, size(t)), x.filter(n, n > 1))",
        "google.protobuf.Struct{fields: {'k': google.protobuf.Value{number_value: 1.0}}}",
        "timestamp('2024-01-01T00:00:00Z') + duration('1h') > now", "'%s %d'.format(['x', 1])",
        "math.greatest(1, 2.0, 3u) + -9223372036854775808 % 0x7F",
        "[[1]].map(a, a.map(b, b * 2)).all(i, v, i >= 0) // end",
        "text.matches('^(a|b)*\\\\d{2,3}[^x-z]$')", "\"\"\"a\nb\"\"\" + '\\u00e9\\U0001F600\\101'",
        "cel.block([1, cel.index(0) + 1], cel.index(1))", "a.`b-c`.d[0](1)", "Type{in: 1, ?b: c}",
    ]

    private static let words: [String] = [
        "(", ")", "[", "]", "{", "}", ".", ",", ":", "?", "?.", "[?", "!", "-", "+", "*", "/", "%",
        "&&", "||", "==", "!=", "<", "<=", ">", ">=", " in ", "'", "\"", "'''", "`", "\\", "0x",
        "1u",
        "1e309", "9223372036854775808", "null", "true", "has(", ".all(x, ", ".map(x, ",
        "optMap(x, ",
        "\n", "//", "\u{0}", "é", "😀", "r'", "b'", "@result", "int(", "dyn(", "string(",
    ]

    mutating func text(_ dice: inout Dice) -> String {
        var bytes = Array(dice.pick(Self.seeds).utf8)
        if dice.oneIn(4) { bytes += Array(dice.pick(Self.seeds).utf8) }
        for _ in 0...dice.below(6) { mutate(&bytes, &dice) }
        return String(decoding: bytes.prefix(2000), as: UTF8.self)
    }

    private func mutate(_ bytes: inout [UInt8], _ dice: inout Dice) {
        let place = dice.below(bytes.count + 1)
        switch dice.below(6) {
        case 0: bytes.insert(UInt8(truncatingIfNeeded: dice.next()), at: place)
        case 1: bytes.insert(contentsOf: dice.pick(Self.words).utf8, at: place)
        case 2: bytes.removeSubrange(place..<min(bytes.count, place + 1 + dice.below(8)))
        case 3:
            let end = min(bytes.count, place + dice.below(20))
            let piece = Array(bytes[place..<end])
            bytes.insert(contentsOf: piece, at: dice.below(bytes.count + 1))
        case 4: repeatWord(&bytes, at: place, &dice)
        default: if place < bytes.count { bytes[place] ^= UInt8(1 << dice.below(8)) }
        }
    }

    /// Long runs of one word look for limits of nesting and length.
    private func repeatWord(_ bytes: inout [UInt8], at place: Int, _ dice: inout Dice) {
        let count = dice.oneIn(20) ? 400 : dice.below(5)
        let word = dice.pick(Self.words)
        for _ in 0..<count { bytes.insert(contentsOf: word.utf8, at: place) }
    }
}
