import CEL

/// One conformance case.
struct Case {
    enum Expectation {
        case value(Value, type: String?)
        case type(String)
        case error
    }

    let id: String
    let file: String
    let needs: [String]
    let expression: String
    let isChecked: Bool
    let isCheckOnly: Bool
    let expectation: Expectation
    let bindings: [String: Value]
    let environment: Environment
    /// Whether names mean what they say: typed programs know no namespaces.
    let isPlain: Bool

    init(_ json: JsonObject, _ base: Environment, _ values: TaggedValue) throws {
        id = try json.string("id")
        file = try json.string("file")
        needs = json.strings("needs")
        expression = try json.string("expr")
        isChecked = !json.flag("disable_check")
        isCheckOnly = json.flag("check_only")
        expectation = try Self.expectation(JsonObject(json["expect"] ?? [:]), values)
        var bindings: [String: Value] = [:]
        if let object = try json["bindings"].map(JsonObject.init) {
            for name in object.keys { bindings[name] = try values.read(object[name] ?? [:]) }
        }
        self.bindings = bindings
        environment = try Self.environment(json, base, needs)
        isPlain = json.optionalString("container") == nil
    }

    private static func expectation(
        _ json: JsonObject, _ values: TaggedValue
    ) throws -> Expectation {
        let type = json.optionalString("type")
        if let value = json["value"] { return .value(try values.read(value), type: type) }
        if json["error"] != nil { return .error }
        guard let type else { throw Unreadable("a case that expects nothing") }
        return .type(type)
    }

    private static func environment(
        _ json: JsonObject, _ base: Environment, _ needs: [String]
    ) throws -> Environment {
        var environment = base
        environment.container = json.optionalString("container") ?? ""
        if needs.contains("enum_strong") { environment.enums = .asType }
        for item in try json.objects("type_env") {
            let name = try item.string("name")
            if let type = item.optionalString("type") {
                environment.declare(name, try read(type))
            }
            for overload in try item.objects("overloads") {
                environment.add(
                    Function(
                        name,
                        Overload(
                            try overload.string("id"),
                            try overload.strings("params").map(read),
                            try read(try overload.string("result")),
                            isMember: overload.flag("member"))))
            }
        }
        return environment
    }

    private static func read(_ type: String) throws -> CELType {
        guard let parsed = CELType(type) else { throw Unreadable("no type '\(type)'") }
        return parsed
    }
}

extension Case {
    /// Runs the case in all its modes; nil if it passes, else what is wrong.
    func failure() -> String? {
        if isChecked || isCheckOnly, let failure = checkedFailure() { return "checked: " + failure }
        if isCheckOnly { return nil }
        if let failure = uncheckedFailure() { return "unchecked: " + failure }
        return typedFailure().map { "typed: " + $0 }
    }

    /// Whether typed programs take the case at all.
    var isTyped: Bool {
        if case .notTyped = typedOutcome { false } else { true }
    }

    private var typedOutcome: TypedRun.Outcome {
        guard isChecked, !isCheckOnly, isPlain else { return .notTyped }
        do throws(Diagnostics) {
            _ = try environment.compile(expression)
        } catch {
            return .notTyped
        }
        return TypedRun(environment).evaluate(expression, bindings)
    }

    private func typedFailure() -> String? {
        switch (typedOutcome, expectation) {
        case (.notTyped, _), (.failure, .error), (.value, .type): return nil
        case (.failure(let failure), _): return "error: \(failure)"
        case (.value(let value), .error): return "\(value) instead of an error"
        case (.value(let value), .value(let wanted, _)):
            return TaggedValue.isSame(value, wanted)
                ? nil : "\(value.type) \(value) instead of \(wanted.type) \(wanted)"
        }
    }

    private func checkedFailure() -> String? {
        let checked: CheckedExpression
        do {
            checked = try environment.compile(expression)
        } catch {
            if case .error = expectation { return nil }
            return error.description
        }
        let type = checked.resultType.description
        switch expectation {
        case .type(let wanted), .value(_, type: .some(let wanted)):
            guard type == wanted else { return "type \(type) instead of \(wanted)" }
        default: break
        }
        if isCheckOnly { return nil }
        return outcomeFailure(Program(checked, in: environment))
    }

    private func uncheckedFailure() -> String? {
        do {
            let parsed = try environment.parse(Source(expression))
            return outcomeFailure(Program(unchecked: parsed, in: environment))
        } catch {
            if case .error = expectation { return nil }
            return error.description
        }
    }

    private func outcomeFailure(_ program: Program) -> String? {
        do throws(EvaluationError) {
            let value = try program.evaluate(bindings)
            switch expectation {
            case .value(let wanted, _):
                return TaggedValue.isSame(value, wanted)
                    ? nil : "\(value.type) \(value) instead of \(wanted.type) \(wanted)"
            case .error: return "\(value) instead of an error"
            case .type: return nil
            }
        } catch {
            if case .error = expectation { return nil }
            return "error: \(error.message)"
        }
    }
}
