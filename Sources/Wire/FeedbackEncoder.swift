public import Domain

/// Writes a feedback as the journal keeps it: a JSON object with the names of the protocol, and
/// with what became known on the way, `received` and `desk`. Not on the hot path.
public struct FeedbackEncoder: ~Copyable {
    private var texts = ByteBuffer(capacity: 4096)

    public init() {}

    public mutating func encode(
        _ feedback: Feedback, received: Timestamp, into body: inout ByteBuffer
    ) {
        body.append("{\"id\":\"")
        append(feedback.id, to: &body)
        body.append("\",\"task\":\"")
        body.append(incident: feedback.task)
        body.append("\",\"revision\":")
        body.append(decimal: UInt64(feedback.revision))
        body.append(",\"time\":\"", deadline: feedback.time)
        body.append(",\"received\":\"", deadline: received)
        body.append(",\"status\":\"")
        body.append(feedback.stage.word)
        body.append("\",\"by\":\"")
        append(feedback.by, to: &body)
        body.append(ASCII.quote)
        append(",\"desk\":\"", feedback.desk.isEmpty ? nil : feedback.desk, to: &body)
        append(",\"reason\":\"", feedback.reason, to: &body)
        append(",\"outcome\":\"", feedback.outcome.map { "\($0.word)" }, to: &body)
        if let actual = feedback.actual { append(actual, to: &body) }
        append(",\"satisfaction\":", feedback.satisfaction.map { Int64($0) }, to: &body)
        append(",\"eta_s\":", feedback.eta.map { $0.nanoseconds / 1_000_000_000 }, to: &body)
        append(",\"note\":\"", feedback.note, to: &body)
        body.append(ASCII.closeBrace)
    }

    private mutating func append(_ actual: ActualFinding, to body: inout ByteBuffer) {
        body.append(",\"actual\":{")
        let start = body.count
        append("\"category\":\"", actual.category.map { "\($0.word)" }, after: start, to: &body)
        append("\"severity\":\"", actual.severity.map { "\($0.word)" }, after: start, to: &body)
        append("\"kind\":\"", actual.kind, after: start, to: &body)
        if let count = actual.count {
            if body.count > start { body.append(ASCII.comma) }
            append("\"count\":", Int64(count), to: &body)
        }
        body.append(ASCII.closeBrace)
    }

    private mutating func append(
        _ before: StaticString, _ text: String?, after start: Int, to body: inout ByteBuffer
    ) {
        guard let text else { return }
        if body.count > start { body.append(ASCII.comma) }
        append(before, text, to: &body)
    }

    /// A member whose value is text; nothing for nil.
    private mutating func append(
        _ before: StaticString, _ text: String?, to body: inout ByteBuffer
    ) {
        guard let text else { return }
        body.append(before)
        append(text, to: &body)
        body.append(ASCII.quote)
    }

    private func append(_ before: StaticString, _ number: Int64?, to body: inout ByteBuffer) {
        guard let number else { return }
        body.append(before)
        body.append(decimal: number)
    }

    private mutating func append(_ text: String, to body: inout ByteBuffer) {
        texts.clear()
        texts.append(string: text)
        body.append(jsonContentOf: texts, 0, texts.count, most: 6 * texts.count)
    }
}
