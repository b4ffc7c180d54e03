internal import CZeroMQ

/// What a poller waits for.
public struct Readiness: OptionSet, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let readable = Readiness(rawValue: 1)
    public static let writable = Readiness(rawValue: 2)
    /// A plain descriptor that is broken or hung up; always waited for.
    public static let failed = Readiness(rawValue: 4)
}

/// Waits for several sockets and plain descriptors at once.
///
/// **Owner**: the lane that owns the sockets; it keeps them open as long as it lives.
@safe
public struct Poller: ~Copyable {
    private var items: [zmq_pollitem_t] = unsafe []
    private var sockets: [SocketHandle] = []

    public init() {}

    /// Watches `socket` from now on; returns its slot, counted from 0 over sockets and descriptors.
    public mutating func watch(_ socket: borrowing Socket, for wanted: Readiness = .readable) -> Int
    {
        sockets.append(socket.handle)
        unsafe items.append(
            zmq_pollitem_t(socket: socket.handle.pointer, fd: 0, events: wanted.events, revents: 0))
        return unsafe items.count - 1
    }

    /// Watches a descriptor, which must stay open.
    public mutating func watch(descriptor: Int32, for wanted: Readiness = .readable) -> Int {
        unsafe items.append(
            zmq_pollitem_t(socket: nil, fd: descriptor, events: wanted.events, revents: 0))
        return unsafe items.count - 1
    }

    /// Returns how many slots are ready, 0 after `milliseconds` (-1: never) or, early, on a signal.
    ///
    /// **Fails**: the context was shut down, a watched descriptor was closed.
    public mutating func wait(atMostMilliseconds milliseconds: Int) throws(ZeroMQError) -> Int {
        let ready = unsafe zmq_poll(&items, Int32(items.count), milliseconds)
        if ready >= 0 { return Int(ready) }
        if failedWith(EINTR) { return 0 }
        throw ZeroMQError(.poll)
    }

    /// What `slot` was ready for at the last wait.
    public func readiness(of slot: Int) -> Readiness {
        unsafe Readiness(events: items[slot].revents)
    }
}

// Goes to another lane only together with the sockets it watches.
extension Poller: @unchecked Sendable {}

extension Readiness {
    init(events: Int16) {
        self = []
        if events & Int16(ZMQ_POLLIN) != 0 { insert(.readable) }
        if events & Int16(ZMQ_POLLOUT) != 0 { insert(.writable) }
        if events & Int16(ZMQ_POLLERR) != 0 { insert(.failed) }
    }

    var events: Int16 {
        Int16(
            (contains(.readable) ? ZMQ_POLLIN : 0) | (contains(.writable) ? ZMQ_POLLOUT : 0)
                | ZMQ_POLLERR)
    }
}
