// The ways to run a program.
extension ProgramLibrary {
    /// The truth of a condition over `slots`; another result than a bool is an error.
    ///
    /// **Range** `slots` reaches at least to the highest slot the program reads; in a shorter one
    /// every evaluation answers `noSuchField`.
    @_noAllocation @_noLocks
    public func evaluateBool(
        _ program: TypedProgram, _ slots: borrowing SlotFrame, _ memory: borrowing SlotMemory
    ) -> Verdict {
        let result = run(program, slots, memory)
        guard result.tag == .bool else { return .error(result.failure) }
        return result.asBool ? .isTrue : .isFalse
    }

    /// The value of a double expression.
    @_noAllocation @_noLocks
    public func evaluateDouble(
        _ program: TypedProgram, _ slots: borrowing SlotFrame, _ memory: borrowing SlotMemory
    ) throws(EvaluationFailure) -> Double {
        let result = run(program, slots, memory)
        guard result.tag == .double else { throw result.failure }
        return result.asDouble
    }

    /// The value of an int expression.
    @_noAllocation @_noLocks
    public func evaluateInt(
        _ program: TypedProgram, _ slots: borrowing SlotFrame, _ memory: borrowing SlotMemory
    ) throws(EvaluationFailure) -> Int64 {
        let result = run(program, slots, memory)
        guard result.tag == .int else { throw result.failure }
        return result.asInt
    }

    /// The value of any expression, or an error slot.
    @_noAllocation @_noLocks
    public func evaluate(
        _ program: TypedProgram, _ slots: borrowing SlotFrame, _ memory: borrowing SlotMemory
    ) -> Slot {
        run(program, slots, memory)
    }
}
