public import Domain

// A task is at most 16 KiB. Rather than measure and try again, every text in it has a share,
// counted in bytes of JSON, that holds what real rules write, and the shares add up to less than
// the limit:
//
//   title 1,024      reason 4,096      6 pieces of evidence of 336
//   12 factors of (rule 192 + version 32 + 160)      kind, department, level 256 each
//   two cell paths of 512      everything else below 1,500      about 15 KiB in all
//
// What is longer is cut at a character and ends in `…`.

extension FeedEncoder {
    static var titleMax: Int { 1024 }
    static var reasonMax: Int { 4096 }
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
        body.append("\",\"reason\":\"", order.texts, order.reason, most: FeedEncoder.reasonMax)
        body.append(ASCII.quote)
        appendFactors(order, to: &body)
        appendEvidence(order, to: &body)
        appendAssignment(order, to: &body)
        body.append(",\"status\":\"")
        body.append(order.status.word)
        body.append("\",\"repeats\":")
        body.append(decimal: UInt64(order.repeats))
        body.append("}}")
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
        body.append(",\"score\":")
        body.append(thousandths: Int64(order.score.value))
        body.append(",\"warning\":\"")
        body.append(order.warning.word)
        body.append("\",\"severity\":\"")
        body.append(order.severity.word)
        body.append("\",\"certainty\":\"")
        body.append(order.certainty.word)
        body.append(ASCII.quote)
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
            body.append("\"}")
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
        body.append("\"}")
        body.append(",\"accept_by\":\"", deadline: order.acceptBy)
        body.append(",\"arrive_by\":\"", deadline: order.arriveBy)
        body.append(",\"resolve_by\":\"", deadline: order.resolveBy)
    }
}
