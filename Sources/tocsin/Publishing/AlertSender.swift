import Domain
import ZeroMQ

/// By which door alerts go in.
enum PublishDoor: Sendable {
    /// A push: waits where the server does not keep up.
    case push
    /// A publisher that waits, too: for the server's subscription first, for room later.
    case broadcast
    /// A dealer that hears of each alert what became of it, once that is durable.
    case acknowledged
}

/// One connection to a server that loses nothing on the way out.
///
/// It sends only over a connection that stands, and says so when none came about. What is still
/// queued when its context ends is delivered first, for as long as its patience lasts.
struct AlertSender: ~Copyable {
    private var socket: Socket
    private let address: String

    /// - Parameter patience: how long to wait for a server, or for one that does not read on.
    init(
        to address: String, by door: PublishDoor, in context: Context, patience: LengthOfTime
    ) throws {
        var socket = try Socket(
            door == .push ? .push : .xpub, in: context,
            options: Self.options(door, Int32(patience.milliseconds)))
        try socket.connect(address)
        if door == .broadcast { try Self.awaitSubscription(socket: &socket, address) }
        self.socket = socket
        self.address = address
    }

    private static func options(_ door: PublishDoor, _ milliseconds: Int32) -> SocketOptions {
        var options = SocketOptions()
        options.immediate = true
        options.sendHighWaterMark = 10_000
        options.sendTimeoutMilliseconds = milliseconds
        options.receiveTimeoutMilliseconds = milliseconds
        options.lingerMilliseconds = milliseconds
        if door == .broadcast { options.xpubNoDrop = true }
        return options
    }

    /// A broadcast is lost until the server has subscribed to alerts and to heartbeats.
    private static func awaitSubscription(socket: inout Socket, _ address: String) throws {
        var message = Message()
        var missing = Set(["alert/", "heartbeat/"])
        while !missing.isEmpty {
            guard try socket.receive(into: &message) else { throw nobodyListens(address) }
            let prefix = message.withBytes { bytes in
                // The first byte says whether it subscribes (1) or unsubscribes (0).
                String(decoding: (1..<max(1, bytes.count)).map { bytes[$0] }, as: UTF8.self)
            }
            missing = missing.filter { !$0.hasPrefix(prefix) && !prefix.hasPrefix($0) }
        }
    }

    /// Sends one alert, waiting for room.
    ///
    /// **Fails**: nobody listens, or nobody reads on, for as long as the patience lasts.
    mutating func send(topic: [UInt8], body: [UInt8]) throws {
        guard try socket.send(topic.span, .more), try socket.send(body.span) else {
            throw Self.nobodyListens(address)
        }
    }

    private static func nobodyListens(_ address: String) -> CommandFailure {
        .unavailable(
            "nobody takes alerts at \(address); is `tocsin run` up, and does it listen there?")
    }
}
