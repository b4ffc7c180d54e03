/// Runs expressions through typed programs with values instead of slots: what cross-checks the two
/// evaluators.
///
/// **Cost** it compiles anew for every call; an engine keeps programs and fills slots itself.
public struct TypedRun {
    public enum Outcome: Sendable {
        case value(Value)
        case failure(EvaluationFailure)
        /// The expression, a variable or the result is beyond typed programs.
        case notTyped
    }

    private let language: Environment
    private let variables: [(name: String, type: CELType)]

    /// The variables of an environment, in slots by name. Namespaces are not looked into.
    public init(_ environment: Environment) {
        language = environment
        variables = environment.variables.sorted { $0.key < $1.key }
            .map { (name: $0.key, type: $0.value) }
    }

    public func evaluate(_ text: String, _ values: [String: Value]) -> Outcome {
        var typed = TypedEnvironment(promotesIntegerLiterals: false, language: language)
        var memory = SlotMemory()
        var slots: [Slot] = []
        for (index, variable) in variables.enumerated() {
            guard let slot = Self.slot(values[variable.name], &memory) else { return .notTyped }
            typed.declare(variable.name, variable.type, slot: index)
            slots.append(slot)
        }
        var library = ProgramLibrary()
        let compiled: CompiledExpression
        do throws(Diagnostics) {
            compiled = try library.compile(text, in: typed, memory: &memory)
        } catch {
            return .notTyped
        }
        let frame = SlotFrame(slots)
        return Self.outcome(library.evaluate(compiled.program, frame, memory), memory)
    }

    /// nil for values slots do not hold; an absent value is an absent slot.
    private static func slot(_ value: Value?, _ memory: inout SlotMemory) -> Slot? {
        switch value {
        case nil: return Slot()
        case .null: return .null()
        case .bool(let truth): return .bool(truth)
        case .int(let number): return .int(number)
        case .uint(let number): return .uint(number)
        case .double(let number): return .double(number)
        case .string(let text): return .string(memory.symbols.intern(text))
        case .duration(let span): return .duration(nanoseconds: span.nanoseconds)
        case .timestamp(let moment):
            let epoch = TimestampValue(seconds: 0, nanoseconds: 0)
            return moment.since(epoch).map { .timestamp(nanoseconds: $0.nanoseconds) }
        case .list(let list):
            var elements: [Slot] = []
            for element in list {
                guard let slot = slot(element, &memory) else { return nil }
                elements.append(slot)
            }
            return memory.arena.freeze(list: elements)
        case .map(let map):
            var entries: [(key: Slot, value: Slot)] = []
            for key in map.keys {
                guard let name = slot(key.value, &memory), let entry = slot(map[key], &memory)
                else { return nil }
                entries.append((name, entry))
            }
            return memory.arena.freeze(map: entries)
        default: return nil
        }
    }

    private static func outcome(_ slot: Slot, _ memory: borrowing SlotMemory) -> Outcome {
        switch slot.tag {
        case .absent, .error: .failure(slot.failure)
        case .null: .value(.null)
        case .bool: .value(.bool(slot.asBool))
        case .int: .value(.int(slot.asInt))
        case .uint: .value(.uint(UInt64(bitPattern: slot.asInt)))
        case .double: .value(.double(slot.asDouble))
        case .string: .value(.string(memory.symbols.text(of: slot.asSymbol)))
        case .timestamp:
            TimestampValue(seconds: 0, carrying: slot.asInt).map { .value(.timestamp($0)) }
                ?? .notTyped
        case .duration: .value(.duration(DurationValue(nanoseconds: slot.asInt)))
        case .list, .map: .notTyped
        }
    }
}
