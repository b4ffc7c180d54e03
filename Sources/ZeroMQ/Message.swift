internal import CZeroMQ

/// A buffer that receives one message part after another without a copy.
///
/// Keep one per lane and receive into it again and again: what it held is let go then.
@safe
public struct Message: ~Copyable {
    // On the heap, once: libzmq keeps short messages inside the structure, which must not move
    // while somebody reads them.
    let pointer: UnsafeMutablePointer<zmq_msg_t>

    /// An empty message.
    public init() {
        unsafe pointer = .allocate(capacity: 1)
        unsafe zmq_msg_init(pointer)
    }

    /// A copy of `bytes`, to be sent. **Fails**: traps when there is no memory.
    public init(_ bytes: Span<UInt8>) {
        unsafe pointer = .allocate(capacity: 1)
        let code = unsafe zmq_msg_init_size(pointer, bytes.count)
        precondition(code == 0, "no memory for a message of \(bytes.count) bytes")
        unsafe bytes.withUnsafeBytes { source in
            guard let start = source.baseAddress else { return }
            unsafe zmq_msg_data(pointer)?.copyMemory(from: start, byteCount: source.count)
        }
    }

    deinit {
        unsafe zmq_msg_close(pointer)
        unsafe pointer.deallocate()
    }

    public var count: Int { unsafe zmq_msg_size(pointer) }

    /// Whether further parts of the same message follow.
    public var more: Bool { unsafe zmq_msg_more(pointer) != 0 }

    /// The bytes, valid inside `body` only.
    @inlinable
    public func withBytes<Result: ~Copyable, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe body(buffer.span)
    }

    @usableFromInline var buffer: UnsafeBufferPointer<UInt8> {
        let start = unsafe zmq_msg_data(pointer)?.assumingMemoryBound(to: UInt8.self)
        return unsafe UnsafeBufferPointer(start: start, count: count)
    }
}

// A message belongs to whoever holds it; libzmq's reference counts are atomic.
extension Message: @unchecked Sendable {}
