import CEL
import Testing

@Suite("Typed programs beside the tree-walking evaluator")
struct TypedDifferentialTests {
    @Test("Random expressions have one meaning", arguments: 1...8)
    func sameMeaning(_ seed: UInt64) throws {
        var environment = Environment(libraries: [.standard, .math])
        var values: [String: Value] = [:]
        for (name, type, value) in Self.variables {
            environment.declare(name, type)
            values[name] = value
        }
        let run = TypedRun(environment)
        var generator = TypedGenerator(seed: seed)
        var compared = 0
        for _ in 0..<250 {
            let text = generator.bool(4)
            let program = Program(unchecked: try environment.parse(Source(text)), in: environment)
            switch (run.evaluate(text, values), walk(program, values)) {
            case (.notTyped, _): continue
            case (.failure, nil): break
            case (.value(let typed), .some(let walked)) where typed == walked: break
            case (let typed, let walked):
                Issue.record("\(text): \(typed) instead of \(String(describing: walked))")
            }
            compared += 1
        }
        #expect(compared > 200, "the generator writes what typed programs take")
    }

    private func walk(_ program: Program, _ values: [String: Value]) -> Value? {
        do throws(EvaluationError) { return try program.evaluate(values) } catch { return nil }
    }

    private static let variables: [(String, CELType, Value?)] = [
        ("i", .int, .int(3)), ("j", .int, .int(.min)), ("u", .uint, .uint(7)),
        ("d", .double, .double(2.5)), ("n", .double, .double(.nan)), ("gone", .int, nil),
        ("s", .string, .string("smoke")), ("x", .dyn, .int(3)), ("y", .dyn, .string("smoke")),
        ("l", .list(.int), .list([.int(3), .int(-1), .int(0)])), ("b", .bool, .bool(true)),
        ("w", .list(.dyn), .list([.string("smoke"), .double(3), .null])),
    ]
}

/// Writes conditions of the kinds typed programs take, most of which can fail somewhere.
private struct TypedGenerator {
    private var state: UInt64
    private var locals: [String] = []

    init(seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15
    }

    private mutating func below(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state >> 33) % bound
    }

    private mutating func pick(_ choices: [String]) -> String { choices[below(choices.count)] }

    mutating func bool(_ depth: Int) -> String {
        guard depth > 0 else { return pick(["b", "!b", "true", "gone == 1", "x == i"]) }
        switch below(11) {
        case 0, 1: return "(\(bool(depth - 1)) && \(bool(depth - 1)))"
        case 2, 3: return "(\(bool(depth - 1)) || \(bool(depth - 1)))"
        case 4: return "!(\(bool(depth - 1)))"
        case 5: return "(\(bool(depth - 1)) ? \(bool(depth - 1)) : \(bool(depth - 1)))"
        case 6: return loop(depth - 1)
        case 7: return "\(pick(["s", "y", "'so'"])).\(pick(Self.tests))(\(pick(Self.words)))"
        case 8:
            return "(\(pick(["s", "y", "x", "i"])) in \(pick(["w", "[3, 4]", "['smoke']", "l"])))"
                .replacing("s in [3, 4]", with: "s in w").replacing("s in l", with: "s in w")
                .replacing("i in ['smoke']", with: "i in w")
        default: return comparison(depth - 1)
        }
    }

    private static let tests = ["startsWith", "endsWith", "contains", "matches"]
    private static let words = ["'smo'", "'ke'", "''", "'x'", "'s.*e'"]

    private mutating func comparison(_ depth: Int) -> String {
        let relation = pick(["<", "<=", ">", ">=", "==", "!="])
        switch below(4) {
        case 0: return "(\(int(depth)) \(relation) \(pick([int(depth), double(depth), "x", "u"])))"
        case 1: return "(\(double(depth)) \(relation) \(pick([double(depth), int(depth), "x"])))"
        case 2: return "(\(pick(["x", "y"])) \(relation) \(pick([int(depth), "'smoke'", "y"])))"
        default: return "(\(pick(["s", "'a'"])) \(relation) \(pick(["s", "y", "'smoker'"])))"
        }
    }

    private mutating func int(_ depth: Int) -> String {
        let leaves = ["i", "j", "gone", "0", "2", "-1", "9223372036854775807"] + locals
        guard depth > 0 else { return pick(leaves) }
        switch below(6) {
        case 0: return pick(leaves)
        case 1: return "(\(bool(depth - 1)) ? \(int(depth - 1)) : \(int(depth - 1)))"
        case 2: return "int(\(double(depth - 1)))"
        case 3:
            return pick([
                "size(s)", "size(l)", "l[\(int(depth - 1))]", "math.abs(\(int(depth - 1)))",
            ])
        case 4: return "size(l.filter(f, \(bool(depth - 1))))"
        default:
            return "(\(int(depth - 1)) \(pick(["+", "-", "*", "/", "%"])) \(int(depth - 1)))"
        }
    }

    private mutating func double(_ depth: Int) -> String {
        guard depth > 0 else { return pick(["d", "n", "0.5", "-1e300", "0.0"]) }
        switch below(4) {
        case 0: return "double(\(int(depth - 1)))"
        case 1: return "math.\(pick(["ceil", "round", "abs"]))(\(double(depth - 1)))"
        default:
            return "(\(double(depth - 1)) \(pick(["+", "-", "*", "/"])) \(double(depth - 1)))"
        }
    }

    private mutating func loop(_ depth: Int) -> String {
        let name = "e\(locals.count)"
        locals.append(name)
        defer { locals.removeLast() }
        return "l.\(pick(["exists", "all", "exists_one"]))(\(name), \(bool(depth)))"
    }
}
