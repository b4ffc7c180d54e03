/// A node of an expression the planner accepts: names resolved to slots, macros to loops, every
/// type known.
final class TypedNode: Sendable {
    let kind: Kind
    let type: CELType
    /// Where the node is written, for diagnostics.
    let offset: Int
    /// An int written as digits, which may become a double beside one.
    let isIntegerLiteral: Bool

    indirect enum Kind: Sendable {
        case constant(TypedLiteral)
        case slot(Int)
        case local(Local)
        case isPresent(slot: Int)
        case hasField(TypedNode, String)
        case field(TypedNode, String)
        case index(TypedNode, TypedNode)
        case not(TypedNode)
        case and(TypedNode, TypedNode)
        case or(TypedNode, TypedNode)
        case conditional(TypedNode, TypedNode, TypedNode)
        case compare(Comparison, TypedNode, TypedNode)
        case arithmetic(Arithmetic, TypedNode, TypedNode)
        case negate(TypedNode)
        case text(TextTest, TypedNode, TypedNode)
        /// A text has a match of the automaton of these words.
        case matches(TypedNode, [UInt32])
        /// An element is in a list or a key in a map.
        case contained(TypedNode, TypedNode)
        case convert(TypedNode, SlotTag)
        case size(TypedNode)
        case calculate(Calculation, TypedNode, TypedNode?)
        case timePart(TimePart, TypedNode, minutesEast: Int16)
        case quantify(Quantifier, Loop)
        /// How many rounds of a loop its body lets through.
        case count(Loop)
        case bind(Local, TypedNode, TypedNode)
    }

    enum Comparison { case equal, less, lessEqual, greater, greaterEqual }
    enum TextTest { case startsWith, endsWith, contains }
    enum Quantifier { case any, all, one }

    /// A variable of a loop or binding, unique in its expression.
    struct Local: Hashable, Sendable {
        var number: Int
        var type: CELType
    }

    struct Loop: Sendable {
        var range: TypedNode
        var first: Local
        var second: Local?
        var body: TypedNode
    }

    init(_ kind: Kind, _ type: CELType, at offset: Int, isIntegerLiteral: Bool = false) {
        self.kind = kind
        self.type = type
        self.offset = offset
        self.isIntegerLiteral = isIntegerLiteral
    }

    var literal: TypedLiteral? {
        if case .constant(let literal) = kind { literal } else { nil }
    }
}

extension TypedNode.Comparison {
    /// The comparison that says the same with its sides exchanged.
    var flipped: Self {
        switch self {
        case .equal: .equal
        case .less: .greater
        case .lessEqual: .greaterEqual
        case .greater: .less
        case .greaterEqual: .lessEqual
        }
    }
}

extension TypedNode {
    /// How many loops run inside each other in the node. Looking through a list for one element
    /// counts as a loop.
    var loopDepth: Int {
        switch kind {
        case .constant, .slot, .local, .isPresent: 0
        case .hasField(let a, _), .field(let a, _), .not(let a), .negate(let a), .matches(let a, _),
            .convert(let a, _), .size(let a), .timePart(_, let a, _), .calculate(_, let a, nil):
            a.loopDepth
        case .index(let a, let b), .and(let a, let b), .or(let a, let b), .compare(_, let a, let b),
            .arithmetic(_, let a, let b), .text(_, let a, let b), .calculate(_, let a, let b?),
            .bind(_, let a, let b):
            max(a.loopDepth, b.loopDepth)
        case .contained(let a, let b): max(1, a.loopDepth, b.loopDepth)
        case .conditional(let a, let b, let c): max(a.loopDepth, b.loopDepth, c.loopDepth)
        case .quantify(_, let loop), .count(let loop):
            max(loop.range.loopDepth, 1 + loop.body.loopDepth)
        }
    }
}
