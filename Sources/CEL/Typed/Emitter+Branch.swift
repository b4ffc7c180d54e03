// Conditions as jumps.
extension Emitter {
    /// Emits a condition; `next` is the label that will be placed right after it, if any.
    mutating func emitBranch(_ node: TypedNode, _ exits: Exits, next: Label?, register: Int) {
        switch node.kind {
        case .constant(.scalar(.bool, let bits)):
            let target = bits != 0 ? exits.isTrue : exits.isFalse
            if target != next { appendJump(to: target) }
        case .not(let operand):
            let swapped = Exits(
                isTrue: exits.isFalse, isFalse: exits.isTrue, failure: exits.failure)
            emitBranch(operand, swapped, next: next, register: register)
        case .and(let left, let right): emitAnd(left, right, exits, next, register)
        case .or(let left, let right): emitOr(left, right, exits, next, register)
        case .conditional(let condition, let first, let second):
            emitChoice(condition, (first, second), exits, next, register)
        case .compare(let comparison, let left, let right):
            emitComparison(comparison, (left, right), exits, next, register)
        case .quantify(let quantifier, let loop):
            emitQuantifier(quantifier, loop, exits, next, register)
        case .bind(let local, let value, let body):
            emit(value, into: register, failure: exits.failure)
            locals[local] = register
            emitBranch(body, exits, next: next, register: register + 1)
        default: emitTest(node, exits, next, register)
        }
    }

    private mutating func emitAnd(
        _ left: TypedNode, _ right: TypedNode, _ exits: Exits, _ next: Label?, _ register: Int
    ) {
        let undecided = Exits(
            isTrue: exits.failure, isFalse: exits.isFalse, failure: exits.failure)
        let failed = `defer`(right, undecided, register: register)
        let middle = makeLabel()
        let leftExits = Exits(isTrue: middle, isFalse: exits.isFalse, failure: failed)
        emitBranch(left, leftExits, next: middle, register: register)
        place(middle)
        emitBranch(right, exits, next: next, register: register)
    }

    private mutating func emitOr(
        _ left: TypedNode, _ right: TypedNode, _ exits: Exits, _ next: Label?, _ register: Int
    ) {
        let undecided = Exits(
            isTrue: exits.isTrue, isFalse: exits.failure, failure: exits.failure)
        let failed = `defer`(right, undecided, register: register)
        let middle = makeLabel()
        let leftExits = Exits(isTrue: exits.isTrue, isFalse: middle, failure: failed)
        emitBranch(left, leftExits, next: middle, register: register)
        place(middle)
        emitBranch(right, exits, next: next, register: register)
    }

    private mutating func emitChoice(
        _ condition: TypedNode, _ ends: (TypedNode, TypedNode), _ exits: Exits, _ next: Label?,
        _ register: Int
    ) {
        let (first, second) = (makeLabel(), makeLabel())
        let choice = Exits(isTrue: first, isFalse: second, failure: exits.failure)
        emitBranch(condition, choice, next: first, register: register)
        place(first)
        emitBranch(ends.0, exits, next: nil, register: register)
        place(second)
        emitBranch(ends.1, exits, next: next, register: register)
    }

    /// A condition that is one step, or a value that should be a bool.
    private mutating func emitTest(
        _ node: TypedNode, _ exits: Exits, _ next: Label?, _ register: Int
    ) {
        var step: Operation
        switch node.kind {
        case .slot(let slot):
            step = Operation(.jumpIfSlot)
            step.left = UInt16(truncatingIfNeeded: slot)
        case .isPresent(let slot):
            step = Operation(.jumpIfPresent)
            step.left = UInt16(truncatingIfNeeded: slot)
        case .hasField(let map, let name):
            step = Operation(.hasField)
            step.left = operand(map, register, exits.failure)
            appendBranch(step, exits, next: next) {
                $0.append($1, literal: .string(name), failure: exits.failure)
            }
            return
        case .text(let test, let text, let part):
            step = Operation(test.code)
            step.left = operand(text, register, exits.failure)
            step.immediate = UInt64(operand(part, register + 1, exits.failure))
        case .matches(let text, let automaton):
            step = Operation(.matches)
            step.left = operand(text, register, exits.failure)
            appendBranch(step, exits, next: next) {
                $0.append($1, automaton: automaton, failure: exits.failure)
            }
            return
        case .contained(let element, let range):
            emitMembership(element, range, exits, next, register)
            return
        default:
            step = Operation(.jumpIfRegister)
            step.left = operand(node, register, exits.failure)
        }
        appendBranch(step, exits, next: next) { $0.append($1, failure: exits.failure) }
    }

    // MARK: Comparison

    private mutating func emitComparison(
        _ comparison: TypedNode.Comparison, _ sides: (TypedNode, TypedNode), _ exits: Exits,
        _ next: Label?, _ register: Int
    ) {
        if sides.0.literal != nil, sides.1.literal == nil {
            emitComparison(comparison.flipped, (sides.1, sides.0), exits, next, register)
            return
        }
        if let literal = sides.1.literal, literal.isAtom {
            emitConstantComparison(comparison, (sides.0, literal), exits, next, register)
            return
        }
        let left = operand(sides.0, register, exits.failure)
        let right = operand(sides.1, register + 1, exits.failure)
        let (code, isFlipped) = comparison.registerCode(sides.0.type, sides.1.type)
        var step = Operation(code)
        step.left = isFlipped ? right : left
        step.immediate = UInt64(isFlipped ? left : right)
        appendBranch(step, exits, next: next) { $0.append($1, failure: exits.failure) }
    }

    private mutating func emitConstantComparison(
        _ comparison: TypedNode.Comparison, _ sides: (TypedNode, TypedLiteral), _ exits: Exits,
        _ next: Label?, _ register: Int
    ) {
        let (left, literal) = sides
        var step: Operation
        var exits = exits
        if case .slot(let slot) = left.kind, left.type == literal.type,
            let (code, isNegated) = comparison.slotCode(literal.type)
        {
            step = Operation(code)
            step.left = UInt16(truncatingIfNeeded: slot)
            if isNegated { swap(&exits.isTrue, &exits.isFalse) }
        } else {
            step = Operation(comparison.constantCode)
            step.left = operand(left, register, exits.failure)
        }
        step.tag = literal.type.slotTag ?? .null
        appendBranch(step, exits, next: next) {
            $0.append($1, literal: literal, failure: exits.failure)
        }
    }

    // MARK: Membership

    private mutating func emitMembership(
        _ element: TypedNode, _ range: TypedNode, _ exits: Exits, _ next: Label?, _ register: Int
    ) {
        guard case .list(let members)? = range.literal, let tag = members.setTag(for: element.type)
        else {
            var step = Operation(.registerIn)
            step.left = operand(element, register, exits.failure)
            step.immediate = UInt64(operand(range, register + 1, exits.failure))
            appendBranch(step, exits, next: next) { $0.append($1, failure: exits.failure) }
            return
        }
        var step = Operation(.registerInSet)
        if case .slot(let slot) = element.kind, element.type.slotTag == tag {
            step = Operation(.slotInSet)
            step.left = UInt16(truncatingIfNeeded: slot)
        } else {
            step.left = operand(element, register, exits.failure)
        }
        step.tag = tag
        appendBranch(step, exits, next: next) {
            $0.append($1, set: members, failure: exits.failure)
        }
    }
}

extension TypedNode.TextTest {
    var code: Operation.Code {
        switch self {
        case .startsWith: .startsWith
        case .endsWith: .endsWith
        case .contains: .contains
        }
    }
}

extension TypedLiteral {
    /// Whether the value is all in a slot's payload once strings have symbols.
    var isAtom: Bool {
        switch self {
        case .scalar, .string: true
        case .list, .map: false
        }
    }
}

extension [TypedLiteral] {
    /// The type of the members if equality with them is equality of payloads: all strings, or
    /// bools or whole numbers of the very type of the element.
    func setTag(for element: CELType) -> SlotTag? {
        guard let tag = first?.type.slotTag, allSatisfy({ $0.type.slotTag == tag }) else {
            return nil
        }
        switch tag {
        case .string: return element == .string || element == .dyn ? tag : nil
        case .bool, .int, .uint: return element.slotTag == tag ? tag : nil
        default: return nil
        }
    }
}
