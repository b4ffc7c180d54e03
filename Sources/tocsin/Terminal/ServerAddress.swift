import ZeroMQ

/// Where a server listens that was started without settings.
enum ServerAddress {
    static let broadcast = "tcp://127.0.0.1:5550"
    static let push = "tcp://127.0.0.1:5551"
    static let acknowledged = "tcp://127.0.0.1:5552"
    static let feed = "tcp://127.0.0.1:5560"
    static let dispatch = "tcp://127.0.0.1:5561"
    static let control = "tcp://127.0.0.1:5562"
}

/// A context for one command.
func openContext() throws(CommandFailure) -> Context {
    do throws(ZeroMQError) {
        return try Context()
    } catch {
        throw .unavailable("cannot use ZeroMQ: \(error)")
    }
}
