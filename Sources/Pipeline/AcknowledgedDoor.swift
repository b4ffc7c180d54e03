import Domain
public import Lanes
public import ZeroMQ

/// `ingest.acknowledged` (ROUTER): each request is answered once what it brought is durable, in the
/// order in which a sender's requests came.
///
/// Frames: the sender's routing id, which ZeroMQ adds; the empty one of a REQ, which is echoed;
/// then as at the other doors. A sender that asks more than its credit allows is told so. Answers
/// for one that is gone, or does not read, are given up: it asks again, and hears `duplicate`.
public struct AcknowledgedDoor: ~Copyable, Sendable {
    var socket: Socket
    private let durability: Durability
    private let hello: String
    private var part = Message()
    /// Whose request was received last.
    private var sender = Sender()
    /// The oldest first, from `next` on.
    private var answers: [PendingAnswer] = []
    private var next = 0
    /// By routing id: how many answers are owed.
    private var owed: [[UInt8]: Int] = [:]
    /// Answers that nobody was there to take.
    public private(set) var givenUp: UInt64 = 0

    /// Answers that may be owed in all: beyond that nothing more is taken in here.
    private static let answersMax = 65_536

    /// - Parameter instance: names this process: `tocsin/<instance>`.
    public init(_ socket: consuming Socket, _ durability: Durability, instance: String) {
        self.socket = socket
        self.durability = durability
        hello = """
            {"status":"accepted","code":"ok","server":"tocsin/\(instance)","versions":["v1"],\
            "encodings":["json"],"limits":{"alert_bytes":\(Limits.alertBytesMax),\
            "batch_bytes":\(Limits.batchBytesMax),"batch_alerts":\(Limits.batchAlertsMax)},
            """
    }

    /// Whether somebody waits for an answer.
    var owesAnswers: Bool { next < answers.count }

    /// Receives the next alert or batch into `letter`; false when there is none. Greetings and what
    /// exceeds a sender's credit are answered here.
    mutating func receive(into letter: inout Letter) throws(ZeroMQError) -> Bool {
        while answers.count - next < AcknowledgedDoor.answersMax {
            guard try receiveRequest(into: &letter) else { return false }
            if letter.isHello {
                answer(greeting(at: letter.head.received), after: 0)
            } else if owed[sender.routingID, default: 0] >= Answer.credit {
                let refusal = Refusal(.overloaded, .message, at: 0)
                answer("{" + Answer.members(refusal) + Answer.tail, after: 0)
            } else {
                return true
            }
        }
        return false
    }

    private func greeting(at time: Timestamp) -> String {
        hello + "\"time\":\"\(Answer.text(of: time))\"" + Answer.tail
    }

    private mutating func receiveRequest(
        into letter: inout Letter
    ) throws(ZeroMQError) -> Bool {
        guard try socket.receive(into: &part, waiting: .refused) else { return false }
        letter.begin(.acknowledged, at: Doors.clock())
        sender = Sender(routingID: part.bytes)
        var frame = 0
        while part.more {
            _ = try socket.receive(into: &part, waiting: .refused)
            if frame == 0, part.count == 0, part.more, !sender.isDelimited {
                sender.isDelimited = true
                continue
            }
            letter.take(part, frame: frame)
            frame += 1
        }
        letter.isMalformed = letter.isMalformed || frame < 2 || frame > 3
        return true
    }

    /// Owes the latest sender an answer, once `records` of the journal are durable.
    mutating func answer(_ text: String, after records: UInt64) {
        answers.append(PendingAnswer(sender: sender, text: text, records: records))
        owed[sender.routingID, default: 0] += 1
        if records > 0 { durability.want(records) }
    }

    /// Sends the answers whose time has come.
    mutating func sendAnswers() throws(ZeroMQError) {
        guard owesAnswers else { return }
        let durable = durability.durable
        while owesAnswers, answers[next].records <= durable {
            try send(answers[next])
            next += 1
        }
        if !owesAnswers || next > 4096 {
            answers.removeFirst(next)
            next = 0
        }
    }

    private mutating func send(_ answer: PendingAnswer) throws(ZeroMQError) {
        let left = owed[answer.sender.routingID, default: 1] - 1
        owed[answer.sender.routingID] = left > 0 ? left : nil
        do throws(ZeroMQError) {
            let isTaken = try socket.send(answer.sender.routingID.span, .more, waiting: .refused)
            guard isTaken else {
                givenUp &+= 1
                return
            }
            if answer.sender.isDelimited { _ = try socket.send([UInt8]().span, .more) }
            _ = try socket.send(Array(answer.text.utf8).span)
        } catch {
            guard error.isUnreachable else { throw error }
            givenUp &+= 1
        }
    }
}

/// Who asked.
private struct Sender: Sendable {
    var routingID: [UInt8] = []
    /// It sent the empty frame of a REQ.
    var isDelimited = false
}

private struct PendingAnswer: Sendable {
    let sender: Sender
    let text: String
    /// How many of the journal's records have to be durable first.
    let records: UInt64
}

extension Message {
    fileprivate var bytes: [UInt8] { withBytes { span in span.indices.map { span[$0] } } }
}

extension Letter {
    /// Whether it asks what the server speaks: `hello/v1/json/`, with any body.
    fileprivate var isHello: Bool {
        !isMalformed && bytes.count >= 6 && head.topicBytes >= 6
            && Array("hello/".utf8).enumerated().allSatisfy { bytes[$0.offset] == $0.element }
    }
}
