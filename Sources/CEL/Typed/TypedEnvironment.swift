/// What the expressions of a host may name: variables with their slots, constants, fragments.
///
///     var environment = TypedEnvironment()
///     environment.declare("sensor.value", .double, slot: 0)
///     environment.declare("sensor.kind", .string, slot: 1)
///     try environment.define("param.heat", .double(60))
///     try environment.define("define.hot", fragment: "sensor.value > param.heat")
///
/// Names may be dotted; the longest declared name wins.
public struct TypedEnvironment: Sendable {
    /// Whether an int literal beside a double is taken for a double. The specification has no such
    /// rule: off when conformance matters.
    public var promotesIntegerLiterals: Bool
    /// Syntax: macros and limits.
    private(set) var language: Environment
    private(set) var names: [String: Meaning] = [:]
    /// Names of maps whose entries are declared one by one, as variables.
    private(set) var openMaps: Set<String> = []

    enum Meaning: Sendable {
        case variable(CELType, slot: Int)
        case constant(TypedLiteral)
        case fragment(ParsedExpression)
    }

    public init(
        promotesIntegerLiterals: Bool = true, language: Environment = Environment()
    ) {
        self.promotesIntegerLiterals = promotesIntegerLiterals
        self.language = language
        for macro in Macro.twoVariable + Macro.bindings { self.language.add(macro) }
    }

    /// A variable that slot `slot` holds. `dyn` leaves its type to the value.
    public mutating func declare(_ name: String, _ type: CELType, slot: Int) {
        names[name] = .variable(type, slot: slot)
    }

    /// A map of the host that is not one slot: its entries are variables declared by their dotted
    /// names. `map.key`, `map["key"]`, `map[?"key"]`, `"key" in map` and `has(map.key)` all mean
    /// the variable, present or absent.
    public mutating func open(_ map: String) { openMaps.insert(map) }

    /// A name for a value; it is folded into the programs.
    ///
    /// **Fails** for a value no slot can hold, such as bytes.
    public mutating func define(_ name: String, _ value: Value) throws(Diagnostics) {
        guard let literal = TypedLiteral(value) else {
            let source = Source(name)
            throw Diagnostics([
                Diagnostic(.type, "a constant can't be \(value.type)", at: 0, in: source)
            ])
        }
        names[name] = .constant(literal)
    }

    /// A name for an expression, which stands for its text wherever it is used.
    ///
    /// **Fails** when the text is no expression; what it names is checked where it is used.
    public mutating func define(_ name: String, fragment text: String) throws(Diagnostics) {
        do throws(Diagnostic) {
            names[name] = .fragment(try language.parse(Source(text, name: name)))
        } catch {
            throw Diagnostics([error])
        }
    }
}
