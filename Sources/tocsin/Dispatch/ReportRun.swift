import Desks
import Domain
import Foundation

/// Sends one feedback and waits for its answer.
struct ReportRun: ~Copyable {
    private var client: DispatchClient
    private let options: ReportOptions

    /// An answer that does not come is asked for again after this, under the same id.
    private static let askAgain = Duration.seconds(2)

    init(_ options: ReportOptions) throws {
        self.options = options
        client = try DispatchClient(options.at, patience: options.patience)
    }

    /// **Fails**: exit code 1 with the reason when the report is refused.
    mutating func run(_ task: String, _ stage: TaskStage) throws {
        let (incident, revision) = try find(task.lowercased())
        let id = "terminal-" + UUID().uuidString.lowercased()
        let answer = try ask(event(id, incident, revision, stage), id: id)
        try show(answer.message, answer.bytes, incident)
    }

    // MARK: The task

    /// The task that is meant and its latest revision.
    private mutating func find(_ text: String) throws -> (incident: String, revision: Int) {
        if let revision = options.revision, TaskID(hexadecimal: text) != nil {
            return (text, revision)
        }
        let open = try client.openTasks(allTasks, as: DispatchClient.passingName)
        try client.leave(forgets: true)
        let fitting = open.filter { $0.incident.hasPrefix(text) }
        if fitting.count == 1 {
            return (fitting[0].incident, options.revision ?? fitting[0].feed.data.revision)
        }
        // A closed task is not among them; one that is named whole may be reported on all the same.
        if TaskID(hexadecimal: text) != nil { return (text, options.revision ?? 1) }
        throw CommandFailure.unavailable(
            fitting.isEmpty
                ? "no open task begins with \(text); `tocsin dispatch list` shows them"
                : "\(fitting.count) tasks begin with \(text); write more of it")
    }

    private var allTasks: Subscription {
        var subscription = Subscription()
        subscription.credit = DeskLimits.creditMax
        subscription.wantsSnapshot = true
        return subscription
    }

    // MARK: The report

    private func event(
        _ id: String, _ incident: String, _ revision: Int, _ stage: TaskStage
    ) -> JSONNode {
        let data: [(String, JSONNode)] = [
            ("task", .text(incident)), ("revision", .integer(Int64(revision))),
            ("status", .text("\(stage.word)")), ("by", .text(options.by)),
            ("reason", text(options.reason)), ("outcome", text(options.outcome)),
            ("note", text(options.note)),
            ("satisfaction", options.satisfaction.map { .integer(Int64($0)) } ?? .null),
            ("eta_s", options.eta.map { .integer(Int64($0.duration.seconds)) } ?? .null),
        ]
        return object([
            ("specversion", .text("1.0")), ("type", .text("tocsin.feedback.v1")), ("id", .text(id)),
            ("source", .text("terminal")), ("time", .text(Timestamp.now.rfc3339)),
            ("data", object(data)),
        ])
    }

    private func text(_ text: String?) -> JSONNode { text.map { .text($0) } ?? .null }

    private func object(_ members: [(String, JSONNode)]) -> JSONNode {
        .object(members.filter { $0.1 != .null }.map { JSONNode.Member($0.0, $0.1) })
    }

    private mutating func ask(
        _ event: JSONNode, id: String
    ) throws -> (message: DispatchMessage, bytes: [UInt8]) {
        let deadline = ContinuousClock.now + options.patience.duration
        var last: (DispatchMessage, [UInt8])?
        while ContinuousClock.now < deadline {
            try client.say("feedback", [("feedback", event)])
            let pause = min(deadline, .now + Self.askAgain)
            while let heard = try client.next(until: pause) {
                try client.failOnError(heard.message)
                guard heard.message.type == "answer", heard.message.id ?? id == id else { continue }
                if heard.message.retry != true { return heard }
                last = heard
            }
        }
        if let last { return last }
        throw client.silence
    }

    private func show(_ answer: DispatchMessage, _ bytes: [UInt8], _ incident: String) throws {
        if options.json { print(String(decoding: bytes, as: UTF8.self)) }
        let stage = answer.stage.map { ", it is \($0) now" } ?? ""
        guard answer.status != "rejected" else {
            let place = answer.field.map { "\($0): " } ?? ""
            let code = answer.code ?? "no reason given"
            throw CommandFailure.findings(
                "refused (\(code)): \(place)\(answer.detail ?? "")\(stage)")
        }
        if options.json { return }
        let dropped = answer.dropped.map { "; not kept: " + $0.joined(separator: ", ") } ?? ""
        print("task \(incident.prefix(8)): \(answer.code ?? "ok")\(stage)\(dropped)")
    }
}
