import CEL
import Testing

@Suite("The cost bound")
struct CostTests {
    private func bound(_ text: String, otherwise: UInt64 = 10) throws -> CostBound {
        let sizes = DeclaredSizes(["tags": 50], otherwise: otherwise)
        return try Fixture.environment.compile(text).costBound(sizes)
    }

    @Test(
        "multiplies loops by the declared sizes",
        arguments: [
            ("severity > 3", 0), ("tags.exists(t, t == 'x')", 50),
            ("tags.all(t, tags.exists(u, u == t))", 50 + 50 * 50),
            ("tags.map(t, t + 'x').exists(t, t == 'y')", 100),
            ("[1, 2, 3].all(x, x > 0)", 3), ("anything.all(x, x > 0)", 10),
            ("cel.bind(x, tags, x.exists(t, t == 'a'))", 50),
        ] as [(String, UInt64)])
    func iterations(text: String, expected: UInt64) throws {
        #expect(try bound(text).iterations == expected)
    }

    @Test("never lies below what an evaluation really takes")
    func isBound() throws {
        let text = "tags.all(t, tags.exists(u, u == t) || tags.map(v, v + t).size() > 3)"
        let limit = try bound(text).iterations
        var program = Program(try Fixture.environment.compile(text), in: Fixture.environment)
        program.iterationsMax = Int(limit)
        let tags = Value.list((0..<50).map { .string(String($0)) })
        #expect(try program.evaluate(["tags": tags]) == .bool(true))
    }

    @Test("grows with the text a step looks through and stops at the largest number")
    func steps() throws {
        let short = try bound("alert.kind.contains('a')", otherwise: 10).steps
        let long = try bound("alert.kind.contains('a')", otherwise: 1000).steps
        #expect(long > short + 900)
        let huge = "tags.all(a, tags.all(b, anything.all(c, anything.all(d, a == b))))"
        #expect(try bound(huge, otherwise: .max).steps == .max)
    }
}
