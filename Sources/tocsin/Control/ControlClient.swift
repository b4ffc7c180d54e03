import Foundation
import ZeroMQ

/// Asks a running server something and waits for its answer.
struct ControlClient {
    let address: String
    let patience: LengthOfTime

    /// **Fails**: when no server answers in time, or it answers with an error.
    func ask(_ request: ControlRequest) throws -> ControlReply {
        let reply = try decode(try exchange(try JSONEncoder().encode(request)))
        if let error = reply.error {
            let details = (reply.findings ?? []).joined(separator: "\n")
            throw CommandFailure.unavailable(details.isEmpty ? error : "\(error)\n\(details)")
        }
        return reply
    }

    private func decode(_ bytes: [UInt8]) throws -> ControlReply {
        do {
            return try JSONDecoder().decode(ControlReply.self, from: Data(bytes))
        } catch {
            throw CommandFailure.unavailable(
                "what answers at \(address) is not this version of tocsin")
        }
    }

    private func exchange(_ request: Data) throws -> [UInt8] {
        var options = SocketOptions()
        options.lingerMilliseconds = 0
        options.receiveTimeoutMilliseconds = Int32(clamping: Int(patience.duration.seconds * 1000))
        options.sendTimeoutMilliseconds = 1000
        options.immediate = true
        do {
            var socket = try Socket(.request, in: openContext(), options: options)
            try socket.connect(address)
            var message = Message()
            let bytes = Array(request)
            guard try socket.send(bytes.span), try socket.receive(into: &message) else {
                throw CommandFailure.unavailable(
                    "no server answers at \(address) within \(patience); is `tocsin run` up, and "
                        + "is its control.bind there?")
            }
            return message.withBytes { bytes in bytes.indices.map { bytes[$0] } }
        } catch let error as ZeroMQError {
            throw CommandFailure.unavailable("cannot ask \(address): \(error)")
        }
    }
}
