internal import CZeroMQ

extension Socket {
    /// Replaces what `message` holds by the next part. False when there was none in the time
    /// allowed.
    ///
    /// **Fails**: the context was shut down, or the kind of socket does not receive.
    public mutating func receive(
        into message: inout Message, waiting: Waiting = .allowed
    ) throws(ZeroMQError) -> Bool {
        let flags = waiting == .refused ? ZMQ_DONTWAIT : 0
        while unsafe zmq_msg_recv(message.pointer, handle.pointer, flags) < 0 {
            if failedWith(EAGAIN) { return false }
            if !failedWith(EINTR) { throw ZeroMQError(.receive) }
        }
        return true
    }

    /// Sends a copy of `bytes`. False when every peer's queue was full for the time allowed; a pub
    /// never says so but drops.
    ///
    /// **Fails**: shut down, no such peer (routers), out of turn (request and reply).
    public mutating func send(
        _ bytes: Span<UInt8>, _ part: Part = .last, waiting: Waiting = .allowed
    ) throws(ZeroMQError) -> Bool {
        let flags = sendFlags(part, waiting)
        while true {
            let sent = unsafe bytes.withUnsafeBytes {
                unsafe zmq_send(handle.pointer, $0.baseAddress, $0.count, flags)
            }
            if sent >= 0 { return true }
            if failedWith(EAGAIN) { return false }
            if !failedWith(EINTR) { throw ZeroMQError(.send) }
        }
    }

    /// Sends `message` without a copy and leaves it empty; after false it is as before.
    public mutating func send(
        _ message: inout Message, _ part: Part = .last, waiting: Waiting = .allowed
    ) throws(ZeroMQError) -> Bool {
        let flags = sendFlags(part, waiting)
        while unsafe zmq_msg_send(message.pointer, handle.pointer, flags) < 0 {
            if failedWith(EAGAIN) { return false }
            if !failedWith(EINTR) { throw ZeroMQError(.send) }
        }
        return true
    }

    private func sendFlags(_ part: Part, _ waiting: Waiting) -> Int32 {
        (part == .more ? ZMQ_SNDMORE : 0) | (waiting == .refused ? ZMQ_DONTWAIT : 0)
    }
}
