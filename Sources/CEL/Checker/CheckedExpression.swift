/// What a name or a call of a checked expression stands for.
public enum Reference: Sendable {
    /// A variable by its full name.
    case variable(String)
    /// A comprehension's or binding's variable.
    case local(String)
    /// A constant: an enum value, a type, a value the environment defines.
    case constant(Value)
    /// The overloads that fit the static types, by id, and the function's full name.
    ///
    /// `isNamespaced`: the call's target is part of the name and no operand.
    case function(String, overloads: [String], isNamespaced: Bool)
}

/// An expression in which every node has a type.
public struct CheckedExpression: Sendable {
    public let parsed: ParsedExpression
    /// By node id.
    public let types: [CELType]
    /// By node id; nil for nodes that name nothing.
    public let references: [Reference?]

    public var root: Expr { parsed.root }
    public var source: Source { parsed.source }
    /// The type of the whole expression.
    public var resultType: CELType { types[parsed.root.id] }

    public func type(of expr: Expr) -> CELType { types[expr.id] }
    public func reference(of expr: Expr) -> Reference? { references[expr.id] }
}
