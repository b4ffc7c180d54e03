import CEL
import Domain
import Scoring

extension TaskBoard {
    /// Renders the title of a new task from the slots of the hit that opened it, at most 192 bytes,
    /// cut between characters.
    @_noAllocation @_noLocks
    mutating func renderTitle(_ task: Int, _ plan: TaskPlan, _ rules: borrowing RuleMatcher) {
        scratch.clear()
        var piece = plan.firstPiece
        while piece < plan.firstPiece + plan.pieceCount {
            let part = table.pieces[piece]
            if part.text >= 0 {
                scratch.append(table.texts, Int(part.text))
            } else {
                rules.write(part.expression, decimals: Int(part.decimals), to: &scratch)
            }
            piece += 1
        }
        let length = TaskBoard.cut(scratch, at: 192)
        var offset = 0
        while offset < length {
            states[task].title[offset] = scratch[offset]
            offset += 1
        }
        states[task].titleLength = length
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
    }
}
