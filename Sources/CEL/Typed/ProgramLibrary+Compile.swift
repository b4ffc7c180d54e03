/// What compiling an expression gives.
public struct CompiledExpression: Sendable {
    public let program: TypedProgram
    /// The static type of the result; `dyn` when only the value tells.
    public let resultType: CELType
    /// The slots the program reads, ascending: what the host has to fill.
    public let reads: [Int]
    /// Steps of the program, copies for failures included: a measure of its size.
    public let stepCount: Int
    /// How many loops run inside each other.
    public let loopDepth: Int

    /// A bound of the steps one evaluation takes when no list or map has more than `elements`.
    public func stepsMax(elements: Int) -> Int {
        var factor = 1
        for _ in 0..<loopDepth { factor = min(factor * max(elements, 1), 1 << 40) }
        return stepCount * factor
    }
}

extension ProgramLibrary {
    /// Parses, resolves and assembles an expression.
    ///
    /// Its strings are interned and its lists frozen in `memory`, with which it must be run.
    /// **Fails** with what is wrong with the expression, or what in it the typed path can't do.
    public mutating func compile(
        _ text: String, named name: String = "", in environment: TypedEnvironment,
        memory: inout SlotMemory
    ) throws(Diagnostics) -> CompiledExpression {
        let source = Source(text, name: name)
        do throws(Diagnostic) {
            let parsed = try environment.language.parse(source)
            return try compile(parsed, in: environment, memory: &memory)
        } catch {
            throw Diagnostics([error])
        }
    }

    /// Resolves and assembles an expression that was parsed.
    mutating func compile(
        _ parsed: ParsedExpression, in environment: TypedEnvironment, memory: inout SlotMemory
    ) throws(Diagnostic) -> CompiledExpression {
        var resolver = Resolver(environment, parsed.source)
        let root = try resolver.resolve(parsed.root)
        guard let assembled = Emitter.assemble(root) else {
            throw Diagnostic(
                .limit, "the expression is too deep or too long to compile", at: 0,
                in: parsed.source, hint: "split it")
        }
        return CompiledExpression(
            program: link(assembled, memory: &memory), resultType: root.type,
            reads: assembled.reads, stepCount: assembled.operations.count,
            loopDepth: root.loopDepth)
    }

    /// Gives strings their symbols and lists their places, and stores the program.
    private mutating func link(
        _ assembled: AssembledProgram, memory: inout SlotMemory
    ) -> TypedProgram {
        var linked = assembled
        for (index, literal) in assembled.literals {
            let slot = memory.place(literal)
            linked.operations[index].immediate = slot.bits
            guard linked.operations[index].code == .loadConstant else { continue }
            linked.operations[index].target = UInt16(slot.extent >> 16)
            linked.operations[index].left = UInt16(slot.extent & 0xFFFF)
        }
        for (index, members) in assembled.sets {
            var payloads: Set<UInt64> = []
            for member in members { payloads.insert(memory.place(member).bits) }
            linked.operations[index].immediate = append(set: payloads)
        }
        for (index, words) in assembled.automata {
            linked.operations[index].immediate = append(automaton: words)
        }
        return append(linked)
    }
}
