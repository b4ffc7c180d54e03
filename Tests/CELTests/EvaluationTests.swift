import CEL
import Testing

@Suite("The tree-walking evaluator")
struct EvaluationTests {
    @Test(
        "computes values",
        arguments: [
            ("severity >= 3 && alert.kind == 'smoke'", .bool(true)),
            ("7 / -2", .int(-3)), ("-7 % 3", .int(-1)), ("1.0 / 0.0", .double(.infinity)),
            ("dyn(1) == 1.0 && dyn(1u) == 1 && dyn(1) < 1.5", .bool(true)),
            ("'e\\u0301' == '\\u00e9'", .bool(false)),
            ("size('e\\u0301')", .int(2)),
            ("{1: 'a'}[dyn(1u)]", .string("a")),
            ("[1, 2, 3].filter(x, x > 1).map(x, x * x)", .list([.int(4), .int(9)])),
            ("[1, 2, 3].exists_one(x, x == 2)", .bool(true)),
            ("{'a': 1}.transformList(k, v, k + string(v))", .list([.string("a1")])),
            ("timestamp('2024-02-29T23:59:59.5+01:00').getHours()", .int(22)),
            ("timestamp('2024-07-01T12:00:00Z').getHours('Europe/Vienna')", .int(14)),
            ("timestamp('2050-01-01T12:00:00Z').getHours('Europe/Vienna')", .int(13)),
            ("timestamp('2050-07-01T12:00:00Z').getHours('Australia/Sydney')", .int(22)),
            ("timestamp('2009-02-13T23:31:30Z').getMinutes('+05:45')", .int(16)),
            ("string(duration('1h1.5s'))", .string("3601.5s")),
            ("string(1e100) + string(0.1)", .string("1e+1000.1")),
            ("'%s|%.2f|%x'.format([[1, 'a'], 3.14159, 255])", .string("[1, a]|3.14|ff")),
            ("'tacocat'.substring(1, 3).upperAscii()", .string("AC")),
            ("math.greatest(1, 2.5, 2u)", .double(2.5)),
            ("{'a': {'b': 1}}.?a.?c.orValue(7)", .int(7)),
            ("cel.bind(x, [1, 2], x + x)", .list([.int(1), .int(2), .int(1), .int(2)])),
            ("base64.encode(b'hi')", .string("aGk=")),
            ("cidr('10.0.0.0/8').containsIP(ip('10.1.2.3'))", .bool(true)),
            ("string(ip('2001:db8:0:0:1::1'))", .string("2001:db8::1:0:0:1")),
            ("sets.contains([1, 2, 3], [2]) && [3, 1, 2].sort() == [1, 2, 3]", .bool(true)),
            ("has(alert.value) && !has({'a': 1}.b)", .bool(true)),
        ] as [(String, Value)])
    func values(text: String, expected: Value) throws {
        #expect(try Fixture.evaluate(text) == expected)
    }

    @Test(
        "absorbs errors on either side of a decided operator",
        arguments: [
            ("1 / 0 == 1 || true", true), ("true || 1 / 0 == 1", true),
            ("1 / 0 == 1 && false", false), ("false && 1 / 0 == 1", false),
            ("[1, 0].exists(x, 1 / x == 1)", true), ("[0, 1].exists(x, 1 / x == 1)", true),
            ("[0, 2].all(x, 1 / x == 1)", false), ("true ? true : 1 / 0 == 1", true),
        ])
    func absorption(text: String, expected: Bool) throws {
        #expect(try Fixture.evaluate(text) == .bool(expected))
    }

    @Test(
        "fails with a code for what has no value",
        arguments: [
            ("1 / 0 == 1 || false", .divisionByZero),
            ("9223372036854775807 + 1", .overflow), ("-(-9223372036854775808)", .overflow),
            ("{'a': 1}.b", .noSuchKey), ("[1][1]", .indexOutOfRange),
            ("int('x')", .conversion), ("int(1e30)", .range),
            ("dyn(1) + 1.0", .noSuchOverload), ("{'a': 1, 'a': 2}", .duplicateKey),
            ("timestamp('9999-12-31T23:59:59Z') + duration('1s')", .range),
            ("'a'.matches('(' + '')", .invalidArgument),
            ("timestamp(0).getHours('Nowhere/None')", .invalidArgument),
            ("timestamp(0).getHours('../../etc/passwd')", .invalidArgument),
            ("[1, 0].map(x, 1 / x)", .divisionByZero),
        ] as [(String, EvaluationError.Code)])
    func failures(text: String, code: EvaluationError.Code) {
        let error = #expect(throws: EvaluationError.self) { try Fixture.evaluate(text) }
        #expect(error?.code == code)
    }

    @Test("says where an evaluation failed")
    func place() throws {
        let text = "severity > 1 &&\n  severity / 0 > 1"
        let checked = try Fixture.environment.compile(text)
        let error = try #require(throws: EvaluationError.self) {
            try Program(checked, in: Fixture.environment).evaluate(Fixture.variables)
        }
        #expect(
            error.diagnostic(in: checked.source).description == """
                2:12: division by zero
                  |   severity / 0 > 1
                  |            ^
                  hint: guard the division: b != 0 && a / b > 1
                """)
    }

    @Test("records what every part came to, errors included, and reaches no more than needed")
    func trace() throws {
        let checked = try Fixture.environment.compile("severity > 3 && (1 / 0 > 1 || true)")
        let trace = Program(checked, in: Fixture.environment).trace(Fixture.variables)
        #expect(try trace.outcome.get() == .bool(true))
        var shown: [String] = []
        for (id, outcome) in trace.outcomes.sorted(by: { $0.key < $1.key }) {
            if case .failure(let error) = outcome { shown.append("\(id): \(error.code)") }
        }
        #expect(shown.count == 2)
        let shortcut = try Fixture.environment.compile("severity > 9 && 1 / 0 > 1")
        let reached = Program(shortcut, in: Fixture.environment).trace(Fixture.variables)
        #expect(reached.outcomes.count == 4)
    }

    @Test("shows the parts an author wrote with what they came to")
    func parts() throws {
        let text = "severity > 3 && tags.exists(t, t == 'night') || 1 / 0 == 1"
        let checked = try Fixture.environment.compile(text)
        let trace = Program(checked, in: Fixture.environment).trace(Fixture.variables)
        let shown = trace.parts.map { part in
            switch part.outcome {
            case .success(let value): "\(part.text) = \(value)"
            case .failure(let error): "\(part.text) failed: \(error)"
            case nil: "\(part.text) not reached"
            }
        }
        #expect(
            shown == [
                "\(text) = true",
                "severity > 3 && tags.exists(t, t == 'night') = true",
                "severity > 3 = true", "severity = 4",
                "tags.exists(t, t == 'night') = true",
                "tags = [\"indoor\", \"night\"]", "t == 'night' = true", "t = \"night\"",
                "1 / 0 == 1 not reached", "1 / 0 not reached",
            ])
    }

    @Test("stands the highest tree the limits allow and texts that double over and over")
    func extremes() throws {
        let sum = Array(repeating: "1", count: 499).joined(separator: " + ")
        #expect(try Fixture.evaluate(sum) == .int(499))
        let nested =
            String(repeating: "[1].all(x, ", count: 80) + "true"
            + String(repeating: ")", count: 80)
        #expect(try Fixture.evaluate(nested) == .bool(true))
        let doubling = (0..<40).map { "cel.bind(x\($0 + 1), x\($0) + x\($0), " }.joined()
        let bomb = "cel.bind(x0, 'x', \(doubling)x40\(String(repeating: ")", count: 41))"
        let error = #expect(throws: EvaluationError.self) { try Fixture.evaluate(bomb) }
        #expect(error?.code == .overflow)
    }

    @Test("stops a comprehension at the limit and absorbs that nowhere")
    func iterationLimit() throws {
        let nested = "lists.range(100).all(a, lists.range(100).all(b, a + b >= 0)) || true"
        var program = Program(
            try Fixture.environment.compile(nested), in: Fixture.environment)
        #expect(try program.evaluate([:]) == .bool(true))
        program.iterationsMax = 5000
        let error = #expect(throws: EvaluationError.self) { try program.evaluate([:]) }
        #expect(error?.code == .iterationLimit)
    }

    @Test("evaluates unchecked expressions with names looked up at run time")
    func unchecked() throws {
        let environment = Fixture.environment
        let parsed = try environment.parse(Source("alert.value > 80.0 || missing"))
        let program = Program(unchecked: parsed, in: environment)
        #expect(try program.evaluate(Fixture.variables) == .bool(true))
        #expect(throws: EvaluationError.self) { try program.evaluate([:]) }
    }

    @Test("calls functions an embedder brings")
    func ownFunction() throws {
        var environment = Environment()
        environment.add(
            Function(
                "double",
                Overload("double_of_list", [.list(.int)], .list(.int)) { arguments in
                    guard case .list(let list) = arguments[0] else { return arguments[0] }
                    return .list(list + list)
                }))
        let program = Program(
            try environment.compile("double([1]) + [int(double(2))]"), in: environment)
        #expect(try program.evaluate([:]) == .list([.int(1), .int(1), .int(2)]))
    }
}
