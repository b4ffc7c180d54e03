/// The syntax of a ZeroMQ address, and who can reach it.
struct Endpoint {
    enum Reach { case thisMachine, network }

    let reach: Reach

    /// Why a text is no address, in words for the one who wrote it.
    struct Fault: Error {
        let message: String
        let hint: String
    }

    init(_ text: String) throws(Fault) {
        if text.hasPrefix("ipc://") {
            try Self.checkPath(text.dropFirst("ipc://".count))
            reach = .thisMachine
        } else if text.hasPrefix("tcp://") {
            reach = try Self.checkHostAndPort(text.dropFirst("tcp://".count))
        } else {
            throw Fault(
                message: "\"\(text)\" is no address",
                hint: "write tcp://127.0.0.1:5550 or ipc:///run/tocsin/feed")
        }
    }

    /// A Unix socket's path has at most 107 bytes (`sun_path` in unix(7)).
    private static func checkPath(_ path: Substring) throws(Fault) {
        if path.isEmpty || path.utf8.count > 107 {
            throw Fault(
                message: "the path of an ipc:// address has 1 to 107 bytes, not \(path.utf8.count)",
                hint: "")
        }
    }

    private static func checkHostAndPort(_ rest: Substring) throws(Fault) -> Reach {
        guard let colon = rest.lastIndex(of: ":"), colon != rest.startIndex else {
            throw Fault(message: "tcp://\(rest) has no port", hint: "write tcp://127.0.0.1:5550")
        }
        let port = rest[rest.index(after: colon)...]
        guard port == "*" || (1...65_535).contains(Int(port) ?? 0) else {
            throw Fault(
                message: "\"\(port)\" is no port",
                hint: "a port is 1 to 65535, or * for any free one")
        }
        return isLoopback(rest[..<colon]) ? .thisMachine : .network
    }

    private static func isLoopback(_ host: Substring) -> Bool {
        if host == "[::1]" || host == "localhost" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
