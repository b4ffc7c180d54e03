/// A connection to the dispatch door.
struct DeskRoute: Hashable, Sendable {
    /// ZeroMQ's name for the peer.
    let identity: [UInt8]
    /// A REQ puts an empty frame before its message and wants one before the answer.
    let hasDelimiter: Bool
}

/// Which connection speaks for which desk: one for each, the latest that subscribed.
struct DeskRoutes {
    private var routes: [String: DeskRoute] = [:]
    private var names: [[UInt8]: String] = [:]

    var all: [(desk: String, route: DeskRoute)] { routes.map { ($0.key, $0.value) } }

    func desk(of route: DeskRoute) -> String? { names[route.identity] }

    func route(to desk: String) -> DeskRoute? { routes[desk] }

    /// Gives the connection that spoke for the desk until now, where that is another.
    mutating func connect(_ desk: String, by route: DeskRoute) -> DeskRoute? {
        let before = routes[desk]
        if let before { names[before.identity] = nil }
        routes[desk] = route
        names[route.identity] = desk
        return before?.identity == route.identity ? nil : before
    }

    mutating func drop(_ desk: String) {
        guard let route = routes.removeValue(forKey: desk) else { return }
        names[route.identity] = nil
    }
}
