// Running a program: one loop over one switch, a step costs a load and a predictable jump.
extension ProgramLibrary {
    /// One function, so that place and failure stay in machine registers. A step that succeeds
    /// continues the loop; one that fails leaves the switch with the failure set.
    @_noAllocation @_noLocks
    func run(
        _ program: TypedProgram, _ slots: borrowing SlotFrame, _ memory: borrowing SlotMemory
    ) -> Slot {
        if slots.count < Int(program.slotCount) { return .error(.noSuchField) }
        let start = Int(program.start)
        var registers = RegisterFile()
        var failure = EvaluationFailure.noSuchField
        var place = start
        while true {
            let step = unsafe operations[place]
            let left = Int(step.left)
            switch step.code {
            case .returnFalse: return .bool(false)
            case .returnTrue: return .bool(true)
            case .returnFailure: return .error(failure)
            case .returnRegister: return registers[step.left]

            case .loadSlot:
                let value = unsafe slots[unchecked: left]
                if value.tag == step.tag {
                    registers[UInt16(step.register)] = value
                    place &+= 1
                    continue
                }
                failure = value.failure
            case .loadAnySlot:
                let value = unsafe slots[unchecked: left]
                switch value.tag {
                case .absent, .error: failure = value.failure
                default:
                    registers[UInt16(step.register)] = value
                    place &+= 1
                    continue
                }
            case .loadConstant:
                registers[UInt16(step.register)] = Slot(
                    step.tag, step.immediate, extent: step.extent)
                place &+= 1
                continue
            case .move:
                registers[UInt16(step.register)] = registers[step.left]
                place &+= 1
                continue
            case .expect:
                let value = registers[step.left]
                if value.tag == step.tag {
                    place &+= 1
                    continue
                }
                failure = value.failure

            case .jump:
                place = start &+ Int(step.target)
                continue
            case .jumpIfPresent:
                let isPresent = unsafe slots[unchecked: left].tag != .absent
                place = Self.next(step, isPresent, place, start)
                continue
            case .jumpIfSlot:
                let value = unsafe slots[unchecked: left]
                if value.tag == .bool {
                    place = Self.next(step, value.asBool, place, start)
                    continue
                }
                failure = value.failure
            case .jumpIfRegister:
                let value = registers[step.left]
                if value.tag == .bool {
                    place = Self.next(step, value.asBool, place, start)
                    continue
                }
                failure = value.failure

            case .slotEqual:
                let value = unsafe slots[unchecked: left]
                if value.tag == step.tag {
                    place = Self.next(step, value.bits == step.immediate, place, start)
                    continue
                }
                failure = value.failure
            case .slotIntLess:
                let value = unsafe slots[unchecked: left]
                if value.tag == step.tag {
                    place = Self.next(step, value.asInt < step.int, place, start)
                    continue
                }
                failure = value.failure
            case .slotIntLessEqual:
                let value = unsafe slots[unchecked: left]
                if value.tag == step.tag {
                    place = Self.next(step, value.asInt <= step.int, place, start)
                    continue
                }
                failure = value.failure
            case .slotUintLess:
                let value = unsafe slots[unchecked: left]
                if value.tag == step.tag {
                    place = Self.next(step, value.bits < step.immediate, place, start)
                    continue
                }
                failure = value.failure
            case .slotUintLessEqual:
                let value = unsafe slots[unchecked: left]
                if value.tag == step.tag {
                    place = Self.next(step, value.bits <= step.immediate, place, start)
                    continue
                }
                failure = value.failure
            case .slotDoubleEqual:
                let value = unsafe slots[unchecked: left]
                if value.tag == .double {
                    place = Self.next(step, value.asDouble == step.double, place, start)
                    continue
                }
                failure = value.failure
            case .slotDoubleLess:
                let value = unsafe slots[unchecked: left]
                if value.tag == .double {
                    place = Self.next(step, value.asDouble < step.double, place, start)
                    continue
                }
                failure = value.failure
            case .slotDoubleLessEqual:
                let value = unsafe slots[unchecked: left]
                if value.tag == .double {
                    place = Self.next(step, value.asDouble <= step.double, place, start)
                    continue
                }
                failure = value.failure
            case .slotDoubleGreater:
                let value = unsafe slots[unchecked: left]
                if value.tag == .double {
                    place = Self.next(step, value.asDouble > step.double, place, start)
                    continue
                }
                failure = value.failure
            case .slotDoubleGreaterEqual:
                let value = unsafe slots[unchecked: left]
                if value.tag == .double {
                    place = Self.next(step, value.asDouble >= step.double, place, start)
                    continue
                }
                failure = value.failure

            case .registerEqual:
                let (a, b) = (registers[step.left], registers[step.second])
                place = Self.next(step, a.bits == b.bits, place, start)
                continue
            case .registerIntLess:
                let (a, b) = (registers[step.left], registers[step.second])
                place = Self.next(step, a.asInt < b.asInt, place, start)
                continue
            case .registerIntLessEqual:
                let (a, b) = (registers[step.left], registers[step.second])
                place = Self.next(step, a.asInt <= b.asInt, place, start)
                continue
            case .registerUintLess:
                let (a, b) = (registers[step.left], registers[step.second])
                place = Self.next(step, a.bits < b.bits, place, start)
                continue
            case .registerUintLessEqual:
                let (a, b) = (registers[step.left], registers[step.second])
                place = Self.next(step, a.bits <= b.bits, place, start)
                continue
            case .registerDoubleEqual:
                let (a, b) = (registers[step.left], registers[step.second])
                place = Self.next(step, a.asDouble == b.asDouble, place, start)
                continue
            case .registerDoubleLess:
                let (a, b) = (registers[step.left], registers[step.second])
                place = Self.next(step, a.asDouble < b.asDouble, place, start)
                continue
            case .registerDoubleLessEqual:
                let (a, b) = (registers[step.left], registers[step.second])
                place = Self.next(step, a.asDouble <= b.asDouble, place, start)
                continue

            case .anyEqual:
                let (a, b) = (registers[step.left], registers[step.second])
                place = Self.next(step, memory.isEqual(a, b), place, start)
                continue
            case .anyEqualConstant:
                let constant = Slot(step.tag, step.immediate)
                let isEqual = Self.isEqual(registers[step.left], constant)
                place = Self.next(step, isEqual, place, start)
                continue
            case .anyLess, .anyLessEqual:
                let order = memory.order(registers[step.left], registers[step.second])
                if order != .incomparable {
                    place = Self.next(step, Self.holds(step.code, order), place, start)
                    continue
                }
                failure = .noSuchOverload
            case .anyLessConstant, .anyLessEqualConstant, .anyGreaterConstant,
                .anyGreaterEqualConstant:
                let order = Self.order(
                    registers[step.left], Slot(step.tag, step.immediate), memory)
                if order != .incomparable {
                    place = Self.next(step, Self.holds(step.code, order), place, start)
                    continue
                }
                failure = .noSuchOverload

            case .slotInSet:
                let value = unsafe slots[unchecked: left]
                if value.tag == step.tag {
                    let isMember = isMember(value.bits, step.immediate)
                    place = Self.next(step, isMember, place, start)
                    continue
                }
                failure = value.failure
            case .registerInSet:
                let value = registers[step.left]
                var isMember = false
                if value.tag == step.tag { isMember = self.isMember(value.bits, step.immediate) }
                place = Self.next(step, isMember, place, start)
                continue
            case .registerIn:
                let aggregate = registers[step.second]
                if aggregate.tag == .list || aggregate.tag == .map {
                    let isMember = memory.contains(registers[step.left], in: aggregate)
                    place = Self.next(step, isMember, place, start)
                    continue
                }
                failure = .noSuchOverload
            case .startsWith, .endsWith, .contains:
                let (a, b) = (registers[step.left], registers[step.second])
                if a.tag == .string, b.tag == .string {
                    let holds = Self.holds(step.code, a.asSymbol, b.asSymbol, memory)
                    place = Self.next(step, holds, place, start)
                    continue
                }
                failure = .noSuchOverload
            case .matches:
                let text = registers[step.left]
                if text.tag == .string {
                    let isMatch = matches(text.asSymbol, Int(step.immediate), memory)
                    place = Self.next(step, isMatch, place, start)
                    continue
                }
                failure = .noSuchOverload
            case .hasField:
                let map = registers[step.left]
                if map.tag == .map {
                    let value = memory.arena.value(of: step.immediate, in: map)
                    place = Self.next(step, value.tag != .absent, place, start)
                    continue
                }
                failure = .noSuchOverload

            case .intAdd:
                let (a, b) = (registers[step.left], registers[step.target])
                let (value, overflows) = a.asInt.addingReportingOverflow(b.asInt)
                if !overflows {
                    registers[UInt16(step.register)] = Slot(
                        step.tag, UInt64(bitPattern: value))
                    place &+= 1
                    continue
                }
                failure = .overflow
            case .intSubtract:
                let (a, b) = (registers[step.left], registers[step.target])
                let (value, overflows) = a.asInt.subtractingReportingOverflow(b.asInt)
                if !overflows {
                    registers[UInt16(step.register)] = Slot(
                        step.tag, UInt64(bitPattern: value))
                    place &+= 1
                    continue
                }
                failure = .overflow
            case .intMultiply:
                let (a, b) = (registers[step.left], registers[step.target])
                let (value, overflows) = a.asInt.multipliedReportingOverflow(by: b.asInt)
                if !overflows {
                    registers[UInt16(step.register)] = .int(value)
                    place &+= 1
                    continue
                }
                failure = .overflow
            case .doubleAdd:
                let (a, b) = (registers[step.left], registers[step.target])
                registers[UInt16(step.register)] = .double(a.asDouble + b.asDouble)
                place &+= 1
                continue
            case .doubleSubtract:
                let (a, b) = (registers[step.left], registers[step.target])
                registers[UInt16(step.register)] = .double(a.asDouble - b.asDouble)
                place &+= 1
                continue
            case .doubleMultiply:
                let (a, b) = (registers[step.left], registers[step.target])
                registers[UInt16(step.register)] = .double(a.asDouble * b.asDouble)
                place &+= 1
                continue
            case .doubleDivide:
                let (a, b) = (registers[step.left], registers[step.target])
                registers[UInt16(step.register)] = .double(a.asDouble / b.asDouble)
                place &+= 1
                continue
            case .doubleAddConstant:
                let value = registers[step.left].asDouble + step.double
                registers[UInt16(step.register)] = .double(value)
                place &+= 1
                continue
            case .doubleSubtractConstant:
                let value = registers[step.left].asDouble - step.double
                registers[UInt16(step.register)] = .double(value)
                place &+= 1
                continue
            case .doubleMultiplyConstant:
                let value = registers[step.left].asDouble * step.double
                registers[UInt16(step.register)] = .double(value)
                place &+= 1
                continue
            case .negate, .anyArithmetic, .convert, .size, .calculate, .timePart, .field, .index:
                let value = compute(step, registers[step.left], registers[step.target], memory)
                if value.tag != .error {
                    registers[UInt16(step.register)] = value
                    place &+= 1
                    continue
                }
                failure = value.failure
            case .slotField:
                let map = unsafe slots[unchecked: left]
                if map.tag == .map {
                    let value = memory.arena.value(of: step.immediate, in: map)
                    if value.tag != .absent {
                        registers[UInt16(step.register)] = value
                        place &+= 1
                        continue
                    }
                    failure = .noSuchKey
                } else {
                    failure = map.failure
                }

            case .loopStart:
                let range = registers[step.left]
                if range.tag == .list || range.tag == .map {
                    registers[step.left &+ 1] = .int(0)
                    place &+= 1
                    continue
                }
                failure = .noSuchOverload
            case .loopNext:
                let isMore = Self.advance(step, &registers, memory)
                place = isMore ? place &+ 1 : start &+ Int(step.target)
                continue
            case .holdFailure:
                registers[UInt16(step.register)] = .error(failure)
                place &+= 1
                continue
            case .jumpIfHeld:
                let held = registers[step.left]
                if held.tag == .error { failure = held.failure }
                place = Self.next(step, held.tag == .error, place, start)
                continue
            case .increment:
                let count = registers[UInt16(step.register)].asInt
                registers[UInt16(step.register)] = .int(count &+ 1)
                place &+= 1
                continue
            }
            place = start &+ Int(unsafe handlers[place])
        }
    }

    /// Where a conditional jump goes on.
    @_noAllocation @_noLocks @inline(__always)
    private static func next(
        _ step: Operation, _ condition: Bool, _ place: Int, _ start: Int
    ) -> Int {
        condition == step.sense ? start &+ Int(step.target) : place &+ 1
    }
}

extension ProgramLibrary {
    /// Equality with a constant that is no list or map.
    @_noAllocation @_noLocks @inline(__always)
    private static func isEqual(_ value: Slot, _ constant: Slot) -> Bool {
        if value.tag == constant.tag {
            if value.tag == .double { return value.asDouble == constant.asDouble }
            return value.bits == constant.bits
        }
        guard value.tag.isNumber, constant.tag.isNumber else { return false }
        return SlotOrder.compareNumbers(value, constant) == .equal
    }

    @_noAllocation @_noLocks @inline(__always)
    private static func order(
        _ value: Slot, _ constant: Slot, _ memory: borrowing SlotMemory
    ) -> SlotOrder {
        if value.tag == .double, constant.tag == .double {
            return SlotOrder.compare(value.asDouble, constant.asDouble)
        }
        if value.tag == .int, constant.tag == .int {
            if value.bits == constant.bits { return .equal }
            return value.asInt < constant.asInt ? .less : .greater
        }
        return memory.order(value, constant)
    }

    @_noAllocation @_noLocks @inline(__always)
    private static func holds(_ code: Operation.Code, _ order: SlotOrder) -> Bool {
        switch code {
        case .anyLess, .anyLessConstant: order == .less
        case .anyLessEqual, .anyLessEqualConstant: order == .less || order == .equal
        case .anyGreaterConstant: order == .greater
        default: order == .greater || order == .equal
        }
    }

    @_noAllocation @_noLocks
    private static func holds(
        _ code: Operation.Code, _ text: Symbol, _ part: Symbol, _ memory: borrowing SlotMemory
    ) -> Bool {
        switch code {
        case .startsWith: memory.symbols.hasPrefix(text, part)
        case .endsWith: memory.symbols.hasSuffix(text, part)
        default: memory.symbols.contains(text, part)
        }
    }

    /// Small sets are looked through, larger ones halved.
    @_noAllocation @_noLocks @inline(__always)
    private func isMember(_ bits: UInt64, _ set: UInt64) -> Bool {
        var low = Int(set &>> 32)
        var high = low &+ Int(set & 0xFFFF_FFFF)
        while high &- low > 8 {
            let middle = (low &+ high) / 2
            if unsafe constants[middle] <= bits { low = middle } else { high = middle }
        }
        while low < high {
            if unsafe constants[low] == bits { return true }
            low &+= 1
        }
        return false
    }
}
