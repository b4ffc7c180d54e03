import Domain

// Who is on a task, since when, and what went wrong: members that are left out until there is
// something to say.

extension FeedEncoder {
    @_noAllocation @_noLocks
    func appendHandling(_ order: borrowing TaskOrder, to body: inout ByteBuffer) {
        let handling = order.handling
        body.append(",\"stage\":\"")
        body.append(handling.stage.word)
        body.append(ASCII.quote)
        body.append(",\"stage_at\":\"", deadline: handling.stageAt)
        appendText(",\"by\":\"", order.texts, handling.by, FeedEncoder.unitMax, to: &body)
        if let outcome = handling.outcome {
            body.append(",\"outcome\":\"")
            body.append(outcome.word)
            body.append(ASCII.quote)
        }
        append(handling.times, to: &body)
        if handling.condition != .unknown {
            body.append(",\"condition\":\"")
            body.append(handling.condition.word)
            body.append(ASCII.quote)
        }
        appendEscalation(order, to: &body)
        if handling.isExposed { body.append(",\"exposed\":true") }
    }

    /// The first time of each stage that was reached; nothing when none was.
    @_noAllocation @_noLocks
    private func append(_ times: StageTimes, to body: inout ByteBuffer) {
        let before = body.count
        body.append(",\"times\":{")
        let start = body.count
        append("\"accepted\":\"", times.accepted, after: start, to: &body)
        append("\"on_scene\":\"", times.onScene, after: start, to: &body)
        append("\"resolved\":\"", times.resolved, after: start, to: &body)
        append("\"verified\":\"", times.verified, after: start, to: &body)
        if body.overflowed { return }
        if body.count == start { return body.truncate(to: before) }
        body.append(ASCII.closeBrace)
    }

    @_noAllocation @_noLocks
    private func append(
        _ before: StaticString, _ time: Timestamp, after start: Int, to body: inout ByteBuffer
    ) {
        if time.nanoseconds == .min { return }
        if body.count > start { body.append(ASCII.comma) }
        body.append(before, deadline: time)
    }

    @_noAllocation @_noLocks
    private func appendEscalation(_ order: borrowing TaskOrder, to body: inout ByteBuffer) {
        let handling = order.handling
        if handling.escalations == 0 { return }
        body.append(",\"escalation\":{\"count\":")
        body.append(decimal: UInt64(handling.escalations))
        body.append(",\"reason\":\"")
        body.append(handling.escalationReason.word)
        body.append(
            "\",\"from\":\"", order.texts, handling.escalatedFrom, most: FeedEncoder.pathMax)
        body.append("\"}")
    }
}
