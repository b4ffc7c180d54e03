/// A node of an expression's tree, after macros are expanded.
///
/// The shapes and the operator names (`_+_`, `_?_:_`, `@in`, …) are those of the specification's
/// abstract syntax. Ids are dense from 1 and unique in one parsed expression.
public final class Expr: Sendable {
    public let id: Int
    public let kind: Kind
    /// Byte offset of the token that names the node: an operator, a field, a function.
    public let offset: Int
    /// Byte offsets of the text the node was written as; macro parts have the whole macro's.
    public let range: Range<Int>
    /// Longest way down to a leaf, counting this node.
    public let height: Int

    public enum Kind: Sendable {
        case constant(Constant)
        /// A simple name; a leading dot (`.name`) asks for the root scope.
        case identifier(String)
        case select(operand: Expr, field: String, isTest: Bool)
        case call(function: String, target: Expr?, arguments: [Expr])
        case list([ListElement])
        case map([MapEntry])
        case message(typeName: String, fields: [FieldEntry])
        case comprehension(Comprehension)
    }

    public enum Constant: Sendable, Hashable {
        case null
        case bool(Bool)
        case int(Int64)
        case uint(UInt64)
        case double(Double)
        case string(String)
        case bytes([UInt8])
    }

    public struct ListElement: Sendable {
        public var value: Expr
        /// Written `?value`: an empty optional adds nothing.
        public var isOptional: Bool
    }

    public struct MapEntry: Sendable {
        public var id: Int
        public var key: Expr
        public var value: Expr
        public var isOptional: Bool
    }

    public struct FieldEntry: Sendable {
        public var id: Int
        public var name: String
        public var offset: Int
        public var value: Expr
        public var isOptional: Bool
    }

    /// A fold over a list or map: what every comprehension macro becomes.
    public struct Comprehension: Sendable {
        public var range: Expr
        public var variable: String
        /// The second variable: with it the first is the index or key and this one the value.
        public var secondVariable: String?
        public var accumulator: String
        public var initial: Expr
        public var condition: Expr
        public var step: Expr
        public var result: Expr
    }

    init(id: Int, kind: Kind, offset: Int, range: Range<Int>) {
        self.id = id
        self.kind = kind
        self.offset = offset
        self.range = range
        var highest = 0
        Self.forEachChild(of: kind) { highest = max(highest, $0.height) }
        height = highest + 1
    }

    /// The direct parts, in the order they are written.
    public var children: [Expr] {
        var children: [Expr] = []
        Self.forEachChild(of: kind) { children.append($0) }
        return children
    }

    private static func forEachChild(of kind: Kind, _ body: (Expr) -> Void) {
        switch kind {
        case .constant, .identifier: break
        case .select(let operand, _, _): body(operand)
        case .call(_, let target, let arguments):
            if let target { body(target) }
            for argument in arguments { body(argument) }
        case .list(let elements):
            for element in elements { body(element.value) }
        case .map(let entries):
            for entry in entries {
                body(entry.key)
                body(entry.value)
            }
        case .message(_, let fields):
            for field in fields { body(field.value) }
        case .comprehension(let fold):
            body(fold.range)
            body(fold.initial)
            body(fold.condition)
            body(fold.step)
            body(fold.result)
        }
    }
}

extension Expr {
    /// The dotted name an identifier or a chain of plain selections spells, or nil.
    public var qualifiedName: String? {
        switch kind {
        case .identifier(let name): name
        case .select(let operand, let field, isTest: false):
            operand.qualifiedName.map { $0 + "." + field }
        default: nil
        }
    }

    /// The first name of a dotted name, or nil.
    public var rootName: String? {
        switch kind {
        case .identifier(let name): name
        case .select(let operand, _, isTest: false): operand.rootName
        default: nil
        }
    }
}

/// An expression that obeys the grammar, with its macros expanded.
public struct ParsedExpression: Sendable {
    public let source: Source
    public let root: Expr
    /// The number of ids given out: every id is below it.
    public let idLimit: Int
    /// For the id of an expanded macro: the call as it was written.
    public let macroCalls: [Int: Expr]
}

/// Names of the operators in `Expr.Kind.call`.
public enum Operator {
    public static let conditional = "_?_:_"
    public static let logicalAnd = "_&&_"
    public static let logicalOr = "_||_"
    public static let logicalNot = "!_"
    public static let equals = "_==_"
    public static let notEquals = "_!=_"
    public static let less = "_<_"
    public static let lessEquals = "_<=_"
    public static let greater = "_>_"
    public static let greaterEquals = "_>=_"
    public static let add = "_+_"
    public static let subtract = "_-_"
    public static let multiply = "_*_"
    public static let divide = "_/_"
    public static let modulo = "_%_"
    public static let negate = "-_"
    public static let index = "_[_]"
    public static let optionalIndex = "_[?_]"
    public static let optionalSelect = "_?._"
    public static let `in` = "@in"
    /// True for true and for an error: lets a fold go on after an error that may be absorbed.
    public static let notStrictlyFalse = "@not_strictly_false"
    /// `cel.block`: a list of shared parts and the expression that uses them by `@index0`, ….
    public static let block = "cel.@block"
}
