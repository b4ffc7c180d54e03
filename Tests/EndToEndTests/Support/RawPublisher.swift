import Testing
import ZeroMQ

/// A publisher that sends what it is told, good or not.
struct RawPublisher: ~Copyable {
    private var socket: Socket

    init(to address: String, in context: Context, _ kind: SocketKind = .push) throws {
        var options = SocketOptions()
        options.immediate = true
        options.sendTimeoutMilliseconds = 10_000
        options.lingerMilliseconds = 10_000
        var socket = try Socket(kind, in: context, options: options)
        try socket.connect(address)
        self.socket = socket
    }

    mutating func send(_ frames: [[UInt8]]) throws {
        for (index, frame) in frames.enumerated() {
            let isLast = index == frames.count - 1
            try #require(
                try socket.send(frame.span, isLast ? .last : .more), "the server does not take it")
        }
    }

    mutating func send(topic: String, _ body: [UInt8]) throws {
        try send([Array(topic.utf8), body])
    }

    mutating func send(_ alert: TestAlert) throws {
        try send(topic: alert.topic, Array(alert.json.utf8))
    }
}
