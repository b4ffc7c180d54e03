/// Makes nodes with fresh ids; what macros build their expansion with.
public struct ExprBuilder: Sendable {
    public let source: Source
    private(set) var nextID = 1
    /// Where nodes made by a macro claim to be written: the macro call.
    private var offset = 0
    private var range = 0..<0

    init(source: Source) {
        self.source = source
    }

    mutating func takeID() -> Int {
        defer { nextID += 1 }
        return nextID
    }

    mutating func place(at offset: Int, range: Range<Int>) {
        (self.offset, self.range) = (offset, range)
    }

    mutating func make(_ kind: Expr.Kind, at offset: Int, range: Range<Int>) -> Expr {
        Expr(id: takeID(), kind: kind, offset: offset, range: range)
    }

    /// A node placed at the macro call.
    public mutating func make(_ kind: Expr.Kind) -> Expr {
        make(kind, at: offset, range: range)
    }

    public mutating func identifier(_ name: String) -> Expr {
        make(.identifier(name))
    }

    public mutating func constant(_ constant: Expr.Constant) -> Expr {
        make(.constant(constant))
    }

    public mutating func call(_ function: String, _ arguments: Expr...) -> Expr {
        make(.call(function: function, target: nil, arguments: arguments))
    }

    public mutating func list(_ elements: Expr...) -> Expr {
        make(.list(elements.map { .init(value: $0, isOptional: false) }))
    }

    /// A refusal that points at `expr`.
    public func refusal(_ message: String, at expr: Expr, hint: String? = nil) -> Diagnostic {
        Diagnostic(.macro, message, at: expr.offset, in: source, hint: hint)
    }
}
