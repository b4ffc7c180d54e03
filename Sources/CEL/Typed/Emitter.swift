/// Turns typed nodes into steps.
///
/// A condition is emitted as jumps to three labels: where to go on true, on false and on
/// failure. After a failure on the left of `&&` or `||` the right side must still be looked at,
/// because it may absorb the failure; that is a second, rarely run copy of the right side whose
/// labels for "undecided" and "failed" are one. So the usual course pays nothing for absorption.
/// A value is emitted into a register; registers above it are free.
struct Emitter {
    typealias Label = Int

    /// Where a condition's ends lead.
    struct Exits: Hashable {
        var isTrue: Label
        var isFalse: Label
        var failure: Label
    }

    /// A condition to be emitted later, out of the usual course.
    private struct Deferred {
        var label: Label
        var node: TypedNode
        var exits: Exits
        var register: Int
        var locals: [TypedNode.Local: Int]
    }

    private struct DeferredKey: Hashable {
        var node: ObjectIdentifier
        var exits: Exits
    }

    private(set) var program = AssembledProgram()
    var locals: [TypedNode.Local: Int] = [:]
    private var positions: [Int?] = []
    private var referenced: Set<Label> = []
    private var deferred: [Deferred] = []
    private var deferredLabels: [DeferredKey: Label] = [:]
    private var reads: Set<Int> = []
    /// Set when an expression needs more registers or steps than there are.
    var isTooLarge = false

    static let registerCount = 16

    /// The steps of an expression; nil when it needs more than there is room for.
    static func assemble(_ root: TypedNode) -> AssembledProgram? {
        var emitter = Emitter()
        let failure = emitter.makeLabel()
        if root.type == .bool || root.type == .dyn && root.isCondition {
            emitter.emitCondition(root, failure: failure)
        } else {
            emitter.emit(root, into: 0, failure: failure)
            var step = Operation(.returnRegister)
            step.left = 0
            emitter.append(step, failure: failure)
        }
        emitter.drain()
        emitter.place(failure)
        emitter.append(Operation(.returnFailure), failure: failure)
        return emitter.finish()
    }

    private mutating func emitCondition(_ root: TypedNode, failure: Label) {
        let exits = Exits(isTrue: makeLabel(), isFalse: makeLabel(), failure: failure)
        emitBranch(root, exits, next: exits.isTrue, register: 0)
        place(exits.isTrue)
        append(Operation(.returnTrue), failure: failure)
        place(exits.isFalse)
        append(Operation(.returnFalse), failure: failure)
    }

    // MARK: Steps and labels

    mutating func makeLabel() -> Label {
        positions.append(nil)
        return positions.count - 1
    }

    mutating func place(_ label: Label) {
        positions[label] = program.operations.count
    }

    /// Adds a step; targets of jumps are labels until the end.
    mutating func append(_ step: Operation, failure: Label) {
        if step.code.isJump { referenced.insert(Int(step.target)) }
        if step.code.canFail { referenced.insert(failure) }
        if step.code.readsSlot { reads.insert(Int(step.left)) }
        program.operations.append(step)
        program.handlers.append(UInt16(truncatingIfNeeded: failure))
    }

    /// Adds a step whose immediate is a value that has no payload before it is linked.
    mutating func append(_ step: Operation, literal: TypedLiteral, failure: Label) {
        var step = step
        if let slot = literal.slot {
            step.immediate = slot.bits
        } else {
            program.literals.append((program.operations.count, literal))
        }
        append(step, failure: failure)
    }

    mutating func append(_ step: Operation, set: [TypedLiteral], failure: Label) {
        program.sets.append((program.operations.count, set))
        append(step, failure: failure)
    }

    mutating func append(_ step: Operation, automaton: [UInt32], failure: Label) {
        program.automata.append((program.operations.count, automaton))
        append(step, failure: failure)
    }

    mutating func appendJump(to label: Label) {
        var step = Operation(.jump)
        step.target = UInt16(truncatingIfNeeded: label)
        append(step, failure: label)
    }

    /// A conditional jump with the exit that does not come next.
    mutating func appendBranch(
        _ step: Operation, _ exits: Exits, next: Label?,
        _ add: (inout Emitter, Operation) -> Void
    ) {
        var step = step
        step.sense = next != exits.isTrue
        step.target = UInt16(truncatingIfNeeded: step.sense ? exits.isTrue : exits.isFalse)
        add(&self, step)
        if step.sense, next != exits.isFalse { appendJump(to: exits.isFalse) }
    }

    // MARK: Copies off the usual course

    /// The label of a copy of a condition that is emitted later, if anything leads there.
    mutating func `defer`(_ node: TypedNode, _ exits: Exits, register: Int) -> Label {
        if exits.isTrue == exits.failure, exits.isFalse == exits.failure { return exits.failure }
        let key = DeferredKey(node: ObjectIdentifier(node), exits: exits)
        if let label = deferredLabels[key] { return label }
        let label = makeLabel()
        deferredLabels[key] = label
        deferred.append(
            Deferred(label: label, node: node, exits: exits, register: register, locals: locals))
        return label
    }

    private mutating func drain() {
        while let index = deferred.lastIndex(where: { referenced.contains($0.label) }) {
            let copy = deferred.remove(at: index)
            locals = copy.locals
            place(copy.label)
            emitBranch(copy.node, copy.exits, next: nil, register: copy.register)
            if program.operations.count > 0x7FFF { isTooLarge = true }
            if isTooLarge { return }
        }
    }

    private mutating func finish() -> AssembledProgram? {
        guard !isTooLarge, positions.count <= 0xFFFF, program.operations.count <= 0x7FFF else {
            return nil
        }
        for index in program.operations.indices {
            if program.operations[index].code.isJump {
                program.operations[index].target = position(of: program.operations[index].target)
            }
            program.handlers[index] =
                program.operations[index].code.canFail ? position(of: program.handlers[index]) : 0
        }
        program.reads = reads.sorted()
        return program
    }

    private func position(of label: UInt16) -> UInt16 {
        guard let position = positions[Int(label)] else {
            preconditionFailure("every label a step leads to is placed")
        }
        return UInt16(position)
    }
}
