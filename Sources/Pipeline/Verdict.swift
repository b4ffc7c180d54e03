import Domain

/// What became of one alert of a letter whose sender is answered.
struct Verdict: BitwiseCopyable {
    /// nil: accepted.
    var refusal: Refusal?
    /// As it was sent; empty when it could not be read.
    var id: [64 of UInt8]
    var idLength: Int
    /// Where the alert stands in the letter.
    var start: Int
    var end: Int
    var hasDroppedFields: Bool
}

/// The verdicts on a letter's alerts, in their order.
struct VerdictList: ~Copyable, Sendable {
    private var verdicts = Table<Verdict>(capacity: Limits.batchAlertsMax)
    private(set) var count = 0
    var isBatch = false
    /// Why the letter as a whole was refused.
    var whole: Refusal?

    @_noAllocation @_noLocks
    mutating func clear() {
        count = 0
        isBatch = false
        whole = nil
    }

    @_noAllocation @_noLocks
    mutating func note(
        _ refusal: Refusal?, of alert: borrowing Alert, _ start: Int, _ end: Int
    ) {
        precondition(count < 256)
        verdicts[count].refusal = refusal
        verdicts[count].start = start
        verdicts[count].end = end
        verdicts[count].hasDroppedFields = alert.droppedFields > 0
        let length = alert.id.count < 64 ? alert.id.count : 64
        verdicts[count].idLength = length
        var offset = 0
        while offset < length {
            verdicts[count].id[offset] = alert.texts[alert.id.first + offset]
            offset += 1
        }
        count += 1
    }

    subscript(index: Int) -> Verdict {
        precondition(index < count)
        return verdicts[index]
    }
}
