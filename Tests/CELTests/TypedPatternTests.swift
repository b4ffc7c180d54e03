import Testing

@testable import CEL

@Suite("Patterns of typed programs")
struct TypedPatternTests {
    private static let patterns = [
        "smoke|fire|burn", "^Smoke", "Smoke$", "тревога$", "(?i)SMOKE", "gate \\d",
        "gate\\s+[0-9]{1,3}\\b",
        "\\bnear\\b", "\\Bear\\b", "^$", "", "a*b+c?", "[^a-z ]+", "(ab|cd){2,3}", ".", "^.{3}$",
        "(?s)^.*$",
        "(?m)^b$", "(?i)[а-я]+", "(?i)k", "(?i)[j-l]", "—", "x|", "^(a|b)*abb$",
        "[\\x{400}-\\x{4FF}]",
        "^[[:upper:]][[:alpha:]]+ ", "\\Q.*\\E", "(a|a)*$", "^\\z", "\\W\\w\\W",
    ]
    private static let texts = [
        "", "Smoke near gate 4 — тревога", "smoke", "fire!", "burnt", "aabbc", "abcdab", "a\nb\nc",
        "\n",
        "ТРЕВОГА", "K", "\u{212A}", "ſ", "abb", "babb", "abab", ".*", "x", "gate   123", "bear",
        "日本語 4", "é",
        "a🔥b", "abcd", "xyz\n",
    ]

    @Test("A table finds a match exactly where following all states does", arguments: patterns)
    func sameAsReference(_ pattern: String) throws {
        var bench = TypedBench()
        let quoted = pattern.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        let compiled = try bench.compile("text.matches(\"\(quoted)\")")
        let reference = try Regex(pattern)
        for text in Self.texts {
            bench.slots[15] = .string(bench.memory.symbols.intern(text))
            let expected: Verdict = reference.matches(Array(text.utf8)) ? .isTrue : .isFalse
            #expect(bench.decide(compiled.program, bench.slots) == expected, "in '\(text)'")
        }
    }

    @Test("A pattern that makes a backtracker hang is one look-up a letter")
    func isLinear() throws {
        var bench = TypedBench()
        let compiled = try bench.compile("text.matches('^(a+)+$')")
        let letters = String(repeating: "a", count: 50_000)
        bench.slots[15] = .string(bench.memory.symbols.intern(letters + "!"))
        #expect(bench.decide(compiled.program, bench.slots) == .isFalse)
        bench.slots[15] = .string(bench.memory.symbols.intern(letters))
        #expect(bench.decide(compiled.program, bench.slots) == .isTrue)
    }

    @Test(
        "A pattern without a table of bounded size is refused",
        arguments: [
            ("text.matches('(a|b)*a(a|b){14}')", "so many states"),
            ("text.matches('\\\\p{L}')", "so many states"),
            ("text.matches('a(')", "invalid pattern"),
            ("text.matches(alert.kind)", "not known at load"),
        ])
    func refusals(_ text: String, _ message: String) throws {
        var bench = TypedBench()
        let thrown = #expect(throws: Diagnostics.self) { try bench.compile(text) }
        #expect(thrown?.items.first?.message.contains(message) == true)
    }
}
