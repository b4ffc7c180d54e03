import CEL

/// Environments and shorthands the suites share.
enum Fixture {
    /// Every library and a few variables of an alert.
    static let environment: Environment = {
        var environment = Environment(libraries: FunctionLibrary.all, types: DescriptorPool())
        environment.declare("severity", .int)
        environment.declare("alert.value", .double)
        environment.declare("alert.kind", .string)
        environment.declare("tags", .list(.string))
        environment.declare("limits", .map(.string, .double))
        environment.declare("anything", .dyn)
        return environment
    }()

    static let variables: [String: Value] = [
        "severity": .int(4), "alert.value": .double(91.5), "alert.kind": .string("smoke"),
        "tags": .list([.string("indoor"), .string("night")]),
    ]

    /// The expression's value, checked first.
    static func evaluate(_ text: String) throws -> Value {
        try Program(environment.compile(text), in: environment).evaluate(variables)
    }

    /// The first thing found wrong with an expression; nil if it is fine.
    static func refusal(_ text: String) -> Diagnostic? {
        do throws(Diagnostics) {
            _ = try environment.compile(text)
            return nil
        } catch {
            return error.items[0]
        }
    }
}
