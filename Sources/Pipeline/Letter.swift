public import Domain

/// What is known of a message besides its bytes.
public struct LetterHead: Sendable, BitwiseCopyable {
    public var path: IngestPath
    public var received: Timestamp
    /// Bytes of the topic frame; the body follows it in the same buffer.
    public var topicBytes: Int
    /// The third frame's number; nil when there is none.
    public var frameSequence: UInt64?

    public init(path: IngestPath, received: Timestamp, topicBytes: Int) {
        self.path = path
        self.received = received
        self.topicBytes = topicBytes
        frameSequence = nil
    }
}

/// One received message: topic and body, one after the other.
///
/// **Owner**: the intake lane, which receives every message into the same one.
public struct Letter: ~Copyable, Sendable {
    public var head: LetterHead
    public var bytes: ByteBuffer
    /// More or fewer frames than a message has.
    public var isMalformed = false

    /// **Range**: twice the size at which the socket disconnects a peer, topic included.
    public init() {
        head = LetterHead(path: .push, received: .never, topicBytes: 0)
        bytes = ByteBuffer(capacity: 2 * Limits.socketMessageBytesMax)
    }

    /// Makes a letter from texts, as tests and the rule workshop do.
    public mutating func compose(
        topic: String, body: [UInt8], path: IngestPath, received: Timestamp
    ) {
        bytes.clear()
        bytes.append(string: topic)
        head = LetterHead(path: path, received: received, topicBytes: bytes.count)
        bytes.append(body.span, 0, body.count)
        isMalformed = false
    }
}
