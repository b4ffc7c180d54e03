import Domain
import ZeroMQ

/// A subscription to a server's feed.
struct FeedReader: ~Copyable {
    /// One message: topic, body, and the number that stands in the third frame.
    struct Item: Sendable {
        let topic: String
        let body: [UInt8]
        let number: UInt64?
    }

    private var socket: Socket
    private var poller = Poller()
    private var message = Message()

    /// - Parameter prefixes: beginnings of the topics that are wanted.
    init(_ address: String, prefixes: [String], in context: Context) throws {
        var options = SocketOptions()
        options.lingerMilliseconds = 0
        // A terminal is slower than the feed at times; what does not fit here shows as a gap.
        options.receiveHighWaterMark = 100_000
        var socket = try Socket(.sub, in: context, options: options)
        for prefix in prefixes { try socket.subscribe(to: prefix) }
        try socket.connect(address)
        _ = poller.watch(socket)
        self.socket = socket
    }

    /// The next message, or nil when none came until `deadline`.
    mutating func next(until deadline: ContinuousClock.Instant) throws -> Item? {
        while true {
            if try socket.receive(into: &message, waiting: .refused) { return try item() }
            let left = (deadline - .now).seconds
            if left <= 0 { return nil }
            _ = try poller.wait(atMostMilliseconds: Int(min(left, 3600) * 1000) + 1)
        }
    }

    private mutating func item() throws -> Item {
        var frames = [bytes()]
        while message.more {
            _ = try socket.receive(into: &message)
            frames.append(bytes())
        }
        let number = frames.count > 2 && frames[2].count == 8 ? frames[2] : nil
        return Item(
            topic: String(decoding: frames[0], as: UTF8.self),
            body: frames.count > 1 ? frames[1] : [],
            number: number.map { $0.reversed().reduce(0) { $0 << 8 | UInt64($1) } })
    }

    private func bytes() -> [UInt8] {
        message.withBytes { bytes in bytes.indices.map { bytes[$0] } }
    }
}
