import CEL
import Testing

@Suite("The parser")
struct ParserTests {
    /// Writes a tree with all its parentheses.
    private static func shape(_ expr: Expr) -> String {
        switch expr.kind {
        case .constant(let constant): "\(constant)"
        case .identifier(let name): name
        case .select(let operand, let field, let isTest):
            isTest ? "has(\(shape(operand)).\(field))" : "\(shape(operand)).\(field)"
        case .call(let name, let target, let arguments):
            (target.map { shape($0) + "." } ?? "") + name
                + "(" + arguments.map(shape).joined(separator: ", ") + ")"
        case .list(let elements):
            "["
                + elements.map { ($0.isOptional ? "?" : "") + shape($0.value) }
                .joined(separator: ", ") + "]"
        case .map(let entries):
            "{" + entries.map { "\(shape($0.key)): \(shape($0.value))" }.joined(separator: ", ")
                + "}"
        case .message(let name, let fields):
            name + "{" + fields.map { "\($0.name): \(shape($0.value))" }.joined(separator: ", ")
                + "}"
        case .comprehension(let fold): "fold(\(shape(fold.range)), \(fold.variable))"
        }
    }

    @Test(
        "builds the tree the grammar says",
        arguments: [
            ("a + b * c", "_+_(a, _*_(b, c))"),
            ("a - b - c", "_-_(_-_(a, b), c)"),
            ("a || b && c", "_||_(a, _&&_(b, c))"),
            ("a ? b : c ? d : e", "_?_:_(a, b, _?_:_(c, d, e))"),
            ("!a.b[c]", "!_(_[_](a.b, c))"),
            ("-9223372036854775808", "int(-9223372036854775808)"),
            ("--a", "a"),
            ("---a", "-_(a)"),
            ("-(1)", "-_(int(1))"),
            ("a in b == c", "_==_(@in(a, b), c)"),
            ("a.b(c).d", "a.b(c).d"),
            (".a.b", ".a.b"),
            ("a.?b[?c]", "_[?_](_?._(a, string(\"b\")), c)"),
            ("[1, ?a, 2,]", "[int(1), ?a, int(2)]"),
            ("{'k': 1u}", "{string(\"k\"): uint(1)}"),
            ("pkg.Type{in_: a}", "pkg.Type{in_: a}"),
            ("a.`b-c`", "a.b-c"),
            ("has(a.b)", "has(a.b)"),
            ("a.all(x, x)", "fold(a, x)"),
            ("a // rest\n + b", "_+_(a, b)"),
            ("0x1F", "int(31)"), (".5e1", "double(5.0)"), ("1.", nil), ("1e", nil),
        ] as [(String, String?)])
    func shapes(text: String, expected: String?) throws {
        guard let expected else {
            #expect(throws: Diagnostic.self) { try Fixture.environment.parse(Source(text)) }
            return
        }
        #expect(Self.shape(try Fixture.environment.parse(Source(text)).root) == expected)
    }

    @Test(
        "points at what it cannot read and says what to do",
        arguments: [
            ("a = b", 1, 3, "equality is '=='"),
            ("a & b", 1, 3, "'and' is '&&'"),
            ("a &&\n  || b", 2, 3, "an operand is missing in front of the operator"),
            (
                "'abc", 1, 1,
                "close it with the quote it opened with; triple quotes hold line breaks"
            ),
            ("while", 1, 1, "as a field it may stand after a dot: a.while"),
            ("a.b.", 1, 5, "other keys are read with brackets: a['key']"),
            (
                "9223372036854775808", 1, 1,
                "int runs from -9223372036854775808 to 9223372036854775807"
            ),
            ("has(a)", 1, 5, "write has(a.b)"),
            ("a.exists(1, true)", 1, 10, "write for example items.exists(item, item > 3)"),
            ("'\\q'", 1, 2, "a backslash itself is '\\\\'; in a raw text r'…' it needs no escape"),
        ])
    func refusals(text: String, line: Int, column: Int, hint: String) throws {
        let refusal = try #require(Fixture.refusal(text))
        #expect(refusal.position.line == line)
        #expect(refusal.position.column == column)
        #expect(refusal.hint == hint)
    }

    @Test("refuses what is nested, long or large beyond its limits and reads what is not")
    func limits() {
        let deep = String(repeating: "(", count: 300) + "1" + String(repeating: ")", count: 300)
        #expect(Fixture.refusal(deep)?.code == .limit)
        let high = Array(repeating: "1", count: 600).joined(separator: " + ")
        #expect(Fixture.refusal(high)?.code == .limit)
        let long = String(repeating: " ", count: 100_001)
        #expect(Fixture.refusal(long)?.code == .limit)
        let wide = Array(repeating: "severity == 1", count: 2000).joined(separator: " || ")
        #expect(Fixture.refusal(wide) == nil)
    }

    @Test("keeps the call a macro was written as")
    func macroCalls() throws {
        let parsed = try Fixture.environment.parse(Source("tags.exists(t, t == 'x')"))
        let call = try #require(parsed.macroCalls[parsed.root.id])
        #expect(
            parsed.source.text(from: call.range.lowerBound, to: call.range.upperBound)
                == "tags.exists(t, t == 'x')")
    }
}
