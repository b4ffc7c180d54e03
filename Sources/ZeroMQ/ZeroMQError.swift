internal import CZeroMQ

/// A call that libzmq refused.
public struct ZeroMQError: Error, Sendable, Equatable {
    public enum Operation: String, Sendable {
        case createContext, createSocket, setOption, getOption, bind, unbind, connect, disconnect
        case receive, send, poll
    }

    public let operation: Operation
    /// The errno value, libzmq's own (above 156,384,712) among them.
    public let code: Int32
    /// The endpoint or option it was about; nil where the socket says it all.
    public let subject: String?

    /// Takes the code of the call that failed last on this thread.
    init(_ operation: Operation, _ subject: String? = nil) {
        self.operation = operation
        self.code = zmq_errno()
        self.subject = subject
    }

    /// The context was shut down: the lane should end.
    public var isShutdown: Bool { code == ETERM }
    public var isAddressInUse: Bool { code == EADDRINUSE }
    /// The peer a router was asked to send to is not there.
    public var isUnreachable: Bool { code == EHOSTUNREACH }
}

extension ZeroMQError: CustomStringConvertible {
    /// `bind tcp://127.0.0.1:5555: Address already in use`
    public var description: String {
        let text = unsafe String(cString: zmq_strerror(code))
        return [operation.rawValue, subject].compactMap(\.self).joined(separator: " ") + ": " + text
    }
}

/// True when the call failed only because it was interrupted or would have blocked, as said.
func failedWith(_ code: Int32) -> Bool { zmq_errno() == code }
