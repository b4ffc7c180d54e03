internal import CZeroMQ

/// The I/O threads and the in-process endpoints that sockets share. Any lane may use it.
///
/// It ends when the last socket made from it is gone and nobody holds it; that release waits until
/// what was sent is delivered or each socket's linger has passed.
@safe
public final class Context: @unchecked Sendable {
    // Unchecked: libzmq's contexts are thread-safe, and the pointer is constant.
    let pointer: UnsafeMutableRawPointer

    /// - Parameters:
    ///   - ioThreads: one for each GB/s; 0 is enough where all endpoints are `inproc`.
    ///   - socketsMax: sockets open at a time.
    public init(ioThreads: Int = 1, socketsMax: Int = 1023) throws(ZeroMQError) {
        guard let pointer = unsafe zmq_ctx_new() else { throw ZeroMQError(.createContext) }
        for (option, value) in [(ZMQ_IO_THREADS, ioThreads), (ZMQ_MAX_SOCKETS, socketsMax)]
        where unsafe zmq_ctx_set(pointer, option, Int32(value)) != 0 {
            let error = ZeroMQError(.createContext, "ioThreads \(ioThreads) sockets \(socketsMax)")
            unsafe zmq_ctx_term(pointer)
            throw error
        }
        unsafe self.pointer = pointer
    }

    deinit {
        while unsafe zmq_ctx_term(pointer) != 0, failedWith(EINTR) {}
    }

    /// Makes every call on every socket of this context fail with `isShutdown`, also those that
    /// wait.
    public func shutdown() { unsafe zmq_ctx_shutdown(pointer) }
}
