/// A rewriting of a call, by name and shape, while parsing.
public struct Macro: Sendable {
    /// What a macro is given and makes; nil leaves the call a call.
    public typealias Expansion =
        @Sendable (inout ExprBuilder, _ target: Expr?, _ arguments: [Expr]) throws(Diagnostic) ->
        Expr?

    public let name: String
    public let isMember: Bool
    /// The number of arguments; nil takes any.
    public let argumentCount: Int?
    let expand: Expansion

    public init(
        _ name: String, isMember: Bool, argumentCount: Int?, expand: @escaping Expansion
    ) {
        self.name = name
        self.isMember = isMember
        self.argumentCount = argumentCount
        self.expand = expand
    }
}

/// The macros of an environment by name and shape.
struct MacroTable: Sendable {
    private var macros: [String: [Macro]] = [:]

    mutating func add(_ macro: Macro) {
        macros[macro.name, default: []].insert(macro, at: 0)
    }

    func find(_ name: String, isMember: Bool, argumentCount: Int) -> Macro? {
        macros[name]?.first {
            $0.isMember == isMember && ($0.argumentCount ?? argumentCount) == argumentCount
        }
    }
}
