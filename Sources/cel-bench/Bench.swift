import CAllocationCount
import CEL
import Glibc

/// A condition's figures.
struct Measurement {
    var name: String
    var result: String
    var medianNanoseconds: Double
    var leastNanoseconds: Double
    var allocations: Double
    var steps: Int
}

/// The processor time to compile a thousand conditions: parse and plan, and parse twice, check,
/// plan.
struct Compilation {
    var plannedMilliseconds: Double
    var checkedAndPlannedMilliseconds: Double
    /// Of parsing and planning one condition; not zero, which shows that the count counts.
    var allocations: Double
}

/// The file's variables in slots, its conditions compiled.
struct Bench: ~Copyable {
    private var environment = TypedEnvironment()
    private var checker = Environment()
    private var library = ProgramLibrary()
    private var memory = SlotMemory()
    private let slots: SlotFrame
    private let rules: [(name: String, text: String)]

    private static let rounds = 301
    private static let evaluationsPerRound = 5000

    init(_ file: RuleFile) throws(Problem) {
        rules = file.rules.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        var values: [Slot] = []
        for (name, variable) in file.vars.sorted(by: { $0.key < $1.key }) {
            let type = try Self.type(named: variable.type)
            environment.declare(name, type, slot: values.count)
            checker.declare(name, type)
            values.append(try Self.slot(variable.value, in: &memory))
        }
        slots = SlotFrame(values)
    }

    private static func type(named name: String) throws(Problem) -> CELType {
        switch name {
        case "bool": return .bool
        case "int": return .int
        case "double": return .double
        case "string": return .string
        case "list(string)": return .list(.string)
        case "map(string, dyn)": return .map(.string, .dyn)
        default: throw Problem(message: "a variable can't be \(name)")
        }
    }

    private static func slot(
        _ value: JSONValue, in memory: inout SlotMemory
    ) throws(Problem) -> Slot {
        switch value {
        case .bool(let value): return .bool(value)
        case .int(let value): return .int(value)
        case .double(let value): return .double(value)
        case .string(let text): return .string(memory.symbols.intern(text))
        case .list(let elements):
            var slots: [Slot] = []
            for element in elements { slots.append(try slot(element, in: &memory)) }
            return memory.arena.freeze(list: slots)
        case .map(let entries):
            var slots: [(key: Slot, value: Slot)] = []
            for (key, value) in entries.sorted(by: { $0.key < $1.key }) {
                slots.append((.string(memory.symbols.intern(key)), try slot(value, in: &memory)))
            }
            return memory.arena.freeze(map: slots)
        }
    }

    // MARK: Evaluation

    mutating func measure() throws(Problem) -> [Measurement] {
        var measurements: [Measurement] = []
        for rule in rules {
            let compiled = try compile(rule.text)
            measurements.append(measure(rule.name, compiled))
        }
        return measurements
    }

    private mutating func compile(_ text: String) throws(Problem) -> CompiledExpression {
        do throws(Diagnostics) {
            return try library.compile(text, in: environment, memory: &memory)
        } catch {
            throw Problem(message: error.description)
        }
    }

    private func measure(_ name: String, _ compiled: CompiledExpression) -> Measurement {
        let clock = ContinuousClock()
        var nanoseconds: [Double] = []
        nanoseconds.reserveCapacity(Self.rounds)
        _ = repeatedly(compiled.program)
        let before = allocation_count()
        for _ in 0..<Self.rounds {
            let start = clock.now
            let checksum = repeatedly(compiled.program)
            let elapsed = start.duration(to: clock.now)
            precondition(checksum != 1, "a checksum of many results is not one")
            nanoseconds.append(elapsed / .nanoseconds(Self.evaluationsPerRound))
        }
        let allocated = Double(allocation_count() - before)
        nanoseconds.sort()
        return Measurement(
            name: name, result: resultText(compiled.program),
            medianNanoseconds: nanoseconds[Self.rounds / 2], leastNanoseconds: nanoseconds[0],
            allocations: allocated / Double(Self.rounds * Self.evaluationsPerRound),
            steps: compiled.stepCount)
    }

    private func repeatedly(_ program: TypedProgram) -> UInt64 {
        var checksum: UInt64 = 0
        for _ in 0..<Self.evaluationsPerRound {
            checksum &+= library.evaluate(program, slots, memory).bits &* 3
        }
        return checksum
    }

    private func resultText(_ program: TypedProgram) -> String {
        let result = library.evaluate(program, slots, memory)
        switch result.tag {
        case .bool: return "\(result.asBool)"
        case .double: return "\(result.asDouble)"
        default: return "\(result.tag)"
        }
    }

    // MARK: Compilation

    /// Compiles the file's conditions over and over, each time with a comment of its own.
    mutating func measureCompilation() throws(Problem) -> Compilation {
        let texts = (0..<1000).map { rules[$0 % rules.count].text + " // \($0)" }
        var planned: [Double] = []
        var checked: [Double] = []
        var allocations: UInt = 0
        for _ in 0..<9 {
            let before = allocation_count()
            let start = processorMilliseconds()
            for text in texts { _ = try compile(text) }
            let middle = processorMilliseconds()
            allocations = allocation_count() - before
            for text in texts { try check(text) }
            planned.append(middle - start)
            checked.append(processorMilliseconds() - middle)
        }
        let (plan, check) = (planned.sorted()[4], checked.sorted()[4])
        return Compilation(
            plannedMilliseconds: plan, checkedAndPlannedMilliseconds: plan + check,
            allocations: Double(allocations) / Double(texts.count))
    }

    /// Processor time of this process: compiling is long enough for others to get in between.
    private func processorMilliseconds() -> Double {
        Double(clock()) * 1000 / Double(CLOCKS_PER_SEC)
    }

    private func check(_ text: String) throws(Problem) {
        do throws(Diagnostics) {
            _ = try checker.compile(text)
        } catch {
            throw Problem(message: error.description)
        }
    }
}
