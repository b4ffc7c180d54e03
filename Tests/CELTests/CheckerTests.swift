import CEL
import Testing

@Suite("The checker")
struct CheckerTests {
    @Test(
        "gives expressions their types",
        arguments: [
            ("severity >= 3 && alert.kind == 'smoke'", "bool"),
            ("tags.map(t, size(t))", "list(int)"),
            ("tags.filter(t, t != '')", "list(string)"),
            ("{'a': 1, 'b': 2.0}", "map(string, dyn)"),
            ("limits['heat'] + 1.0", "double"),
            ("anything.x.y", "dyn"),
            ("anything + 1", "int"),
            ("[]", "list(dyn)"),
            ("[1, 2u]", "list(dyn)"),
            ("optional.of(1)", "optional_type(int)"),
            ("limits.?heat.orValue(0.0)", "double"),
            ("timestamp('2024-01-01T00:00:00Z') - duration('1h')", "google.protobuf.Timestamp"),
            ("type(1)", "type(int)"),
            ("cel.bind(x, severity * 2, x + x)", "int"),
            ("tags.transformMap(i, t, t + '!')", "map(int, string)"),
            ("has(alert.value)", "bool"),
        ])
    func types(text: String, type: String) throws {
        #expect(try Fixture.environment.compile(text).resultType.description == type)
    }

    @Test(
        "shows the place and a remedy for what authors get wrong",
        arguments: [
            (
                "severty > 3",
                """
                1:1: nobody declared 'severty'
                  | severty > 3
                  | ^
                  hint: did you mean 'severity'?
                """
            ),
            (
                "alert.value > 80",
                """
                1:13: no '>' for (double, int)
                  | alert.value > 80
                  |             ^
                  hint: write 80.0, numbers of different types do not mix
                """
            ),
            (
                "alert.valeu > 80.0",
                """
                1:7: 'alert' has no field 'valeu'
                  | alert.valeu > 80.0
                  |       ^
                  hint: did you mean 'value'?
                """
            ),
            (
                "tags.\n\tmatchs('x')",
                """
                2:2: there is no function 'matchs'
                  | \tmatchs('x')
                  | \t^
                  hint: did you mean 'matches'?
                """
            ),
            (
                "alert.kind.matches('a**')",
                """
                1:20: invalid pattern at 2: a repetition of a repetition
                  | alert.kind.matches('a**')
                  |                    ^
                  hint: the syntax is RE2's; in a raw text r'…' a backslash needs no twin
                """
            ),
            (
                "alert.kind.startsWith(1)",
                """
                1:12: no 'startsWith' for string.(int)
                  | alert.kind.startsWith(1)
                  |            ^
                  hint: it takes string.(string)
                """
            ),
        ])
    func diagnostics(text: String, expected: String) throws {
        #expect(try #require(Fixture.refusal(text)).description == expected)
    }

    @Test("reports every mistake of an expression, each once")
    func allMistakes() {
        let error = #expect(throws: Diagnostics.self) {
            try Fixture.environment.compile("nope1 + 1 > 2 && nope2 == 'x' && severity > 1.5")
        }
        #expect(error?.items.map(\.code) == [.name, .name, .intBesideDouble])
    }

    @Test("finds a name in the innermost namespace first, comprehension variables before all")
    func namespaces() throws {
        var environment = Environment(container: "a.b")
        environment.declare("x", .int)
        environment.declare("a.x", .string)
        environment.declare("a.b.y", .bool)
        #expect(try environment.compile("x").resultType == .string)
        #expect(try environment.compile(".x").resultType == .int)
        #expect(try environment.compile("y").resultType == .bool)
        #expect(try environment.compile("[1.5].map(x, x)").resultType == .list(.double))
    }

    @Test("resolves calls to overloads and names to variables")
    func references() throws {
        let checked = try Fixture.environment.compile("severity + 1")
        guard case .function(let name, let overloads, _) = checked.reference(of: checked.root)
        else {
            Issue.record("the sum names no function")
            return
        }
        #expect(name == "_+_")
        #expect(overloads == ["add_int64"])
        guard case .variable("severity") = checked.reference(of: checked.root.children[0]) else {
            Issue.record("the operand names no variable")
            return
        }
    }
}
