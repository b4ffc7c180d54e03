import Foundation
import Testing
import ZeroMQ

/// A desk on the wire: says what it is told, right or wrong.
struct DeskClient: ~Copyable {
    private var socket: Socket
    private var message = Message()

    /// What the server said, as far as tests look at it.
    struct Heard: Decodable {
        struct Event: Decodable {
            let id: String
            let data: Content
        }
        struct Content: Decodable {
            let incident, operation, kind, cell: String
            let revision, priority: Int
        }
        let type: String
        let version, waiting, attempt: Int?
        let id, status, code, field, detail, epoch: String?
        let retry: Bool?
        let task: Event?

        /// `fire P1 open#1`
        var text: String {
            guard let data = task?.data else { return "\(type) \(code ?? "")" }
            return "\(data.kind) P\(data.priority) \(data.operation)#\(data.revision)"
        }
    }

    init(
        _ server: TestServer, in context: Context, _ kind: SocketKind = .dealer, queue: Int32 = 1000
    ) throws {
        var options = SocketOptions()
        options.lingerMilliseconds = 500
        options.receiveTimeoutMilliseconds = 10_000
        options.receiveHighWaterMark = queue
        var socket = try Socket(kind, in: context, options: options)
        try socket.connect(server.dispatch)
        self.socket = socket
    }

    mutating func say(_ text: String) throws {
        let bytes = Array(text.utf8)
        try #require(try socket.send(bytes.span), "the server does not take it")
    }

    mutating func say(frames: [String]) throws {
        for (index, frame) in frames.enumerated() {
            let bytes = Array(frame.utf8)
            _ = try socket.send(bytes.span, index == frames.count - 1 ? .last : .more)
        }
    }

    /// The next message that is no heartbeat; fails after ten seconds without one.
    mutating func next() throws -> Heard {
        let deadline = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < deadline {
            let heard = try #require(try received(), "the server is silent")
            if heard.type != "heartbeat" { return heard }
        }
        throw Silence()
    }

    struct Silence: Error {}

    private mutating func received() throws -> Heard? {
        guard try socket.receive(into: &message) else { return nil }
        let bytes = message.withBytes { bytes in bytes.indices.map { bytes[$0] } }
        return try JSONDecoder().decode(Heard.self, from: Data(bytes))
    }

    /// Subscribes, expects the answer, and gives how many tasks wait.
    mutating func subscribe(_ desk: String, _ more: String = "") throws -> Int {
        try say(#"{"type":"subscribe","desk":"\#(desk)"\#(more)}"#)
        let heard = try next()
        try #require(heard.type == "subscribed", "\(heard)")
        #expect(heard.version == 1)
        return try #require(heard.waiting)
    }

    mutating func acknowledge(_ heard: Heard) throws {
        let data = try #require(heard.task).data
        try say(
            #"{"type":"acknowledge","id":"\#(data.incident)","revision":\#(data.revision)}"#)
    }

    /// The next tasks, acknowledged, in words.
    mutating func take(_ count: Int) throws -> [String] {
        var texts: [String] = []
        while texts.count < count {
            let heard = try next()
            try acknowledge(heard)
            texts.append(heard.text)
        }
        return texts
    }
}
