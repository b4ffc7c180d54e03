public import Domain

/// What the server says to a desk, as JSON.
///
/// **Units**: times are RFC 3339 texts that the caller writes; this module has no calendar.
public enum DeskReply: Sendable, Equatable {
    case subscribed(desk: String, waiting: Int, epoch: String, time: String)
    case task(Delivery)
    case answer(FeedbackReply)
    case heartbeat(epoch: String, time: String)
    case error(DeskRefusal)

    public static let protocolVersion: Int64 = 1

    public var bytes: [UInt8] {
        switch self {
        case .subscribed(let desk, let waiting, let epoch, let time):
            Self.event(
                "subscribed",
                [
                    ("version", .integer(Self.protocolVersion)), ("desk", .text(desk)),
                    ("waiting", .integer(Int64(waiting))), ("epoch", .text(epoch)),
                    ("time", .text(time)), ("heartbeat_s", Self.seconds(DeskTimes.heartbeat)),
                    ("redelivery_s", Self.seconds(DeskTimes.resendFirst)),
                    ("redelivery_max_s", Self.seconds(DeskTimes.resendMax)),
                ])
        case .task(let delivery): Self.task(delivery)
        case .answer(let reply): reply.bytes
        case .heartbeat(let epoch, let time):
            Self.event("heartbeat", [("epoch", .text(epoch)), ("time", .text(time))])
        case .error(let refusal):
            Self.event(
                "error",
                [
                    ("code", .text(refusal.code.rawValue)),
                    ("field", refusal.field.map { .text($0) } ?? .null),
                    ("detail", .text(refusal.detail)),
                ])
        }
    }

    private static func seconds(_ interval: Interval) -> JSONNode {
        .integer(interval.nanoseconds / 1_000_000_000)
    }

    /// The members that are not null.
    static func event(_ type: String, _ members: [(String, JSONNode)]) -> [UInt8] {
        let all = [("type", JSONNode.text(type))] + members.filter { $0.1 != .null }
        return JSONNode.object(all.map { JSONNode.Member($0.0, $0.1) }).bytes
    }

    /// The task stands in it as it went to the feed, byte for byte.
    private static func task(_ delivery: Delivery) -> [UInt8] {
        let head = event(
            "task",
            [
                ("attempt", .integer(Int64(delivery.attempt))),
                ("row", .integer(delivery.notice.row)),
            ])
        return head.dropLast() + Array(#","task":"#.utf8) + delivery.notice.message
            + [UInt8(ascii: "}")]
    }
}

/// The answer to one feedback.
public struct FeedbackReply: Sendable, Equatable {
    /// Nil where it could not be read.
    public var id: String?
    public var status: FeedbackAnswer.Status
    /// `ok`, `duplicate`, or why it was rejected.
    public var code: String
    public var field: String?
    public var detail: String?
    public var stage: TaskStage?
    /// Whether the same feedback may succeed later.
    public var retry: Bool
    public var dropped: [String] = []

    /// What the engine made of `reading`; nil when it did not come to it.
    public init(_ reading: FeedbackReading, _ answer: FeedbackAnswer?) {
        (id, dropped) = (reading.feedback.id, reading.dropped)
        guard let answer else {
            (status, code, retry) = (.rejected, DeskRefusal.Code.overloaded.rawValue, true)
            detail = "the engine did not come to it in time: send it again under the same id"
            return
        }
        (status, stage) = (answer.status, answer.stage)
        retry = answer.refusal == .overloaded
        switch answer.status {
        case .accepted: code = "ok"
        case .duplicate: code = "duplicate"
        case .rejected: code = answer.refusal.map { "\($0.word)" } ?? "internal"
        }
        detail = answer.refusal?.advice
    }

    public init(_ fault: FeedbackFault) {
        (id, status) = (fault.id, .rejected)
        (code, field, detail) = (
            fault.refusal.code.rawValue, fault.refusal.field, fault.refusal.detail
        )
        retry = fault.refusal.code == .overloaded
    }

    var bytes: [UInt8] {
        let status =
            switch status {
            case .accepted: "accepted"
            case .duplicate: "duplicate"
            case .rejected: "rejected"
            }
        return DeskReply.event(
            "answer",
            [
                ("id", text(id)), ("status", .text(status)), ("code", .text(code)),
                ("field", text(field)), ("detail", text(detail)),
                ("stage", text(stage.map { "\($0.word)" })), ("retry", .bool(retry)),
                ("dropped", dropped.isEmpty ? .null : .list(dropped.map { .text($0) })),
            ])
    }

    private func text(_ text: String?) -> JSONNode { text.map { .text($0) } ?? .null }
}

extension FeedbackRefusal {
    /// What the sender is to do.
    fileprivate var advice: String {
        switch self {
        case .unknownTask: "there is no such task here; look at the latest revisions"
        case .notReportable: "the engine gives this status itself; report what a unit did"
        case .outOfTurn: "the task does not get there from where it stands; see stage"
        case .sameUnit: "who resolved a task may not verify it: another unit must"
        case .overloaded: "there is no room just now: send it again under the same id"
        }
    }
}
