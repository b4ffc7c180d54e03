import Foundation
import Testing
import ZeroMQ

/// A subscriber that listens to what a server says of itself.
struct FeedWatcher: ~Copyable {
    private var socket: Socket
    private var message = Message()
    /// All that came so far, topics and bodies.
    private(set) var heard = ""

    init(
        _ server: TestServer, in context: Context, to prefix: String = Self.heartbeats
    ) throws {
        var options = SocketOptions()
        options.receiveTimeoutMilliseconds = 5000
        options.lingerMilliseconds = 0
        var socket = try Socket(.sub, in: context, options: options)
        try socket.subscribe(to: prefix)
        try socket.connect(server.feed)
        self.socket = socket
    }

    private static let heartbeats = "heartbeat/v1/json/tocsin/"

    /// The next message, as text.
    private mutating func next() throws -> (topic: String, body: String) {
        var frames: [String] = []
        repeat {
            try #require(try socket.receive(into: &message), "the feed is silent")
            frames.append(
                message.withBytes { bytes in
                    String(decoding: (0..<bytes.count).map { bytes[$0] }, as: UTF8.self)
                })
        } while message.more
        heard += frames[0] + frames[1]
        return (frames[0], frames[1])
    }

    /// The counters once as many alerts are accepted; fails when that doesn't come about.
    mutating func counters(afterAccepted count: Int) throws -> [String: Int] {
        try counters { $0.accepted >= count }
    }

    /// The counters of the first heartbeat that is `enough`.
    mutating func counters(_ isEnough: ([String: Int]) -> Bool) throws -> [String: Int] {
        let deadline = ContinuousClock.now + .seconds(15)
        while true {
            let (topic, body) = try next()
            guard topic == Self.heartbeats else { continue }
            let counters = try JSONDecoder().decode(Heartbeat.self, from: Data(body.utf8)).data
                .counters
            if isEnough(counters) { return counters }
            try #require(ContinuousClock.now < deadline, "in vain: \(counters)")
        }
    }

    private struct Heartbeat: Decodable {
        struct Content: Decodable { let counters: [String: Int] }
        let data: Content
    }
}
