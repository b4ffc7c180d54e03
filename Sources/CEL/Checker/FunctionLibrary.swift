/// A named set of functions, macros and constants an environment can be given.
public struct FunctionLibrary: Sendable {
    public let name: String
    public var functions: [Function]
    public var macros: [Macro]
    /// Names that stand for values, types among them.
    public var constants: [String: Value]

    public init(
        _ name: String, functions: [Function] = [], macros: [Macro] = [],
        constants: [String: Value] = [:]
    ) {
        self.name = name
        self.functions = functions
        self.macros = macros
        self.constants = constants
    }
}
