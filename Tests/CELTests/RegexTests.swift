import CEL
import Testing

@Suite("Regular expressions")
struct RegexTests {
    @Test(
        "match as RE2 does",
        arguments: [
            ("a|b", "xbx", true), ("^a|b$", "ab", true), ("^$", "", true), ("^$", "a", false),
            ("a{2,3}", "a", false), ("^a{2,3}$", "aaa", true), ("^a{2,3}$", "aaaa", false),
            ("^(ab)*$", "ababab", true), ("^[^a-c]+$", "xyz", true), ("^[^a-c]+$", "xbz", false),
            ("^[]a]+$", "]a", true), ("^[a\\-z]+$", "-az", true),
            ("\\d{3}-\\d{4}", "call 555-1234", true),
            ("^\\w+\\s\\W$", "ab !", true), ("\\bcat\\b", "a cat.", true),
            ("\\bcat\\b", "concat", false),
            ("\\Bcat", "concat", true), ("^.$", "ä", true), ("^.$", "\n", false),
            ("(?s)^.$", "\n", true), ("(?i)STRASSE|größe", "GRÖSSE strasse", true),
            ("(?i:A)b", "ab", true), ("(?i:A)b", "aB", false), ("(?m)^b$", "a\nb\nc", true),
            ("^b$", "a\nb\nc", false), ("(?P<x>a)(?<y>b)", "ab", true),
            ("\\x41\\x{1F600}\\101", "A😀A", true),
            ("^\\p{Lu}\\pL+\\PN$", "Österr!", true), ("[[:digit:]]+[[:^digit:]]", "12x", true),
            ("\\Qa.b\\E", "a.b", true), ("\\Qa.b\\E", "axb", false), ("a{,2}", "a{,2}", true),
            ("^a*?b+?$", "aabb", true), ("^[\\d\\-_]+$", "1-_", true), ("\\A\\z", "", true),
        ])
    func matching(pattern: String, text: String, expected: Bool) throws {
        #expect(try Regex(pattern).matches(Array(text.utf8)) == expected)
    }

    @Test(
        "refuse what is no pattern or no linear one",
        arguments: [
            "(", ")", "[a", "a**", "*a", "a{2,1}", "a{1001}", "\\1", "(?=a)", "(?<!a)", "\\q",
            "[b-a]", "(?P<n", "\\p{Klingon}", "((a{1000}){1000}){1000}", "\\",
            String(repeating: "(", count: 1000),
        ])
    func refusals(pattern: String) {
        #expect(throws: RegexError.self) { try Regex(pattern) }
    }

    @Test(
        "take time linear in the text where backtracking takes exponential time",
        .timeLimit(.minutes(1)),
        arguments: ["^(a+)+$", "^(a|aa)+$", "^(a*)*b$", "^(.*a){20}$", "(x+x+)+y"])
    func linearTime(pattern: String) throws {
        let letter = pattern.hasPrefix("(x") ? "x" : "a"
        let text = Array((String(repeating: letter, count: 5000) + "!").utf8)
        #expect(try !Regex(pattern).matches(text))
    }
}
