internal import Domain

// The fields whose value is one of a few words.

extension AlertDecoder {
    @inline(__always)
    func takeWord(
        _ field: AlertField, _ word: Word, _ alert: inout Alert
    ) throws(Refusal) {
        switch field {
        case .severity: alert.severity = try severity(word)
        case .state: alert.state = try state(word)
        case .status: alert.status = try status(word)
        case .urgency:
            alert.urgency = try urgency(word)
            alert.mark(.urgency)
        default:
            alert.timeQuality = try timeQuality(word)
            alert.mark(.timeQuality)
        }
    }

    @inline(__always)
    private func severity(_ word: Word) throws(Refusal) -> Severity {
        if word == Word("moderate") { return .moderate }
        if word == Word("minor") { return .minor }
        if word == Word("severe") { return .severe }
        if word == Word("extreme") { return .extreme }
        if word == Word("unknown") { return .unknown }
        throw refusal(.badValue, .severity)
    }

    @inline(__always)
    private func state(_ word: Word) throws(Refusal) -> AlertState {
        if word == Word("raise") { return .raise }
        if word == Word("update") { return .update }
        if word == Word("clear") { return .clear }
        if word == Word("pulse") { return .pulse }
        throw refusal(.badValue, .state)
    }

    @inline(__always)
    private func status(_ word: Word) throws(Refusal) -> AlertStatus {
        if word == Word("actual") { return .actual }
        if word == Word("exercise") { return .exercise }
        if word == Word("test") { return .test }
        throw refusal(.badValue, .status)
    }

    @inline(__always)
    private func urgency(_ word: Word) throws(Refusal) -> Urgency {
        if word == Word("immediate") { return .immediate }
        if word == Word("expected") { return .expected }
        if word == Word("future") { return .future }
        if word == Word("past") { return .past }
        if word == Word("unknown") { return .unknown }
        throw refusal(.badValue, .urgency)
    }

    @inline(__always)
    private func timeQuality(_ word: Word) throws(Refusal) -> TimeQuality {
        if word == Word("device") { return .device }
        if word == Word("gateway") { return .gateway }
        if word == Word("received") { return .received }
        if word == Word("date_only") { return .dateOnly }
        throw refusal(.badValue, .timeQuality)
    }
}
