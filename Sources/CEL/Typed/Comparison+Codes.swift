// Which step compares what.
extension TypedNode.Comparison {
    /// The step that compares a slot with a constant of the same type, and whether its answer is
    /// to be turned round; nil for types without such a step.
    func slotCode(_ type: CELType) -> (Operation.Code, isNegated: Bool)? {
        switch (type, self) {
        case (.double, _): (doubleCode, false)
        case (.uint, .equal), (.string, .equal), (.bool, .equal), (.null, .equal):
            (.slotEqual, false)
        case (.int, .equal), (.timestamp, .equal), (.duration, .equal): (.slotEqual, false)
        case (.int, _), (.timestamp, _), (.duration, _): intCode
        case (.uint, _): uintCode
        default: nil
        }
    }

    private var doubleCode: Operation.Code {
        switch self {
        case .equal: .slotDoubleEqual
        case .less: .slotDoubleLess
        case .lessEqual: .slotDoubleLessEqual
        case .greater: .slotDoubleGreater
        case .greaterEqual: .slotDoubleGreaterEqual
        }
    }

    /// Ints are ordered: what is not less is greater or equal.
    private var intCode: (Operation.Code, isNegated: Bool) {
        switch self {
        case .less: (.slotIntLess, false)
        case .greaterEqual: (.slotIntLess, true)
        case .lessEqual: (.slotIntLessEqual, false)
        case .greater: (.slotIntLessEqual, true)
        case .equal: (.slotEqual, false)
        }
    }

    private var uintCode: (Operation.Code, isNegated: Bool) {
        switch self {
        case .less: (.slotUintLess, false)
        case .greaterEqual: (.slotUintLess, true)
        case .lessEqual: (.slotUintLessEqual, false)
        case .greater: (.slotUintLessEqual, true)
        case .equal: (.slotEqual, false)
        }
    }

    /// The step that compares a register with a constant of any type.
    var constantCode: Operation.Code {
        switch self {
        case .equal: .anyEqualConstant
        case .less: .anyLessConstant
        case .lessEqual: .anyLessEqualConstant
        case .greater: .anyGreaterConstant
        case .greaterEqual: .anyGreaterEqualConstant
        }
    }

    /// The step that compares two registers, and whether they change places.
    func registerCode(_ left: CELType, _ right: CELType) -> (Operation.Code, isFlipped: Bool) {
        let isFlipped = self == .greater || self == .greaterEqual
        let isStrict = self == .less || self == .greater
        guard left == right else { return (anyCode(isStrict), isFlipped) }
        switch (left, self) {
        case (.double, .equal): return (.registerDoubleEqual, false)
        case (.int, .equal), (.uint, .equal), (.bool, .equal), (.string, .equal),
            (.timestamp, .equal), (.duration, .equal):
            return (.registerEqual, false)
        case (.double, _):
            return (isStrict ? .registerDoubleLess : .registerDoubleLessEqual, isFlipped)
        case (.int, _), (.timestamp, _), (.duration, _):
            return (isStrict ? .registerIntLess : .registerIntLessEqual, isFlipped)
        case (.uint, _), (.bool, _):
            return (isStrict ? .registerUintLess : .registerUintLessEqual, isFlipped)
        default: return (anyCode(isStrict), isFlipped)
        }
    }

    private func anyCode(_ isStrict: Bool) -> Operation.Code {
        if self == .equal { return .anyEqual }
        return isStrict ? .anyLess : .anyLessEqual
    }
}

extension Operation.Code {
    /// Whether `target` is a place in the program.
    var isJump: Bool {
        switch self {
        case .returnFalse, .returnTrue, .returnFailure, .returnRegister, .loadSlot, .loadAnySlot,
            .loadConstant, .move, .expect, .intAdd, .intSubtract, .intMultiply, .doubleAdd,
            .doubleSubtract, .doubleMultiply, .doubleDivide, .doubleAddConstant,
            .doubleSubtractConstant, .doubleMultiplyConstant, .anyArithmetic, .negate, .convert,
            .size, .calculate, .timePart, .field, .slotField, .index, .loopStart, .holdFailure,
            .increment:
            false
        default: true
        }
    }

    /// Whether the step may end in a failure.
    var canFail: Bool {
        switch self {
        case .returnFalse, .returnTrue, .returnFailure, .returnRegister, .loadConstant, .move,
            .jump, .jumpIfPresent, .registerEqual, .registerIntLess, .registerIntLessEqual,
            .registerUintLess, .registerUintLessEqual, .registerDoubleEqual, .registerDoubleLess,
            .registerDoubleLessEqual, .anyEqual, .anyEqualConstant, .registerInSet, .doubleAdd,
            .doubleSubtract, .doubleMultiply, .doubleDivide, .doubleAddConstant,
            .doubleSubtractConstant, .doubleMultiplyConstant, .loopNext, .holdFailure,
            .jumpIfHeld, .increment:
            false
        default: true
        }
    }

    /// Whether `left` is a slot.
    var readsSlot: Bool {
        switch self {
        case .loadSlot, .loadAnySlot, .jumpIfSlot, .jumpIfPresent, .slotEqual, .slotIntLess,
            .slotIntLessEqual, .slotUintLess, .slotUintLessEqual, .slotDoubleEqual,
            .slotDoubleLess, .slotDoubleLessEqual, .slotDoubleGreater, .slotDoubleGreaterEqual,
            .slotInSet, .slotField:
            true
        default: false
        }
    }
}
