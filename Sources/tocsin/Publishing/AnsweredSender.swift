import Foundation
import ZeroMQ

/// What the server answered to the alerts of one run.
struct AnswerTally: Sendable {
    var accepted = 0
    /// Accepted before this run, or by a message whose answer got lost.
    var duplicate = 0
    var refused = 0
    /// Messages sent again because no answer came.
    var resent = 0

    var text: String {
        "\(grouped(accepted)) accepted, \(grouped(duplicate)) duplicate, \(grouped(refused)) refused"
            + (resent > 0 ? ", \(grouped(resent)) sent again" : "")
    }

    var json: String {
        """
        "accepted":\(accepted),"duplicate":\(duplicate),"refused":\(refused),"resent":\(resent)
        """
    }
}

/// Sends alerts and hears of each what became of it.
///
/// As many are under way as the server gives credit for. What is not answered for a while is sent
/// again, over another connection: the server may have been started anew.
struct AnsweredSender: ~Copyable {
    private struct Request {
        /// What its answer is known by; nil when the server could not read one either.
        let id: String?
        let topic: [UInt8]
        let body: [UInt8]
    }

    private struct Named: Decodable {
        var id: String?
    }

    private struct Reply: Decodable {
        var status: String
        var code: String?
        var id: String?
        var field: String?
        var detail: String?
        var retryAfterMilliseconds: Int?
        var credit: Int

        enum CodingKeys: String, CodingKey {
            case status, code, id, field, detail, credit
            case retryAfterMilliseconds = "retry_after_ms"
        }
    }

    private let context: Context
    private let address: String
    private let patience: LengthOfTime
    private var socket: Socket
    private var message = Message()
    /// In the order in which they were sent. What is lost with a server that dies leaves a gap in
    /// that of the answers.
    private var unanswered: [Request] = []
    private var credit = 1
    private(set) var tally = AnswerTally()

    private static let retryAfter = Duration.seconds(2)
    private static let complaintsMax = 10

    init(to address: String, in context: Context, patience: LengthOfTime) throws {
        (self.context, self.address, self.patience) = (context, address, patience)
        socket = try Self.connect(to: address, context)
    }

    private static func connect(to address: String, _ context: Context) throws -> Socket {
        var options = SocketOptions()
        options.lingerMilliseconds = 0
        options.sendHighWaterMark = 10_000
        options.receiveHighWaterMark = 10_000
        var socket = try Socket(.dealer, in: context, options: options)
        try socket.connect(address)
        return socket
    }

    /// Sends one message, once there is credit for it.
    ///
    /// **Fails**: no answer for as long as the patience lasts.
    mutating func send(topic: [UInt8], body: [UInt8]) throws {
        while unanswered.count >= credit { try hear() }
        let request = Request(id: Self.id(of: body), topic: topic, body: body)
        unanswered.append(request)
        try put(request)
    }

    private static func id(of body: [UInt8]) -> String? {
        do {
            return try JSONDecoder().decode(Named.self, from: Data(body)).id
        } catch {
            return nil
        }
    }

    mutating func awaitAll() throws {
        while !unanswered.isEmpty { try hear() }
    }

    private mutating func put(_ request: Request) throws {
        _ = try socket.send(request.topic.span, .more)
        _ = try socket.send(request.body.span)
    }

    /// Hears the next answer; sends everything that is unanswered again where none comes.
    private mutating func hear() throws {
        let clock = ContinuousClock()
        let end = clock.now + patience.duration
        var quietSince = clock.now
        while true {
            if try socket.receive(into: &message, waiting: .refused) { return try take() }
            if clock.now >= end {
                throw CommandFailure.unavailable(
                    "\(address) did not answer within \(patience); \(tally.text), "
                        + "\(grouped(unanswered.count)) unanswered")
            }
            if clock.now - quietSince >= Self.retryAfter {
                try sendAgain()
                quietSince = clock.now
            }
            var poller = Poller()
            _ = poller.watch(socket)
            _ = try poller.wait(atMostMilliseconds: 100)
        }
    }

    private mutating func sendAgain() throws {
        socket = try Self.connect(to: address, context)
        for request in unanswered { try put(request) }
        tally.resent += unanswered.count
    }

    private mutating func take() throws {
        let bytes = message.withBytes { span in span.indices.map { span[$0] } }
        let reply = try JSONDecoder().decode(Reply.self, from: Data(bytes))
        credit = max(1, reply.credit)
        // An answer to what was sent twice comes twice.
        guard let place = unanswered.firstIndex(where: { $0.id == reply.id }) else { return }
        let request = unanswered.remove(at: place)
        switch reply.status {
        case "accepted": tally.accepted += 1
        case "duplicate": tally.duplicate += 1
        case "throttled":
            usleep(UInt32(reply.retryAfterMilliseconds ?? 1000) * 1000)
            unanswered.append(request)
            try put(request)
        default:
            tally.refused += 1
            complain(reply)
        }
    }

    private func complain(_ reply: Reply) {
        guard tally.refused <= Self.complaintsMax else { return }
        let place = reply.field.map { " at \($0)" } ?? ""
        StandardError.say(
            "tocsin: alert \(reply.id ?? "without an id"): \(reply.code ?? reply.status)\(place): "
                + (reply.detail ?? ""))
    }
}
