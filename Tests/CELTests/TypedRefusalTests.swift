import CEL
import Testing

@Suite("What typed programs refuse")
struct TypedRefusalTests {
    @Test(
        "A refusal names the place, the reason and a remedy",
        arguments: [
            ("severty > 3", 1, "undeclared name 'severty'", "did you mean 'severity'?"),
            ("alert.knd == 'a'", 7, "undeclared name 'alert.knd'", "did you mean 'alert.kind'?"),
            (
                "severity + heat > 1.0", 10, "no '+' for (int, double)",
                "write double(…) around the int"
            ),
            ("severity == 'a'", 10, "no '==' for (int, string)", nil),
            ("severity && true", 1, "'&&' takes bool, not int", nil),
            ("alert.kind + 'a' == 'b'", 12, "text that has to be put together has no place", nil),
            (
                "[severity].exists(x, x > 1)", 2, "a list of values not known at load",
                "compare with each"
            ),
            ("numbers.map(n, n + 1) == numbers", 9, "a loop that makes a list", "exists, all"),
            ("int(alert.kind) > 1", 1, "a number read from text", nil),
            ("alert.kind.reverse() == 'a'", 12, "the function 'reverse'", nil),
            ("now.getHours('Asia/Shanghai') > 1", 14, "a time zone by name", "+08:00"),
            ("isOpen ? 1 : 'a'", 8, "the two ends are int and string", "one type"),
            ("hold > duration('soon')", 17, "'soon' is no duration that fits", "1h30m"),
            ("{1: 1, 1u: 2}.size() == 2", 8, "the key is there twice", nil),
            ("payload.?level == 2", 10, "an optional", ".orValue"),
            ("severity.?level.hasValue()", 11, "int has no field 'level'", nil),
            ("b'a' == b'a'", 1, "a bytes literal", nil),
        ] as [(String, Int, String, String?)])
    func refusals(_ text: String, _ column: Int, _ message: String, _ hint: String?) throws {
        var bench = TypedBench()
        let thrown = #expect(throws: Diagnostics.self) { try bench.compile(text) }
        let first = try #require(thrown?.items.first)
        #expect(first.message.contains(message))
        #expect(first.position.column == column)
        #expect(first.hint?.contains(hint ?? "") ?? (hint == nil))
    }

    @Test("Without promotion an int beside a double is refused in arithmetic and compared in order")
    func promotion() throws {
        var bench = TypedBench()
        bench.environment.promotesIntegerLiterals = false
        #expect(throws: Diagnostics.self) { try bench.compile("heat * 2 > 1.0") }
        #expect(try bench.verdict("heat > 91") == .isTrue)
    }

    @Test("Fragments and constants stand for what they are defined as")
    func definitions() throws {
        var bench = TypedBench()
        try bench.environment.define("param.heat", .double(60))
        try bench.environment.define("param.kinds", .list([.string("gas"), .string("smoke")]))
        try bench.environment.define("define.hot", fragment: "heat > param.heat")
        try bench.environment.define(
            "define.real", fragment: "define.hot && alert.kind in param.kinds")
        try bench.environment.define("define.loop", fragment: "define.loop || true")
        #expect(try bench.verdict("define.real && heat > param.heat + 1") == .isTrue)
        #expect(try bench.verdict("tags.exists(heat, define.hot)") == .isTrue)
        #expect(throws: Diagnostics.self) { try bench.compile("define.loop") }
        #expect(throws: Diagnostics.self) { try bench.environment.define("a", .bytes([1])) }
    }

    @Test("An expression beyond the registers is refused, one below them is not")
    func tooDeep() throws {
        var bench = TypedBench()
        func nested(_ depth: Int) -> String {
            String(repeating: "(severity + ", count: depth) + "1"
                + String(repeating: ")", count: depth)
        }
        #expect(try bench.value(nested(13)).asInt == 53)
        #expect(throws: Diagnostics.self) { try bench.compile(nested(20)) }
    }

    @Test("A long condition takes a bounded number of steps")
    func longCondition() throws {
        var bench = TypedBench()
        let pair = "(severity > 3 && (heat > 1.0 || !(count > 2u)))"
        let text = Array(repeating: pair, count: 64).joined(separator: " && ")
        let compiled = try bench.compile(text)
        #expect(compiled.stepCount < 64 * 3 * 8)
        #expect(bench.decide(compiled.program, bench.slots) == .isTrue)
    }
}
