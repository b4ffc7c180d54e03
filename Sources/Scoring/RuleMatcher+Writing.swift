import CEL
public import Domain

extension RuleMatcher {
    /// Writes an expression's value over the slots as text: strings as they are, numbers in
    /// decimal, `?` for what has no value. `decimals` below 0: as many as needed, three at most.
    @_noAllocation @_noLocks
    public func write(_ condition: Condition, decimals: Int, to buffer: inout ByteBuffer) {
        write(evaluate(condition), decimals, &buffer)
    }

    /// Writes the elements of the list that an expression gives, with one of `texts` between them.
    @_noAllocation @_noLocks
    public func write(
        list condition: Condition, _ texts: borrowing TextList, separator: Int,
        to buffer: inout ByteBuffer
    ) {
        let list = evaluate(condition)
        guard list.tag == .list else { return buffer.append("?") }
        let count = table.memory.arena.elementCount(of: list)
        var index = 0
        while index < count {
            if index > 0 { buffer.append(texts, separator) }
            write(table.memory.arena.element(index, of: list), -1, &buffer)
            index += 1
        }
    }

    @_noAllocation @_noLocks
    private func write(_ value: Slot, _ decimals: Int, _ buffer: inout ByteBuffer) {
        if value.isString {
            var offset = 0
            while offset < table.memory.symbols.byteCount(of: value.asSymbol) {
                buffer.append(table.memory.symbols.byte(of: value.asSymbol, at: offset))
                offset += 1
            }
        } else if value.tag == .bool {
            buffer.append(value.asBool ? "true" : "false")
        } else if value.tag == .int {
            buffer.append(decimal: value.asInt)
        } else if value.tag == .double {
            RuleMatcher.write(value.asDouble, decimals, &buffer)
        } else {
            buffer.append("?")
        }
    }

    /// A double with a fixed number of decimals, 0 to 6, rounded half away from zero.
    @_noAllocation @_noLocks
    private static func write(_ value: Double, _ decimals: Int, _ buffer: inout ByteBuffer) {
        guard value.isFinite && value < 1e12 && value > -1e12 else { return buffer.append("?") }
        guard decimals >= 0 else {
            return buffer.append(thousandths: Int64(value * 1000 + (value < 0 ? -0.5 : 0.5)))
        }
        var scale: Int64 = 1
        var place = 0
        while place < decimals && place < 6 {
            scale *= 10
            place += 1
        }
        let scaled = Int64(value * Double(scale) + (value < 0 ? -0.5 : 0.5))
        if scaled < 0 { buffer.append(0x2D) }
        let magnitude = scaled.magnitude
        buffer.append(decimal: magnitude / UInt64(scale))
        guard decimals > 0 else { return }
        buffer.append(0x2E)
        var divisor = UInt64(scale) / 10
        while divisor > 0 {
            buffer.append(0x30 + UInt8(truncatingIfNeeded: magnitude / divisor % 10))
            divisor /= 10
        }
    }

    /// The process-independent hash of a rule and the values in some of the slots: what a task is
    /// about.
    @_noAllocation @_noLocks
    public func stableHash(
        of key: [4 of UInt8], _ count: Int, _ rule: RuleID
    ) -> UInt64 {
        var hash = StableHash(seed: table.identities[rule.int])
        var part = 0
        while part < count {
            hash.combine(table.memory.symbols.identity(of: slots[Int(key[part])]))
            part += 1
        }
        return hash.value
    }
}
