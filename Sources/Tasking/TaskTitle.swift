import CEL
import Domain
import Scoring

extension TaskBoard {
    /// Renders the title of a new task from the slots of the hit that opened it, at most 192 bytes,
    /// cut between characters.
    @_noAllocation @_noLocks
    mutating func renderTitle(_ task: Int, _ plan: TaskPlan, _ rules: borrowing RuleMatcher) {
        render(plan.firstPiece, plan.pieceCount, rules)
        let length = TaskBoard.cut(scratch, at: 192)
        var offset = 0
        while offset < length {
            states[task].title[offset] = scratch[offset]
            offset += 1
        }
        states[task].titleLength = length
    }

    /// Renders the note of a new task in the same way, at most 256 bytes.
    @_noAllocation @_noLocks
    mutating func renderNote(_ task: Int, _ plan: TaskPlan, _ rules: borrowing RuleMatcher) {
        render(plan.firstNote, plan.noteCount, rules)
        let length = TaskBoard.cut(scratch, at: 256)
        var offset = 0
        while offset < length {
            states[task].note[offset] = scratch[offset]
            offset += 1
        }
        states[task].noteLength = length
    }

    /// Writes pieces of a template to the scratch buffer.
    @_noAllocation @_noLocks
    private mutating func render(_ first: Int, _ count: Int, _ rules: borrowing RuleMatcher) {
        scratch.clear()
        var piece = first
        while piece < first + count {
            let part = table.pieces[piece]
            if part.text >= 0 {
                scratch.append(table.texts, Int(part.text))
            } else if part.separator >= 0 {
                rules.write(
                    list: part.expression, table.texts, separator: Int(part.separator),
                    to: &scratch)
            } else {
                rules.write(part.expression, decimals: Int(part.decimals), to: &scratch)
            }
            piece += 1
        }
    }

    /// The greatest length up to `limit` that does not end inside a UTF-8 character.
    @_noAllocation @_noLocks
    static func cut(_ text: borrowing ByteBuffer, at limit: Int) -> Int {
        guard text.count > limit else { return text.count }
        var length = limit
        while length > 0 && text[length] & 0xC0 == 0x80 { length -= 1 }
        return length
    }

    /// Derives the incident's id from the rule and key and from the alert that opened it, so that a
    /// replay makes the same.
    @_noAllocation @_noLocks
    mutating func identify(_ task: Int, sources: borrowing NameTable) {
        var high = StableHash(seed: states[task].hash)
        recent.combine(states[task].evidence[0], sources: sources, into: &high)
        var low = high
        low.combine(states[task].hash)
        states[task].incident = TaskID(high: high.value, low: low.value)
        if incidents.find(low.value) >= 0 { incidents.remove(low.value) }
        incidents.insert(low.value, task)
    }
}
