// Values in registers.
extension Emitter {
    /// The register a value is in: a variable's own, or `register` after emitting it there.
    mutating func operand(_ node: TypedNode, _ register: Int, _ failure: Label) -> UInt16 {
        if case .local(let local) = node.kind, let held = locals[local] { return UInt16(held) }
        emit(node, into: register, failure: failure)
        return UInt16(register)
    }

    /// Emits a value into a register.
    mutating func emit(_ node: TypedNode, into register: Int, failure: Label) {
        guard register < Self.registerCount - 1 else {
            isTooLarge = true
            return
        }
        var step = Operation(.move)
        step.register = UInt8(register)
        switch node.kind {
        case .constant(let literal):
            step.code = .loadConstant
            step.tag = literal.type.slotTag ?? .null
            append(step, literal: literal, failure: failure)
        case .slot(let slot):
            step.left = UInt16(truncatingIfNeeded: slot)
            step.code = .loadAnySlot
            if let tag = node.type.slotTag { (step.code, step.tag) = (.loadSlot, tag) }
            append(step, failure: failure)
        case .local(let local):
            step.left = UInt16(locals[local] ?? 0)
            append(step, failure: failure)
        case .field(let map, let name): emitField(node, map, name, step, failure)
        case .conditional(let condition, let first, let second):
            emitChoice(condition, (first, second), into: register, failure)
        case .arithmetic(let arithmetic, let left, let right):
            emitArithmetic(arithmetic, (left, right), node.type, step, failure)
        case .count(let loop): emitCount(loop, into: register, failure)
        case .bind(let local, let value, let body):
            emit(value, into: register, failure: failure)
            locals[local] = register
            emit(body, into: register + 1, failure: failure)
            step.left = UInt16(register + 1)
            append(step, failure: failure)
        default:
            if node.isCondition {
                emitTruth(node, step, failure)
            } else {
                emitFunction(node, step, failure)
            }
        }
    }

    private mutating func emitFunction(_ node: TypedNode, _ step: Operation, _ failure: Label) {
        var step = step
        let register = Int(step.register)
        switch node.kind {
        case .index(let range, let index):
            step.code = .index
            step.left = operand(range, register, failure)
            step.target = operand(index, register + 1, failure)
            append(step, failure: failure)
            emitExpectation(node.type, register, failure)
            return
        case .negate(let value):
            step.code = .negate
            step.left = operand(value, register, failure)
        case .convert(let value, let tag):
            (step.code, step.tag) = (.convert, tag)
            step.left = operand(value, register, failure)
        case .size(let value):
            step.code = .size
            step.left = operand(value, register, failure)
        case .calculate(let calculation, let left, let right):
            step.code = .calculate
            step.immediate = UInt64(calculation.rawValue)
            step.left = operand(left, register, failure)
            if let right { step.target = operand(right, register + 1, failure) }
        case .timePart(let part, let time, let minutes):
            step.code = .timePart
            step.immediate = UInt64(part.rawValue)
            step.left = operand(time, register, failure)
            step.target = UInt16(bitPattern: minutes)
        default: preconditionFailure("a value that is neither a condition nor a function")
        }
        append(step, failure: failure)
    }

    /// A condition's truth as a bool in a register.
    private mutating func emitTruth(_ node: TypedNode, _ step: Operation, _ failure: Label) {
        let exits = Exits(isTrue: makeLabel(), isFalse: makeLabel(), failure: failure)
        let end = makeLabel()
        emitBranch(node, exits, next: exits.isTrue, register: Int(step.register))
        place(exits.isTrue)
        var load = step
        (load.code, load.tag) = (.loadConstant, .bool)
        load.immediate = 1
        append(load, failure: failure)
        appendJump(to: end)
        place(exits.isFalse)
        load.immediate = 0
        append(load, failure: failure)
        place(end)
    }

    private mutating func emitField(
        _ node: TypedNode, _ map: TypedNode, _ name: String, _ step: Operation, _ failure: Label
    ) {
        var step = step
        if case .slot(let slot) = map.kind {
            step.code = .slotField
            step.left = UInt16(truncatingIfNeeded: slot)
        } else {
            step.code = .field
            step.left = operand(map, Int(step.register), failure)
        }
        append(step, literal: .string(name), failure: failure)
        emitExpectation(node.type, Int(step.register), failure)
    }

    /// What comes out of a host's list or map is of the declared type, or the program fails:
    /// later steps rely on it.
    mutating func emitExpectation(_ type: CELType, _ register: Int, _ failure: Label) {
        guard let tag = type.slotTag else { return }
        var step = Operation(.expect)
        step.left = UInt16(register)
        step.tag = tag
        append(step, failure: failure)
    }

    private mutating func emitChoice(
        _ condition: TypedNode, _ ends: (TypedNode, TypedNode), into register: Int,
        _ failure: Label
    ) {
        let exits = Exits(isTrue: makeLabel(), isFalse: makeLabel(), failure: failure)
        let end = makeLabel()
        emitBranch(condition, exits, next: exits.isTrue, register: register)
        place(exits.isTrue)
        emit(ends.0, into: register, failure: failure)
        appendJump(to: end)
        place(exits.isFalse)
        emit(ends.1, into: register, failure: failure)
        place(end)
    }

    // MARK: Arithmetic

    private mutating func emitArithmetic(
        _ arithmetic: Arithmetic, _ sides: (TypedNode, TypedNode), _ type: CELType,
        _ step: Operation, _ failure: Label
    ) {
        var step = step
        let register = Int(step.register)
        let isTyped = sides.0.type.slotTag != nil && sides.1.type.slotTag != nil
        step.tag = type.slotTag ?? .null
        if isTyped, let literal = sides.1.literal, let code = arithmetic.constantCode(type) {
            step.code = code
            step.left = operand(sides.0, register, failure)
            append(step, literal: literal, failure: failure)
            return
        }
        step.left = operand(sides.0, register, failure)
        step.target = operand(sides.1, register + 1, failure)
        if isTyped, let code = arithmetic.registerCode(type) {
            step.code = code
        } else {
            step.code = .anyArithmetic
            step.immediate = UInt64(arithmetic.rawValue)
        }
        append(step, failure: failure)
    }
}

extension Arithmetic {
    /// The step on two registers of static types with a result of `type`, if there is one.
    func registerCode(_ type: CELType) -> Operation.Code? {
        switch (self, type) {
        case (.add, .double): .doubleAdd
        case (.subtract, .double): .doubleSubtract
        case (.multiply, .double): .doubleMultiply
        case (.divide, .double): .doubleDivide
        case (.add, .int), (.add, .timestamp), (.add, .duration): .intAdd
        case (.subtract, .int), (.subtract, .timestamp), (.subtract, .duration): .intSubtract
        case (.multiply, .int): .intMultiply
        default: nil
        }
    }

    func constantCode(_ type: CELType) -> Operation.Code? {
        switch (self, type) {
        case (.add, .double): .doubleAddConstant
        case (.subtract, .double): .doubleSubtractConstant
        case (.multiply, .double): .doubleMultiplyConstant
        default: nil
        }
    }
}

extension TypedNode {
    /// Whether the node is emitted as jumps.
    var isCondition: Bool {
        switch kind {
        case .isPresent, .hasField, .not, .and, .or, .compare, .text, .matches, .contained,
            .quantify:
            true
        default: false
        }
    }
}
