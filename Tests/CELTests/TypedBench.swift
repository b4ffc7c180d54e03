import CEL

/// Slots of a small alert and what compiles and runs conditions over them.
struct TypedBench: ~Copyable {
    var environment = TypedEnvironment()
    var library = ProgramLibrary()
    var memory = SlotMemory()
    var slots = SlotFrame(count: 16)

    init() {
        declare("severity", .int, 0, .int(4))
        declare("count", .uint, 1, .uint(5))
        declare("heat", .double, 2, .double(91.5))
        declare("isOpen", .bool, 3, .bool(true))
        declare("alert.kind", .string, 4, .string(memory.symbols.intern("smoke")))
        declare("alert.confidence", .double, 5, Slot())
        declare("now", .timestamp, 6, .timestamp(nanoseconds: 1_700_000_000_123_000_000))
        declare("hold", .duration, 7, .duration(nanoseconds: 90_000_000_000))
        declare("missing", .int, 8, Slot())
        declare("anything", .dyn, 9, .int(4))
        declare("failed", .bool, 10, .error(.overflow))
        declareAggregates()
    }

    private mutating func declareAggregates() {
        var words: [Slot] = []
        for word in ["indoor", "night", "fire", "gate4"] {
            words.append(.string(memory.symbols.intern(word)))
        }
        declare("tags", .list(.string), 11, memory.arena.freeze(list: words))
        let numbers = [3, 1, 4, 1, 5].map { Slot.int($0) }
        declare("numbers", .list(.int), 12, memory.arena.freeze(list: numbers))
        let level = Slot.string(memory.symbols.intern("level"))
        let inner = memory.arena.freeze(map: [
            (.string(memory.symbols.intern("temp")), .double(71.5)),
            (level, .string(memory.symbols.intern("orange"))),
        ])
        let outer = memory.arena.freeze(map: [
            (.string(memory.symbols.intern("attrs")), inner), (level, .int(2)),
        ])
        declare("payload", .map(.string, .dyn), 13, outer)
        let mixed: [Slot] = [.int(1), .string(memory.symbols.intern("x")), .double(2)]
        declare("mixed", .list(.dyn), 14, memory.arena.freeze(list: mixed))
        declare("text", .string, 15, .string(memory.symbols.intern("Smoke near gate 4 — тревога")))
    }

    mutating func declare(_ name: String, _ type: CELType, _ slot: Int, _ value: Slot) {
        environment.declare(name, type, slot: slot)
        slots[slot] = value
    }

    mutating func compile(_ text: String) throws -> CompiledExpression {
        try library.compile(text, in: environment, memory: &memory)
    }

    mutating func verdict(_ text: String) throws -> Verdict {
        let compiled = try compile(text)
        return decide(compiled.program, slots)
    }

    mutating func value(_ text: String) throws -> Slot {
        let compiled = try compile(text)
        return library.evaluate(compiled.program, slots, memory)
    }

    /// Annotated in another module than the evaluator: the promise holds across the border.
    @_noAllocation @_noLocks
    func decide(_ program: TypedProgram, _ slots: borrowing SlotFrame) -> Verdict {
        library.evaluateBool(program, slots, memory)
    }
}
