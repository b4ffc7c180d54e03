// Loops over lists and maps. Their registers, from the first:
//
//     range | next place | element or key | (value) | held failure or count | body ...
extension Emitter {
    private struct Registers {
        var range: Int
        var element: Int
        var state: Int
        var body: Int { state + 1 }
    }

    mutating func emitQuantifier(
        _ quantifier: TypedNode.Quantifier, _ loop: TypedNode.Loop, _ exits: Exits,
        _ next: Label?, _ register: Int
    ) {
        if case .any = quantifier, let element = loop.constantSought {
            emitBranch(
                TypedNode(.contained(element, loop.range), .bool, at: element.offset), exits,
                next: next, register: register)
            return
        }
        switch quantifier {
        case .any: emitSearch(loop, exits, register, stopsAt: true)
        case .all: emitSearch(loop, exits, register, stopsAt: false)
        case .one: emitOne(loop, exits, register)
        }
    }

    /// `exists` stops at the first true, `all` at the first false; a failure before that is held
    /// and counts only if nothing stops the loop.
    private mutating func emitSearch(
        _ loop: TypedNode.Loop, _ exits: Exits, _ register: Int, stopsAt: Bool
    ) {
        let (head, hold, done) = (makeLabel(), makeLabel(), makeLabel())
        let registers = emitStart(loop, .null, register, exits.failure)
        place(head)
        emitNext(loop, registers, (done, hold))
        let found = Exits(
            isTrue: stopsAt ? exits.isTrue : head, isFalse: stopsAt ? head : exits.isFalse,
            failure: hold)
        emitBranch(loop.body, found, next: nil, register: registers.body)
        place(hold)
        var step = Operation(.holdFailure)
        step.register = UInt8(registers.state)
        append(step, failure: hold)
        appendJump(to: head)
        place(done)
        step = Operation(.jumpIfHeld)
        step.left = UInt16(registers.state)
        step.target = UInt16(truncatingIfNeeded: exits.failure)
        append(step, failure: done)
        appendJump(to: stopsAt ? exits.isFalse : exits.isTrue)
    }

    private mutating func emitOne(_ loop: TypedNode.Loop, _ exits: Exits, _ register: Int) {
        let registers = emitCounting(loop, register, exits.failure)
        var step = Operation(.anyEqualConstant)
        step.left = UInt16(registers.state)
        step.tag = .int
        step.immediate = 1
        appendBranch(step, exits, next: nil) { $0.append($1, failure: exits.failure) }
    }

    /// How many rounds the body lets through.
    mutating func emitCount(_ loop: TypedNode.Loop, into register: Int, _ failure: Label) {
        let registers = emitCounting(loop, register, failure)
        var step = Operation(.move)
        step.register = UInt8(register)
        step.left = UInt16(registers.state)
        append(step, failure: failure)
    }

    private mutating func emitCounting(
        _ loop: TypedNode.Loop, _ register: Int, _ failure: Label
    ) -> Registers {
        let (head, count, done) = (makeLabel(), makeLabel(), makeLabel())
        let registers = emitStart(loop, .int, register, failure)
        place(head)
        emitNext(loop, registers, (done, failure))
        let exits = Exits(isTrue: count, isFalse: head, failure: failure)
        emitBranch(loop.body, exits, next: count, register: registers.body)
        place(count)
        var step = Operation(.increment)
        step.register = UInt8(truncatingIfNeeded: registers.state)
        append(step, failure: failure)
        appendJump(to: head)
        place(done)
        return registers
    }

    private mutating func emitStart(
        _ loop: TypedNode.Loop, _ state: SlotTag, _ register: Int, _ failure: Label
    ) -> Registers {
        let registers = Registers(
            range: register, element: register + 2,
            state: register + (loop.second == nil ? 3 : 4))
        guard registers.body < Self.registerCount - 1 else {
            isTooLarge = true
            return Registers(range: 0, element: 2, state: 4)
        }
        emit(loop.range, into: register, failure: failure)
        var step = Operation(.loopStart)
        step.left = UInt16(register)
        append(step, failure: failure)
        step = Operation(.loadConstant)
        step.register = UInt8(registers.state)
        step.tag = state
        append(step, failure: failure)
        return registers
    }

    /// The step to the next element; an element of a wrong type is a failure of the body.
    private mutating func emitNext(
        _ loop: TypedNode.Loop, _ registers: Registers, _ labels: (done: Label, failure: Label)
    ) {
        var step = Operation(.loopNext)
        step.left = UInt16(registers.range)
        step.register = UInt8(registers.element)
        step.tag = loop.second == nil ? .absent : .null
        step.target = UInt16(truncatingIfNeeded: labels.done)
        append(step, failure: labels.failure)
        locals[loop.first] = registers.element
        emitExpectation(loop.first.type, registers.element, labels.failure)
        guard let second = loop.second else { return }
        locals[second] = registers.element + 1
        emitExpectation(second.type, registers.element + 1, labels.failure)
    }
}

extension TypedNode.Loop {
    /// The constant when the body asks no more than whether the element equals it.
    var constantSought: TypedNode? {
        guard second == nil, case .compare(.equal, let left, let right) = body.kind else {
            return nil
        }
        if case .local(first) = left.kind, right.literal != nil { return right }
        if case .local(first) = right.kind, left.literal != nil { return left }
        return nil
    }
}
