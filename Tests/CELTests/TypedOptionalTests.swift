import CEL
import Testing

/// A map of the host whose entries are slots of their own, beside the same map as one value.
@Suite("Entries of a map in slots beside the map itself")
struct TypedOptionalTests {
    private static let entries: [(String, [Value?])] = [
        ("state", [nil, .string("closed"), .string("open"), .bool(true)]),
        ("level", [nil, .double(3), .double(4.5), .string("closed")]),
    ]

    private static let expressions = [
        "a.m.state == 'closed'", "a.m['state'] == 'closed'", "a.m.state != 'open'",
        "has(a.m.state)", "!has(a.m.level)", "'state' in a.m", "!('level' in a.m)",
        "has(a.m.state) && a.m.state == 'closed'", "a.m.level > 3.5", "a.m['level'] >= 3.0",
        "a.m[?'state'] == optional.of('closed')", "a.m[?'state'] != optional.of('closed')",
        "optional.of('closed') == a.m[?'state']", "a.m.?state == optional.of('closed')",
        "a.m[?'state'] == optional.none()", "optional.none() == a.m.?level",
        "a.m[?'state'] == a.m[?'level']", "a.m.?state != a.m.?level",
        "a.m[?'state'].orValue('none') == 'none'", "a.m.?level.orValue(0.0) > 1.0",
        "a.m.?state.hasValue()", "!a.m[?'level'].hasValue() || b",
        "a.m[?'state'].value() == 'open'", "a.m[?'level'].value() > 3.0",
        "optional.of(a.m.level) == a.m[?'state']", "a.m[?'state'] == optional.of(a.m.level)",
        "optional.of(a.m.state) == optional.of(a.m.state)",
        "optional.of(a.m.level).hasValue()", "optional.of(b) == optional.of(true)",
        "a.m[?'state'] == optional.of('closed') || b", "b && a.m[?'level'] != optional.of(3.0)",
        "(a.m[?'level'] == optional.of(3.0)) == b", "a.m.state in ['closed', 'open']",
    ]

    @Test("have one meaning", arguments: expressions)
    func sameMeaning(_ text: String) throws {
        var language = Environment(libraries: [.standard, .optionals])
        language.declare("a.m", .map(.string, .dyn))
        language.declare("b", .bool)
        let program = Program(unchecked: try language.parse(Source(text)), in: language)
        for state in Self.entries[0].1 {
            for level in Self.entries[1].1 {
                for b in [true, false] {
                    let walked = walk(program, state, level, b)
                    let typed = try run(text, state, level, b)
                    #expect(typed == walked, "\(text) with \(state as Any), \(level as Any), \(b)")
                }
            }
        }
    }

    private func walk(_ program: Program, _ state: Value?, _ level: Value?, _ b: Bool) -> Bool? {
        var map = MapValue()
        if let state { _ = map.insert(MapKey("state"), state) }
        if let level { _ = map.insert(MapKey("level"), level) }
        do throws(EvaluationError) {
            let values: [String: Value] = ["a.m": .map(map), "b": .bool(b)]
            guard case .bool(let truth) = try program.evaluate(values) else { return nil }
            return truth
        } catch {
            return nil
        }
    }

    private func run(
        _ text: String, _ state: Value?, _ level: Value?, _ b: Bool
    ) throws -> Bool? {
        var environment = TypedEnvironment(promotesIntegerLiterals: false)
        environment.open("a.m")
        environment.declare("a.m.state", .dyn, slot: 0)
        environment.declare("a.m.level", .dyn, slot: 1)
        environment.declare("b", .bool, slot: 2)
        var library = ProgramLibrary()
        var memory = SlotMemory()
        let compiled = try library.compile(text, in: environment, memory: &memory)
        let slots = [slot(state, &memory), slot(level, &memory), .bool(b)]
        switch library.evaluateBool(compiled.program, SlotFrame(slots), memory) {
        case .isTrue: return true
        case .isFalse: return false
        default: return nil
        }
    }

    private func slot(_ value: Value?, _ memory: inout SlotMemory) -> Slot {
        switch value {
        case .string(let text): .string(memory.symbols.intern(text))
        case .double(let number): .double(number)
        case .bool(let truth): .bool(truth)
        default: Slot()
        }
    }

    @Test(
        "refuse what has no end in a value",
        arguments: [
            "a.m[?'state']", "a.m[?'state'] == 'closed'", "a.m.other == 1", "a.m['other'] == 1",
            "size(a.m) > 0", "a.m[?'state'] < optional.of('x')",
        ])
    func refusals(_ text: String) {
        var environment = TypedEnvironment()
        environment.open("a.m")
        environment.declare("a.m.state", .dyn, slot: 0)
        var library = ProgramLibrary()
        var memory = SlotMemory()
        #expect(throws: Diagnostics.self) {
            _ = try library.compile(text, in: environment, memory: &memory)
        }
    }
}
