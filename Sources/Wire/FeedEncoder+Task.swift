public import Domain

// A task is at most 16 KiB. Rather than measure and try again, every text in it has a share,
// counted in bytes of JSON, that holds what real rules write, and the shares add up to less than
// the limit:
//
//   title 1,024      note 512      reason 3,072      6 pieces of evidence of 336
//   12 factors of (rule 192 + version 32 + 160)      kind, department, level 256 each
//   fallback twice 128      CAP category 64, responses 128      three cell paths of 512
//   unit 128      everything else below 2,000      below 16 KiB in all
//
// What is longer is cut at a character and ends in `…`.

extension FeedEncoder {
    static var titleMax: Int { 1024 }
    static var noteMax: Int { 512 }
    static var fallbackMax: Int { 128 }
    static var capMax: Int { 64 }
    static var responsesMax: Int { 128 }
    static var reasonMax: Int { 3072 }
    static var unitMax: Int { 128 }
    static var evidenceMax: Int { 336 }
    static var ruleMax: Int { 192 }
    static var versionMax: Int { 32 }
    static var nameMax: Int { 256 }
    static var pathMax: Int { 512 }

    /// Appends one revision of a task with its full state.
    @_noAllocation @_noLocks
    public func encodeTask(
        _ order: borrowing TaskOrder, sequence: UInt64, into body: inout ByteBuffer
    ) {
        body.append("{\"id\":\"")
        body.append(incident: order.incident)
        body.append(ASCII.dash)
        body.append(decimal: UInt64(order.revision))
        body.append(ASCII.quote)
        appendAttributes(type: "tocsin.task.v1", time: order.time, sequence: sequence, to: &body)
        appendWhat(order, to: &body)
        appendUrgency(order, to: &body)
        body.append(",\"title\":\"", order.texts, order.title, most: FeedEncoder.titleMax)
        body.append(ASCII.quote)
        appendText(",\"note\":\"", order.texts, order.note, FeedEncoder.noteMax, to: &body)
        body.append(",\"reason\":\"", order.texts, order.reason, most: FeedEncoder.reasonMax)
        body.append(ASCII.quote)
        appendFactors(order, to: &body)
        appendEvidence(order, to: &body)
        appendAssignment(order, to: &body)
        appendHandling(order, to: &body)
        body.append(",\"status\":\"")
        body.append(order.status.word)
        body.append("\",\"repeats\":")
        body.append(decimal: UInt64(order.repeats))
        if order.isReminder { body.append(",\"reminder\":true") }
        body.append("}}")
    }

    /// A member for a text; nothing where the text is empty.
    @_noAllocation @_noLocks
    func appendText(
        _ before: StaticString, _ texts: borrowing ByteBuffer, _ text: OrderText, _ most: Int,
        to body: inout ByteBuffer
    ) {
        if text.isEmpty { return }
        body.append(before, texts, text, most: most)
        body.append(ASCII.quote)
    }

    /// Appends `task/v1/json/<cell path>/<priority>/`, the priority as `P1` to `P5`.
    @_noAllocation @_noLocks
    public func encodeTaskTopic(
        _ order: borrowing TaskOrder, into topic: inout ByteBuffer
    ) {
        topic.append("task/v1/json/")
        topic.append(order.texts, Int(order.cellPath.start), Int(order.cellPath.end))
        topic.closePath()
        topic.append(order.priority.word)
        topic.append(ASCII.slash)
    }

    /// Which task, where, in which revision.
    @_noAllocation @_noLocks
    private func appendWhat(_ order: borrowing TaskOrder, to body: inout ByteBuffer) {
        body.append("\"incident\":\"")
        body.append(incident: order.incident)
        body.append("\",\"revision\":")
        body.append(decimal: UInt64(order.revision))
        body.append(",\"operation\":\"")
        body.append(order.operation.word)
        body.append("\",\"category\":\"")
        body.append(order.category.word)
        body.append("\",\"kind\":\"", order.texts, order.kind, most: FeedEncoder.nameMax)
        body.append("\",\"cell\":\"", order.texts, order.cellPath, most: FeedEncoder.pathMax)
        body.append(ASCII.quote)
        if let position = order.position {
            body.append(",\"position\":{\"lat\":")
            body.append(degrees: position.latitude)
            body.append(",\"lon\":")
            body.append(degrees: position.longitude)
            body.append(ASCII.closeBrace)
        }
    }

    @_noAllocation @_noLocks
    private func appendUrgency(_ order: borrowing TaskOrder, to body: inout ByteBuffer) {
        body.append(",\"priority\":")
        body.append(decimal: UInt64(order.priority.rawValue))
        if order.row > 0 {
            body.append(",\"priority_row\":")
            body.append(decimal: UInt64(order.row))
        }
        body.append(",\"score\":")
        body.append(thousandths: Int64(order.score.value))
        body.append(",\"warning\":\"")
        body.append(order.warning.word)
        body.append("\",\"severity\":\"")
        body.append(order.severity.word)
        body.append("\",\"urgency\":\"")
        body.append(order.urgency.word)
        body.append("\",\"certainty\":\"")
        body.append(order.certainty.word)
        body.append(ASCII.quote)
        appendCAP(order, to: &body)
    }

    /// What CAP 1.2 has besides: `info.category` and `info.responseType`.
    @_noAllocation @_noLocks
    private func appendCAP(_ order: borrowing TaskOrder, to body: inout ByteBuffer) {
        if order.cap.isEmpty && order.responses.isEmpty { return }
        body.append(",\"cap\":{\"responses\":[")
        appendResponses(order, to: &body)
        body.append(ASCII.closeBracket)
        appendText(",\"category\":\"", order.texts, order.cap, FeedEncoder.capMax, to: &body)
        body.append(ASCII.closeBrace)
    }

    /// The responses, which stand in the text with commas between them; those beyond their share
    /// are left out.
    @_noAllocation @_noLocks
    private func appendResponses(_ order: borrowing TaskOrder, to body: inout ByteBuffer) {
        let limit = body.count &+ FeedEncoder.responsesMax
        var start = Int(order.responses.start)
        let end = Int(order.responses.end)
        var isFirst = true
        while start < end {
            var stop = start
            while stop < end && order.texts[stop] != ASCII.comma { stop &+= 1 }
            if body.count &+ 6 &* (stop &- start) &+ 3 > limit { return }
            if !isFirst { body.append(ASCII.comma) }
            isFirst = false
            body.append(ASCII.quote)
            body.append(jsonContentOf: order.texts, start, stop, most: 128)
            body.append(ASCII.quote)
            start = stop &+ 1
        }
    }

    @_noAllocation @_noLocks
    private func appendFactors(_ order: borrowing TaskOrder, to body: inout ByteBuffer) {
        body.append(",\"factors\":[")
        var place = 0
        while place < order.factorCount {
            let factor = order.factors[place]
            body.append(place == 0 ? "{" : ",{")
            body.append("\"rule\":\"", order.texts, factor.rule, most: FeedEncoder.ruleMax)
            body.append(
                "\",\"version\":\"", order.texts, factor.version, most: FeedEncoder.versionMax)
            body.append("\",\"points\":")
            body.append(thousandths: Int64(factor.points.value))
            body.append(",\"alerts\":")
            body.append(decimal: UInt64(factor.alerts))
            body.append(",\"first\":\"")
            body.append(time: factor.first)
            body.append("\",\"last\":\"")
            body.append(time: factor.last)
            body.append(factor.isSpread ? "\",\"spread\":true}" : "\"}")
            place &+= 1
        }
        body.append(ASCII.closeBracket)
    }

    @_noAllocation @_noLocks
    private func appendEvidence(_ order: borrowing TaskOrder, to body: inout ByteBuffer) {
        body.append(",\"evidence\":{\"alerts\":[")
        var place = 0
        while place < order.evidenceCount {
            let text = order.evidence[place]
            body.append(
                place == 0 ? "\"" : ",\"", order.texts, text, most: FeedEncoder.evidenceMax)
            body.append(ASCII.quote)
            place &+= 1
        }
        body.append("],\"count\":")
        body.append(decimal: UInt64(order.alertCount))
        body.append(ASCII.closeBrace)
    }

    /// Who is to do it, and by when; a deadline that is not set is left out.
    @_noAllocation @_noLocks
    private func appendAssignment(_ order: borrowing TaskOrder, to body: inout ByteBuffer) {
        body.append(
            ",\"assign\":{\"department\":\"", order.texts, order.department,
            most: FeedEncoder.nameMax)
        body.append("\",\"level\":\"", order.texts, order.level, most: FeedEncoder.nameMax)
        body.append("\",\"cell\":\"", order.texts, order.assignedCell, most: FeedEncoder.pathMax)
        body.append(ASCII.quote)
        appendText(
            ",\"fallback\":\"", order.texts, order.fallback, FeedEncoder.fallbackMax, to: &body)
        if order.handling.callsFallback {
            appendText(
                ",\"also\":\"", order.texts, order.fallback, FeedEncoder.fallbackMax, to: &body)
        }
        body.append(ASCII.closeBrace)
        body.append(",\"accept_by\":\"", deadline: order.acceptBy)
        body.append(",\"arrive_by\":\"", deadline: order.arriveBy)
        body.append(",\"resolve_by\":\"", deadline: order.resolveBy)
    }
}
