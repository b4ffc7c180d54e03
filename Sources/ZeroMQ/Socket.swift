internal import CZeroMQ

/// The pattern that a socket speaks.
public enum SocketKind: Sendable, CaseIterable {
    case pub, sub, xpub, xsub, push, pull, router, dealer, request, reply, pair

    var number: Int32 {
        switch self {
        case .pub: ZMQ_PUB
        case .sub: ZMQ_SUB
        case .xpub: ZMQ_XPUB
        case .xsub: ZMQ_XSUB
        case .push: ZMQ_PUSH
        case .pull: ZMQ_PULL
        case .router: ZMQ_ROUTER
        case .dealer: ZMQ_DEALER
        case .request: ZMQ_REQ
        case .reply: ZMQ_REP
        case .pair: ZMQ_PAIR
        }
    }
}

/// Whether a call may wait.
public enum Waiting: Sendable {
    /// As long as the socket's timeout says, by default for ever.
    case allowed
    /// Answer at once.
    case refused
}

/// Whether a part ends its message.
public enum Part: Sendable {
    case last, more
}

/// One end of a messaging pattern.
///
/// **Owner**: one lane at a time. It closes when it goes out of scope, or with the last poller that
/// watches it.
public struct Socket: ~Copyable {
    let handle: SocketHandle

    /// Opens a socket and sets `options`. **Fails**: too many sockets, a value out of range.
    public init(
        _ kind: SocketKind, in context: Context, options: SocketOptions = SocketOptions()
    ) throws(ZeroMQError) {
        let handle = try SocketHandle(kind, in: context)
        try handle.apply(options)
        self.handle = handle
    }

    /// Listens on `endpoint` and returns the real one, where `*` stands for a free port or file.
    @discardableResult
    public mutating func bind(_ endpoint: String) throws(ZeroMQError) -> String {
        guard unsafe zmq_bind(handle.pointer, endpoint) == 0 else {
            throw ZeroMQError(.bind, endpoint)
        }
        return try handle.lastEndpoint()
    }

    /// Stops listening; peers stay connected. `endpoint` is what `bind` returned.
    public mutating func unbind(_ endpoint: String) throws(ZeroMQError) {
        guard unsafe zmq_unbind(handle.pointer, endpoint) == 0 else {
            throw ZeroMQError(.unbind, endpoint)
        }
    }

    /// Connects now or, where nobody listens yet, as soon as somebody does.
    public mutating func connect(_ endpoint: String) throws(ZeroMQError) {
        guard unsafe zmq_connect(handle.pointer, endpoint) == 0 else {
            throw ZeroMQError(.connect, endpoint)
        }
    }

    public mutating func disconnect(_ endpoint: String) throws(ZeroMQError) {
        guard unsafe zmq_disconnect(handle.pointer, endpoint) == 0 else {
            throw ZeroMQError(.disconnect, endpoint)
        }
    }

    /// Wants messages whose first bytes are `prefix`; the empty one wants all.
    public mutating func subscribe(to prefix: String = "") throws(ZeroMQError) {
        try handle.set(ZMQ_SUBSCRIBE, named: "subscribe", toBytesOf: prefix)
    }

    public mutating func unsubscribe(from prefix: String = "") throws(ZeroMQError) {
        try handle.set(ZMQ_UNSUBSCRIBE, named: "unsubscribe", toBytesOf: prefix)
    }
}

// One owner at a time, and moving it between threads passes through something that synchronizes,
// which is all that libzmq asks for.
extension Socket: @unchecked Sendable {}
