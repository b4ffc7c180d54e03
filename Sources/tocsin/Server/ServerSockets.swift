import Desks
import Domain
import Lanes
import Pipeline
import Settings
import ZeroMQ

/// The server's sockets, bound.
struct ServerSockets: ~Copyable {
    let doors: Doors
    let feed: Socket
    let dispatch: Socket
    let control: Socket
    /// Where they listen, with the ports that the kernel gave for `:*`.
    let addresses: Addresses

    struct Addresses {
        var broadcast = ""
        var push = ""
        var acknowledged = ""
        var feed = ""
        var dispatch = ""
        var control = ""
    }

    /// Binds all of them.
    ///
    /// **Fails**: when an address is taken or is none of this machine's.
    static func open(
        _ settings: Settings, _ context: Context, _ durability: Durability
    ) throws(CommandFailure) -> ServerSockets {
        var addresses = Addresses()
        var broadcast = try door(.sub, settings.broadcast, context, &addresses.broadcast)
        try Assemble.reaching("ingest.broadcast") { () throws(ZeroMQError) in
            try broadcast.subscribe()
        }
        let push = try door(.pull, settings.push, context, &addresses.push)
        let acknowledged = try door(
            .router, settings.acknowledged, context, &addresses.acknowledged)
        let feed = try feed(settings, context, &addresses.feed)
        let dispatch = try dispatch(settings, context, &addresses.dispatch)
        let control = try control(settings, context, &addresses.control)
        return ServerSockets(
            doors: Doors(
                broadcast: broadcast, push: push,
                acknowledged: AcknowledgedDoor(
                    acknowledged, durability, instance: settings.instance)), feed: feed,
            dispatch: dispatch, control: control, addresses: addresses)
    }

    private static func control(
        _ settings: Settings, _ context: Context, _ address: inout String
    ) throws(CommandFailure) -> Socket {
        var options = SocketOptions()
        options.receiveTimeoutMilliseconds = ControlDesk.patienceMilliseconds
        options.messageBytesMax = Int64(ControlRequest.bytesMax)
        options.lingerMilliseconds = 1000
        var control = try Assemble.reaching("control") { () throws(ZeroMQError) in
            try Socket(.reply, in: context, options: options)
        }
        address = try bind(&control, settings.control, "control")
        return control
    }

    private static func dispatch(
        _ settings: Settings, _ context: Context, _ address: inout String
    ) throws(CommandFailure) -> Socket {
        var options = SocketOptions()
        // One desk may have so many under way; what is beyond is answers and heartbeats.
        options.sendHighWaterMark = Int32(2 * DeskLimits.creditMax)
        options.messageBytesMax = Int64(Limits.socketMessageBytesMax)
        options.routerMandatory = true
        options.lingerMilliseconds = 1000
        var dispatch = try Assemble.reaching("dispatch") { () throws(ZeroMQError) in
            try Socket(.router, in: context, options: options)
        }
        address = try bind(&dispatch, settings.dispatch, "dispatch")
        return dispatch
    }

    private static func feed(
        _ settings: Settings, _ context: Context, _ address: inout String
    ) throws(CommandFailure) -> Socket {
        var options = SocketOptions()
        options.sendHighWaterMark = Int32(settings.feedQueueMessages)
        options.lingerMilliseconds = 1000
        var feed = try Assemble.reaching("feed") { () throws(ZeroMQError) in
            try Socket(.xpub, in: context, options: options)
        }
        address = try bind(&feed, settings.feed, "feed")
        return feed
    }

    private static func door(
        _ kind: SocketKind, _ door: IngestDoor, _ context: Context, _ address: inout String
    ) throws(CommandFailure) -> Socket {
        var options = SocketOptions()
        options.receiveHighWaterMark = Int32(door.queueMessages)
        options.messageBytesMax = Int64(Limits.socketMessageBytesMax)
        options.lingerMilliseconds = kind == .router ? 1000 : 0
        if kind == .router { options.routerMandatory = true }
        var socket = try Assemble.reaching("ingest") { () throws(ZeroMQError) in
            try Socket(kind, in: context, options: options)
        }
        address = try bind(&socket, door.bind, name(of: kind))
        for peer in door.connect {
            try Assemble.reaching(peer) { () throws(ZeroMQError) in try socket.connect(peer) }
        }
        return socket
    }

    private static func name(of kind: SocketKind) -> String {
        switch kind {
        case .sub: "ingest.broadcast"
        case .pull: "ingest.push"
        default: "ingest.acknowledged"
        }
    }

    private static func bind(
        _ socket: inout Socket, _ endpoint: String, _ name: String
    ) throws(CommandFailure) -> String {
        do {
            return try socket.bind(endpoint)
        } catch  where error.isAddressInUse {
            throw .unavailable(
                """
                \(name): \(endpoint) is taken; another tocsin may be running. Stop it, or set \
                another address with --set \(name).bind=…
                """)
        } catch {
            throw .unavailable("\(name): cannot listen on \(endpoint): \(error)")
        }
    }
}
