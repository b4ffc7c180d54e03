// Equality and order of values whose types are known only when a program runs.
extension SlotMemory {
    /// The specification's `==`: values of unlike types are unequal, numbers compare as numbers.
    @_noAllocation @_noLocks
    func isEqual(_ left: Slot, _ right: Slot) -> Bool {
        if left.tag.isNumber {
            if right.tag.isNumber { return SlotOrder.compareNumbers(left, right) == .equal }
            return false
        }
        if left.tag != right.tag { return false }
        switch left.tag {
        case .list: return areListsEqual(left, right)
        case .map: return areMapsEqual(left, right)
        default: return left.bits == right.bits
        }
    }

    @_noAllocation @_noLocks
    private func areListsEqual(_ left: Slot, _ right: Slot) -> Bool {
        if left.extent != right.extent { return false }
        var place = 0
        while place < Int(left.extent) {
            let (a, b) = unsafe (arena.address(of: left)[place], arena.address(of: right)[place])
            if !isEqual(a, b) { return false }
            place += 1
        }
        return true
    }

    @_noAllocation @_noLocks
    private func areMapsEqual(_ left: Slot, _ right: Slot) -> Bool {
        if arena.count(of: left) != arena.count(of: right) { return false }
        let table = unsafe arena.address(of: left) + 1
        var place = 0
        while place <= Int(left.extent) {
            let (key, value) = unsafe (table[2 * place], table[2 * place + 1])
            if key.tag != .absent {
                let other = arena.value(of: key, in: right)
                if other.tag == .absent { return false }
                if !isEqual(value, other) { return false }
            }
            place += 1
        }
        return true
    }

    /// The specification's `<` and its kin.
    @_noAllocation @_noLocks
    func order(_ left: Slot, _ right: Slot) -> SlotOrder {
        if left.tag.isNumber {
            if right.tag.isNumber { return SlotOrder.compareNumbers(left, right) }
            return .incomparable
        }
        if left.tag != right.tag { return .incomparable }
        switch left.tag {
        case .string:
            let order = symbols.order(left.asSymbol, right.asSymbol)
            if order == 0 { return .equal }
            return order < 0 ? .less : .greater
        case .bool, .timestamp, .duration:
            if left.bits == right.bits { return .equal }
            return left.asInt < right.asInt ? .less : .greater
        default: return .incomparable
        }
    }

    /// Whether a list has an element, or a map a key, that equals `element`.
    @_noAllocation @_noLocks
    func contains(_ element: Slot, in aggregate: Slot) -> Bool {
        if aggregate.tag == .map { return arena.value(of: element, in: aggregate).tag != .absent }
        let elements = unsafe arena.address(of: aggregate)
        if element.tag == .string { return unsafe contains(element, elements, aggregate.extent) }
        var place = 0
        while place < Int(aggregate.extent) {
            if isEqual(element, unsafe elements[place]) { return true }
            place += 1
        }
        return false
    }

    /// Strings are equal when their payloads are.
    @_noAllocation @_noLocks
    private func contains(
        _ element: Slot, _ elements: UnsafeMutablePointer<Slot>, _ count: UInt32
    ) -> Bool {
        var place = 0
        while place < Int(count) {
            let other = unsafe elements[place]
            if other.bits == element.bits {
                if other.tag == .string { return true }
            }
            place += 1
        }
        return false
    }

    /// An element of a list or the value of a key; an error slot if there is none.
    @_noAllocation @_noLocks
    func element(_ key: Slot, of aggregate: Slot) -> Slot {
        switch aggregate.tag {
        case .map:
            let value = arena.value(of: key, in: aggregate)
            return value.tag == .absent ? .error(.noSuchKey) : value
        case .list: return listElement(key, of: aggregate)
        default: return .error(.noSuchOverload)
        }
    }

    @_noAllocation @_noLocks
    private func listElement(_ key: Slot, of list: Slot) -> Slot {
        guard key.tag.isNumber else { return .error(.noSuchOverload) }
        var index: Int64 = -1
        switch key.tag {
        case .double:
            guard let whole = SlotOrder.exactInt(key.asDouble) else {
                return .error(.indexOutOfRange)
            }
            index = whole
        case .uint: index = Int64(truncatingIfNeeded: key.bits & 0x7FFF_FFFF_FFFF_FFFF)
        default: index = key.asInt
        }
        if index < 0 { return .error(.indexOutOfRange) }
        if index >= Int64(list.extent) { return .error(.indexOutOfRange) }
        return unsafe arena.address(of: list)[Int(index)]
    }

    /// What `size()` answers: scalars of a string, elements of a list, entries of a map.
    @_noAllocation @_noLocks
    func size(of value: Slot) -> Slot {
        switch value.tag {
        case .string: .int(Int64(symbols.entry(of: value.asSymbol).scalars))
        case .list, .map: .int(arena.count(of: value))
        default: .error(.noSuchOverload)
        }
    }
}
