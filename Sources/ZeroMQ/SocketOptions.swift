internal import CZeroMQ

/// What to set on a socket before it binds or connects; nil leaves libzmq's default.
public struct SocketOptions: Sendable, Equatable {
    /// Messages queued for a peer before the socket blocks or drops, by kind; 0 is without bound.
    public var sendHighWaterMark: Int32?
    public var receiveHighWaterMark: Int32?
    /// How long a closed socket goes on delivering; 0 drops at once, -1 waits for ever.
    public var lingerMilliseconds: Int32?
    /// A peer that sends a longer message is disconnected.
    public var messageBytesMax: Int64?
    /// How long a waiting call waits before it answers `would block`; -1 for ever.
    public var sendTimeoutMilliseconds: Int32?
    public var receiveTimeoutMilliseconds: Int32?
    /// A peer that has not finished its handshake by then is disconnected.
    public var handshakeMilliseconds: Int32?
    /// First and longest pause between attempts to connect again; -1 as first never tries.
    public var reconnectMilliseconds: Int32?
    public var reconnectMillisecondsMax: Int32?
    /// Ping idle peers so often, and drop one that stays silent for the timeout.
    public var heartbeatMilliseconds: Int32?
    public var heartbeatTimeoutMilliseconds: Int32?
    public var tcpKeepAlive: TCPKeepAlive?
    /// Queue only to peers that are connected, not to those that may be one day.
    public var immediate: Bool?
    /// A router fails with `isUnreachable` instead of dropping silently.
    public var routerMandatory: Bool?
    /// An xpub passes on every subscription, not only the first of each topic.
    public var xpubVerbose: Bool?
    /// A full xpub answers `would block` instead of dropping.
    public var xpubNoDrop: Bool?
    /// The name under which a router knows this peer, 1 to 255 bytes, not starting with 0.
    public var routingIdentity: String?

    public init() {}
}

/// When the kernel probes a silent TCP connection.
public struct TCPKeepAlive: Sendable, Equatable {
    public var idleSeconds: Int32
    public var intervalSeconds: Int32
    public var probes: Int32

    public init(idleSeconds: Int32, intervalSeconds: Int32, probes: Int32) {
        self.idleSeconds = idleSeconds
        self.intervalSeconds = intervalSeconds
        self.probes = probes
    }
}

extension SocketOptions {
    /// Name, libzmq's number and value of what is set and is a 32-bit number in C.
    var numbers: [(name: String, option: Int32, value: Int32)] {
        let all: [(String, Int32, Int32?)] = [
            ("sendHighWaterMark", ZMQ_SNDHWM, sendHighWaterMark),
            ("receiveHighWaterMark", ZMQ_RCVHWM, receiveHighWaterMark),
            ("linger", ZMQ_LINGER, lingerMilliseconds),
            ("sendTimeout", ZMQ_SNDTIMEO, sendTimeoutMilliseconds),
            ("receiveTimeout", ZMQ_RCVTIMEO, receiveTimeoutMilliseconds),
            ("handshake", ZMQ_HANDSHAKE_IVL, handshakeMilliseconds),
            ("reconnect", ZMQ_RECONNECT_IVL, reconnectMilliseconds),
            ("reconnectMax", ZMQ_RECONNECT_IVL_MAX, reconnectMillisecondsMax),
            ("heartbeat", ZMQ_HEARTBEAT_IVL, heartbeatMilliseconds),
            ("heartbeatTimeout", ZMQ_HEARTBEAT_TIMEOUT, heartbeatTimeoutMilliseconds),
            ("tcpKeepAlive", ZMQ_TCP_KEEPALIVE, tcpKeepAlive.map { _ in 1 }),
            ("tcpKeepAliveIdle", ZMQ_TCP_KEEPALIVE_IDLE, tcpKeepAlive?.idleSeconds),
            ("tcpKeepAliveInterval", ZMQ_TCP_KEEPALIVE_INTVL, tcpKeepAlive?.intervalSeconds),
            ("tcpKeepAliveProbes", ZMQ_TCP_KEEPALIVE_CNT, tcpKeepAlive?.probes),
            ("immediate", ZMQ_IMMEDIATE, immediate.map { $0 ? 1 : 0 }),
            ("routerMandatory", ZMQ_ROUTER_MANDATORY, routerMandatory.map { $0 ? 1 : 0 }),
            ("xpubVerbose", ZMQ_XPUB_VERBOSE, xpubVerbose.map { $0 ? 1 : 0 }),
            ("xpubNoDrop", ZMQ_XPUB_NODROP, xpubNoDrop.map { $0 ? 1 : 0 }),
        ]
        return all.compactMap { name, option, value in value.map { (name, option, $0) } }
    }
}
