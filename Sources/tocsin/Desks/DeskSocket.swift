import ZeroMQ

/// The dispatch door: a ROUTER whose peers are DEALER, or REQ with its empty frame.
struct DeskSocket: ~Copyable {
    private var socket: Socket
    private var message = Message()
    private var poller = Poller()

    /// One message of a desk; the body is nil when it is not one frame.
    struct Letter {
        let route: DeskRoute
        let body: [UInt8]?
    }

    /// What became of a message to a desk.
    enum Sent {
        case sent
        /// Its queue is full: it does not read.
        case full
        /// There is no such connection any more.
        case gone
    }

    init(_ socket: consuming Socket) {
        _ = poller.watch(socket)
        self.socket = socket
    }

    /// Waits until a message is there, at most so long.
    mutating func wait(atMostMilliseconds limit: Int) throws(ZeroMQError) {
        _ = try poller.wait(atMostMilliseconds: limit)
    }

    /// The next message; nil when there is none.
    mutating func receive() throws(ZeroMQError) -> Letter? {
        guard try socket.receive(into: &message, waiting: .refused) else { return nil }
        var frames = [bytes()]
        while message.more {
            guard try socket.receive(into: &message) else { break }
            // Of more frames than the conversation knows only the number matters.
            frames.append(frames.count < 3 ? bytes() : [])
        }
        let hasDelimiter = frames.count > 1 && frames[1].isEmpty
        let route = DeskRoute(identity: frames[0], hasDelimiter: hasDelimiter)
        let isWhole = frames.count == (hasDelimiter ? 3 : 2)
        return Letter(route: route, body: isWhole ? frames[frames.count - 1] : nil)
    }

    private func bytes() -> [UInt8] {
        message.withBytes { bytes in bytes.indices.map { bytes[$0] } }
    }

    /// Sends without waiting: one who does not read must not hold up the others.
    mutating func send(_ bytes: [UInt8], to route: DeskRoute) throws(ZeroMQError) -> Sent {
        do throws(ZeroMQError) {
            guard try socket.send(route.identity.span, .more, waiting: .refused) else {
                return .full
            }
            if route.hasDelimiter {
                _ = try socket.send([UInt8]().span, .more, waiting: .refused)
            }
            _ = try socket.send(bytes.span, waiting: .refused)
            return .sent
        } catch {
            if error.isUnreachable { return .gone }
            throw error
        }
    }
}
