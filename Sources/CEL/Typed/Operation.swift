/// One step of a typed program: 16 bytes.
///
///     0       1        2      3           4         6       8
///     | code  | sense  | tag  | register  | target  | left  | immediate ... |
///
/// Registers are 0 to 15. `left` is a register or a slot, as the code says; `target` is a place in
/// the program or a second register. Jumps are taken when the condition equals `sense`.
struct Operation: BitwiseCopyable {
    var code: Code
    var sense = true
    var tag = SlotTag.absent
    var register: UInt8 = 0
    var target: UInt16 = 0
    var left: UInt16 = 0
    var immediate: UInt64 = 0

    init(_ code: Code) {
        self.code = code
    }

    /// The immediate as a second register.
    var second: UInt16 {
        @_noAllocation @_noLocks get { UInt16(truncatingIfNeeded: immediate) }
    }

    var int: Int64 {
        @_noAllocation @_noLocks get { Int64(bitPattern: immediate) }
    }

    var double: Double {
        @_noAllocation @_noLocks get { Double(bitPattern: immediate) }
    }

    /// The extent of a constant list or map, in the places of `target` and `left`.
    var extent: UInt32 {
        @_noAllocation @_noLocks get { UInt32(target) << 16 | UInt32(left) }
    }

    enum Code: UInt8, BitwiseCopyable {
        // The end.
        case returnFalse, returnTrue, returnFailure
        /// Answers register `left`.
        case returnRegister

        // Loads into `register`.
        /// Slot `left`, which must hold `tag`.
        case loadSlot
        /// Slot `left`, which must hold something.
        case loadAnySlot
        case loadConstant
        case move
        /// Register `left` must hold `tag`.
        case expect

        // Jumps.
        case jump
        /// Slot or register `left` is a bool and true.
        case jumpIfSlot, jumpIfRegister
        /// Slot `left` is not absent.
        case jumpIfPresent
        /// Slot `left`, holding `tag`, beside the immediate.
        case slotEqual, slotIntLess, slotIntLessEqual, slotUintLess, slotUintLessEqual
        case slotDoubleEqual, slotDoubleLess, slotDoubleLessEqual, slotDoubleGreater
        case slotDoubleGreaterEqual
        /// Register `left` beside register `immediate`; both hold one static type.
        case registerEqual, registerIntLess, registerIntLessEqual
        case registerUintLess, registerUintLessEqual
        case registerDoubleEqual, registerDoubleLess, registerDoubleLessEqual
        /// Register `left` beside register `immediate`, of types known only now.
        case anyEqual, anyLess, anyLessEqual
        /// Register `left` beside the constant `immediate` of type `tag`.
        case anyEqualConstant, anyLessConstant, anyLessEqualConstant
        case anyGreaterConstant, anyGreaterEqualConstant
        /// Slot or register `left` is one of a constant set; the immediate is first and count.
        case slotInSet, registerInSet
        /// Register `left` is an element or key of register `immediate`.
        case registerIn
        case startsWith, endsWith, contains
        /// Register `left` is text the automaton at `immediate` finds a match in.
        case matches
        /// Map `left` has the string key `immediate`.
        case hasField

        // Arithmetic: `register` from `left` and register `target`, result type `tag`.
        case intAdd, intSubtract, intMultiply
        case doubleAdd, doubleSubtract, doubleMultiply, doubleDivide
        /// As above with the immediate for the second operand.
        case doubleAddConstant, doubleSubtractConstant, doubleMultiplyConstant
        /// Rarer ones, or types known only now; the immediate is an `Arithmetic`.
        case anyArithmetic
        case negate

        // Functions: `register` from `left` (and register `target`).
        /// To the type `tag`.
        case convert
        case size
        /// The immediate is a `Calculation`.
        case calculate
        /// The immediate is a `TimePart`, `target` the zone's minutes east of Greenwich, signed.
        case timePart
        /// Of map `left` the value of the string key `immediate`.
        case field
        /// As `field`, of a map in slot `left`.
        case slotField
        case index

        // Loops over the list or map in register `left`; the next register counts places.
        case loopStart
        /// The next element into `register`, of a map the next key; a jump when there is none.
        /// With a `tag`: index and element, or key and value, into `register` and the one after.
        case loopNext
        /// Puts the failure of the body into `register`.
        case holdFailure
        /// Jumps to `target` when register `left` holds a failure, which becomes the program's.
        case jumpIfHeld
        /// Adds one to the int in `register`.
        case increment
    }
}
