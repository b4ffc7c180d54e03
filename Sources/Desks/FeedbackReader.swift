public import Domain
import Wire

/// A feedback as it was read.
public struct FeedbackReading: Sendable, Equatable {
    public var feedback: Feedback
    /// What did not count: unknown members, and texts that say who somebody is.
    public var dropped: [String]
}

/// Why a feedback could not be read, with its id where that much could be.
public struct FeedbackFault: Error, Sendable, Equatable {
    public var id: String?
    public var refusal: DeskRefusal
}

/// Reads `tocsin.feedback.v1`, a CloudEvents 1.0 event.
public enum FeedbackReader {
    /// - Parameters:
    ///   - desk: the desk that passes it on; nil where it has not subscribed: then the event's
    ///     source stands for it.
    ///   - now: what its time is compared with.
    public static func read(
        _ node: JSONNode, from desk: String?, at now: Timestamp
    ) throws(FeedbackFault) -> FeedbackReading {
        do throws(DeskRefusal) {
            return try reading(node, from: desk, at: now)
        } catch {
            throw FeedbackFault(id: id(of: node), refusal: error)
        }
    }

    /// The id, to answer under it: only one that may be repeated.
    private static func id(of node: JSONNode) -> String? {
        guard case .text(let id)? = node["id"], isName(id), !PersonalText.says(id) else {
            return nil
        }
        return id
    }

    private static func reading(
        _ node: JSONNode, from desk: String?, at now: Timestamp
    ) throws(DeskRefusal) -> FeedbackReading {
        var event = try FieldReader(node, at: "/feedback")
        try checkKind(&event)
        let id = try name("id", &event)
        let source = try source(&event)
        let time = try time(&event, at: now)
        var data = try event.object("data")
        var feedback = Feedback(
            id: id, task: try task(&data),
            revision: UInt32(try data.requiredInteger("revision", in: 1...Int64(UInt32.max))),
            time: time, stage: try stage(&data), by: try name("by", &data))
        feedback.desk = desk ?? source
        var dropped: [String] = []
        try readDetails(into: &feedback, &data, &dropped)
        dropped += event.dropped + data.dropped
        return FeedbackReading(feedback: feedback, dropped: dropped)
    }

    private static func checkKind(_ event: inout FieldReader) throws(DeskRefusal) {
        let version = try event.requiredText("specversion")
        guard version == "1.0" else {
            throw event.refusal(.badVersion, "specversion", "\"1.0\" is wanted")
        }
        let type = try event.requiredText("type")
        guard type == "tocsin.feedback.v1" else {
            let isVersion = type.hasPrefix("tocsin.feedback.v")
            throw event.refusal(
                isVersion ? .badVersion : .badSchema, "type", "\"tocsin.feedback.v1\" is wanted")
        }
        guard let content = try event.text("datacontenttype") else { return }
        guard content == "application/json" || content.hasPrefix("application/json;") else {
            throw event.refusal(.badEncoding, "datacontenttype", "application/json is wanted")
        }
    }

    // MARK: Names

    /// 1 to 64 printable ASCII characters.
    private static func isName(_ text: String) -> Bool {
        (1...Limits.idBytesMax).contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    }

    private static func name(
        _ name: String, _ fields: inout FieldReader
    ) throws(DeskRefusal) -> String {
        let text = try fields.requiredText(name)
        guard isName(text) else {
            throw fields.refusal(
                .badValue, name, "1 to \(Limits.idBytesMax) printable ASCII characters are wanted")
        }
        try refusePersonal(text, name, fields)
        return text
    }

    private static func source(_ event: inout FieldReader) throws(DeskRefusal) -> String {
        let source = try event.requiredText("source")
        let isRight = source.split(separator: "/", omittingEmptySubsequences: false)
            .allSatisfy { DeskName.isRight(String($0)) }
        guard isRight, source.utf8.count <= Limits.sourceBytesMax else {
            throw event.refusal(
                .badValue, "source", "a-z, 0-9, . _ - in segments between slashes are wanted")
        }
        try refusePersonal(source, "source", event)
        return source
    }

    // MARK: What it says

    private static func time(
        _ event: inout FieldReader, at now: Timestamp
    ) throws(DeskRefusal) -> Timestamp {
        let text = Array(try event.requiredText("time").utf8)
        guard let time = TimeText.parse(text.span, 0, text.count) else {
            throw event.refusal(
                .badTime, "time", "RFC 3339 with a zone is wanted: 2026-05-25T13:42:11Z")
        }
        guard time - now <= Limits.futureSkewMax else {
            throw event.refusal(.timeSkew, "time", "it is in the future: check the clock")
        }
        return time
    }

    private static func task(_ data: inout FieldReader) throws(DeskRefusal) -> TaskID {
        guard let task = TaskID(hexadecimal: try data.requiredText("task")) else {
            throw data.refusal(
                .badValue, "task", "the task's incident is wanted: 32 hexadecimal digits")
        }
        return task
    }

    private static func stage(_ data: inout FieldReader) throws(DeskRefusal) -> TaskStage {
        let stage = try data.word("status", among: TaskStage.allCases) { "\($0.word)" }
        guard let stage else { throw data.refusal(.missingField, "status", "status is required") }
        return stage
    }

    private static func readDetails(
        into feedback: inout Feedback, _ data: inout FieldReader, _ dropped: inout [String]
    ) throws(DeskRefusal) {
        feedback.reason = try remark("reason", &data, &dropped)
        feedback.outcome = try data.word("outcome", among: FeedbackOutcome.allCases) {
            "\($0.word)"
        }
        feedback.satisfaction = try data.integer("satisfaction", in: 1...5).map { UInt8($0) }
        let seconds = try data.integer("eta_s", in: 0...Int64(DeskLimits.etaSecondsMax))
        feedback.eta = seconds.map { .seconds($0) }
        feedback.note = try remark("note", &data, &dropped)
        if data.node("actual") != nil {
            var actual = try data.object("actual")
            feedback.actual = try finding(&actual)
            dropped += actual.dropped
        }
    }

    /// A text of people for people; one that says who somebody is does not count.
    private static func remark(
        _ name: String, _ data: inout FieldReader, _ dropped: inout [String]
    ) throws(DeskRefusal) -> String? {
        guard let text = try data.text(name) else { return nil }
        let isRight = text.utf8.allSatisfy { $0 >= 0x20 || [0x09, 0x0A, 0x0D].contains($0) }
        guard isRight, text.utf8.count <= Limits.textBytesMax else {
            throw data.refusal(
                .badValue, name, "at most \(Limits.textBytesMax) bytes of text are wanted")
        }
        guard PersonalText.says(text) else { return text }
        dropped.append("/feedback/data/\(name)")
        return nil
    }

    private static func finding(_ fields: inout FieldReader) throws(DeskRefusal) -> ActualFinding {
        var finding = ActualFinding()
        finding.category = try fields.word("category", among: Category.allCases) { "\($0.word)" }
        finding.severity = try fields.word("severity", among: Severity.allCases) { "\($0.word)" }
        let count = try fields.integer("count", in: 0...Int64(UInt32.max))
        finding.count = count.map { UInt32($0) }
        if let kind = try fields.text("kind") {
            guard DeskName.isRight(kind), kind.utf8.count <= Limits.kindBytesMax else {
                throw fields.refusal(
                    .badValue, "kind",
                    "a task kind is wanted: at most \(Limits.kindBytesMax) of a-z, 0-9, . _ -")
            }
            try refusePersonal(kind, "kind", fields)
            finding.kind = kind
        }
        return finding
    }
}
