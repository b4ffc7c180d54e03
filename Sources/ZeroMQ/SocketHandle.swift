internal import CZeroMQ

/// The C handle, which a socket and the pollers that watch it hold together.
///
/// Unchecked: only the socket's owner uses the pointer.
@safe
final class SocketHandle: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer
    /// A context ends only after its sockets.
    private let context: Context

    init(_ kind: SocketKind, in context: Context) throws(ZeroMQError) {
        guard let pointer = unsafe zmq_socket(context.pointer, kind.number) else {
            throw ZeroMQError(.createSocket, "\(kind)")
        }
        unsafe self.pointer = pointer
        self.context = context
    }

    deinit { unsafe zmq_close(pointer) }
}

extension SocketHandle {
    func apply(_ options: SocketOptions) throws(ZeroMQError) {
        for (name, option, value) in options.numbers {
            try set(option, named: name, to: value)
        }
        if let bytes = options.messageBytesMax {
            try set(ZMQ_MAXMSGSIZE, named: "messageBytesMax", to: bytes)
        }
        if let name = options.routingIdentity {
            try set(ZMQ_ROUTING_ID, named: "routingIdentity", toBytesOf: name)
        }
    }

    /// Sets an option whose C type is as wide as `Value`.
    func set<Value: FixedWidthInteger & BitwiseCopyable>(
        _ option: Int32, named name: String, to value: Value
    ) throws(ZeroMQError) {
        let code = unsafe withUnsafeBytes(of: value) {
            unsafe zmq_setsockopt(pointer, option, $0.baseAddress, $0.count)
        }
        guard code == 0 else { throw ZeroMQError(.setOption, "\(name) \(value)") }
    }

    func set(_ option: Int32, named name: String, toBytesOf text: String) throws(ZeroMQError) {
        let code = unsafe text.utf8CString.withUnsafeBytes {
            // Without the final zero of the C string.
            unsafe zmq_setsockopt(pointer, option, $0.baseAddress, $0.count - 1)
        }
        guard code == 0 else { throw ZeroMQError(.setOption, "\(name) \(text)") }
    }

    /// Where the socket was bound last, wildcards resolved.
    func lastEndpoint() throws(ZeroMQError) -> String {
        // An ipc path has at most 107 bytes, a tcp endpoint less than that.
        var bytes = [UInt8](repeating: 0, count: 256)
        var count = bytes.count
        let code = unsafe zmq_getsockopt(pointer, ZMQ_LAST_ENDPOINT, &bytes, &count)
        guard code == 0 else { throw ZeroMQError(.getOption, "lastEndpoint") }
        return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
}
