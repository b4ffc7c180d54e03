/// One evaluation of a program: its variables, its count of rounds, its trace.
struct Evaluator<Source: Activation> {
    let program: Program
    let activation: Source
    let isTracing: Bool
    private(set) var outcomes: [Int: Trace.Outcome] = [:]
    var locals: [Local] = []
    var rounds = 0

    /// A variable of a comprehension, binding or block.
    struct Local {
        var name: String
        var state: State

        enum State {
            case known(Value)
            case failed(EvaluationError)
            /// A block's part nobody has asked for yet.
            case pending(Expr)
        }
    }

    init(_ program: Program, _ activation: Source, isTracing: Bool) {
        self.program = program
        self.activation = activation
        self.isTracing = isTracing
    }

    mutating func run() throws(EvaluationError) -> Value {
        try evaluate(program.parsed.root)
    }

    mutating func evaluate(_ expr: Expr) throws(EvaluationError) -> Value {
        do throws(EvaluationError) {
            let value = try value(of: expr)
            if isTracing { outcomes[expr.id] = .success(value) }
            return value
        } catch {
            var error = error
            if error.nodeID == 0 { (error.nodeID, error.offset) = (expr.id, expr.offset) }
            if isTracing { outcomes[expr.id] = .failure(error) }
            throw error
        }
    }

    private mutating func value(of expr: Expr) throws(EvaluationError) -> Value {
        switch expr.kind {
        case .constant(let constant): return constant.value
        case .identifier(let name): return try identifier(expr, name)
        case .select(let operand, let field, let isTest):
            return try select(expr, operand, field, isTest)
        case .call(let function, let target, let arguments):
            return try call(expr, function, target, arguments)
        case .list(let elements): return try list(elements)
        case .map(let entries): return try map(entries)
        case .message(let name, let fields): return try message(expr, name, fields)
        case .comprehension(let fold): return try comprehension(fold)
        }
    }

    // MARK: Names

    func reference(_ expr: Expr) -> Reference? {
        program.references.isEmpty ? nil : program.references[expr.id]
    }

    private var isChecked: Bool { !program.references.isEmpty }

    private mutating func identifier(
        _ expr: Expr, _ name: String
    ) throws(EvaluationError) -> Value {
        if let index = locals.lastIndex(where: { $0.name == name }) { return try local(index) }
        if let value = try referenced(expr) { return value }
        if let value = lookUp(name) { return value }
        throw EvaluationError(.unknownName, "no variable '\(name)'")
    }

    private mutating func local(_ index: Int) throws(EvaluationError) -> Value {
        switch locals[index].state {
        case .known(let value): return value
        case .failed(let error): throw error
        case .pending(let part):
            do throws(EvaluationError) {
                let value = try evaluate(part)
                locals[index].state = .known(value)
                return value
            } catch {
                locals[index].state = .failed(error)
                throw error
            }
        }
    }

    /// What the checker found the node to name, if it names something.
    private func referenced(_ expr: Expr) throws(EvaluationError) -> Value? {
        switch reference(expr) {
        case .variable(let name):
            if let value = activation.value(of: name) { return value }
            throw EvaluationError(.unknownName, "variable '\(name)' has no value")
        case .constant(let value): return value
        default: return nil
        }
    }

    /// What a name that nobody checked stands for.
    private func lookUp(_ name: String) -> Value? {
        for candidate in program.environment.candidates(for: name) {
            if let value = activation.value(of: candidate) { return value }
            if let constant = program.environment.constant(candidate) { return constant.value }
        }
        return nil
    }

    func isLocal(_ root: String) -> Bool {
        locals.contains { $0.name == root }
    }

    // MARK: Selections

    private mutating func select(
        _ expr: Expr, _ operand: Expr, _ field: String, _ isTest: Bool
    ) throws(EvaluationError) -> Value {
        if isTest, case .variable(let name) = reference(expr) {
            return .bool(activation.value(of: name) != nil)
        }
        if !isTest {
            if let value = try referenced(expr) { return value }
            if !isChecked, let root = expr.rootName, !isLocal(root),
                let name = expr.qualifiedName, let value = lookUp(name)
            {
                return value
            }
        }
        let subject = try evaluate(operand)
        let found = try self.field(field, of: subject, mode: isTest ? .test : .read)
        guard isTest else {
            guard let found else {
                throw EvaluationError(.noSuchKey, "no such key: \(field)")
            }
            return found
        }
        return .bool(found != nil)
    }

    enum FieldMode {
        case read
        /// Only fields that are set count.
        case test
    }

    /// A field's value; nil if the subject could have it and does not.
    func field(
        _ name: String, of subject: Value, mode: FieldMode
    ) throws(EvaluationError) -> Value? {
        switch subject {
        case .map(let map): return map[name]
        case .message(let message):
            guard let descriptor = program.environment.types.field(name, of: message) else {
                throw EvaluationError(.noSuchField, "no such field: \(name)")
            }
            if mode == .test, !message.isSet(descriptor) { return nil }
            return shown(message.value(of: descriptor, in: program.environment.types))
        case .optional(let inner):
            guard let inner else { return mode == .test ? nil : .optional(nil) }
            let found = try field(name, of: inner, mode: mode)
            if mode == .test { return found }
            return .optional(try presentField(name, of: inner, found))
        default:
            throw EvaluationError(.noSuchOverload, "'\(subject.type)' has no field '\(name)'")
        }
    }

    /// Through an optional an unset field is an empty optional.
    private func presentField(
        _ name: String, of subject: Value, _ found: Value?
    ) throws(EvaluationError) -> Value? {
        guard case .message = subject else { return found }
        return try field(name, of: subject, mode: .test)
    }

    /// Enums are ints unless the environment has them as types.
    func shown(_ value: Value) -> Value {
        guard program.environment.enums == .asInt else { return value }
        switch value {
        case .enumeration(_, let number): return .int(Int64(number))
        case .list(let list): return .list(list.map(shown))
        case .map(let map):
            guard let first = map.keys.first, case .enumeration = map[first] else { return value }
            var plain = MapValue()
            for key in map.keys { _ = plain.insert(key, shown(map[key] ?? .null)) }
            return .map(plain)
        default: return value
        }
    }
}
