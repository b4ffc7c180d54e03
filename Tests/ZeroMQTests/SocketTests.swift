import Glibc
import Testing
import ZeroMQ

@Suite struct SocketTests {
    @Test(arguments: Transport.allCases, [0, 1, 29, 30, 300, 100_000])
    func `bytes arrive as they were sent`(transport: Transport, size: Int) throws {
        let context = try Context()
        var pull = try Socket(.pull, in: context, options: .testing)
        var push = try Socket(.push, in: context, options: .testing)
        try push.connect(try pull.bind(transport.endpoint))
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        #expect(try push.send(bytes.span) == true)
        var message = Message()
        #expect(try pull.receive(into: &message) == true)
        #expect(message.count == size)
        #expect(message.copied == bytes)
        #expect(message.more == false)
    }

    @Test func `a wildcard port comes back as a real one, and can be let go`() throws {
        let context = try Context()
        var first = try Socket(.pull, in: context)
        var second = try Socket(.pull, in: context)
        let endpoint = try first.bind("tcp://127.0.0.1:*")
        #expect(endpoint.hasPrefix("tcp://127.0.0.1:"))
        #expect(!endpoint.hasSuffix("*"))
        do throws(ZeroMQError) {
            try second.bind(endpoint)
            Issue.record("two sockets on one port")
        } catch {
            #expect(error.isAddressInUse)
            #expect("\(error)" == "bind \(endpoint): Address already in use")
        }
        try first.unbind(endpoint)
        try bindWhenFree(&second, endpoint)
    }

    @Test func `receiving without waiting answers that there is nothing`() throws {
        let context = try Context()
        var pull = try Socket(.pull, in: context)
        try pull.bind("inproc://empty")
        var message = Message()
        #expect(try pull.receive(into: &message, waiting: .refused) == false)
    }

    @Test func `a waiting call gives up at the timeout`() throws {
        let context = try Context()
        var options = SocketOptions()
        options.receiveTimeoutMilliseconds = 1
        var pull = try Socket(.pull, in: context, options: options)
        try pull.bind("inproc://quiet")
        var message = Message()
        #expect(try pull.receive(into: &message) == false)
    }

    @Test func `a full queue says no, at the high-water marks`() throws {
        let context = try Context()
        var options = SocketOptions.testing
        options.sendHighWaterMark = 3
        options.receiveHighWaterMark = 2
        var pull = try Socket(.pull, in: context, options: options)
        try pull.bind("inproc://full")
        var push = try Socket(.push, in: context, options: options)
        try push.connect("inproc://full")
        var sent = 0
        while sent < 100, try push.send([1].span, waiting: .refused) { sent += 1 }
        #expect(sent == 5)
    }

    @Test func `parts of a message stay together`() throws {
        let context = try Context()
        var router = try Socket(.router, in: context, options: .testing)
        let endpoint = try router.bind("tcp://127.0.0.1:*")
        var options = SocketOptions.testing
        options.routingIdentity = "camera-7"
        var dealer = try Socket(.dealer, in: context, options: options)
        try dealer.connect(endpoint)
        #expect(try dealer.send([1, 2].span, .more) == true)
        #expect(try dealer.send([3].span) == true)

        var message = Message()
        var parts: [[UInt8]] = []
        repeat {
            #expect(try router.receive(into: &message) == true)
            parts.append(message.copied)
        } while message.more
        #expect(parts == [Array("camera-7".utf8), [1, 2], [3]])

        let camera = parts[0]
        #expect(try router.send(camera.span, .more) == true)
        #expect(try router.send([9].span) == true)
        #expect(try dealer.receive(into: &message) == true)
        #expect(message.copied == [9])
    }

    @Test func `a mandatory router says that a peer is not there, another drops`() throws {
        let context = try Context()
        var options = SocketOptions.testing
        options.routerMandatory = true
        var strict = try Socket(.router, in: context, options: options)
        try strict.bind("inproc://strict")
        do throws(ZeroMQError) {
            _ = try strict.send([7].span, .more)
            Issue.record("sent to nobody")
        } catch {
            #expect(error.isUnreachable)
        }
        var lax = try Socket(.router, in: context, options: .testing)
        try lax.bind("inproc://lax")
        #expect(try lax.send([7].span, .more) == true)
        #expect(try lax.send([7].span) == true)
    }

    @Test func `subscriptions select by prefix`() throws {
        let context = try Context()
        var pub = try Socket(.xpub, in: context, options: .testing)
        let endpoint = try pub.bind("tcp://127.0.0.1:*")
        var sub = try Socket(.sub, in: context, options: .testing)
        try sub.connect(endpoint)
        try sub.subscribe(to: "task.")
        var message = Message()
        #expect(try pub.receive(into: &message) == true)
        #expect(message.copied == [1] + Array("task.".utf8))
        for text in ["score.1", "task.2", "task", "task.3"] {
            #expect(try pub.send(Array(text.utf8).span) == true)
        }
        for text in ["task.2", "task.3"] {
            #expect(try sub.receive(into: &message) == true)
            #expect(message.copied == Array(text.utf8))
        }
        try sub.unsubscribe(from: "task.")
        #expect(try pub.receive(into: &message) == true)
        #expect(message.copied.first == 0)
    }

    @Test func `a message passes on without a copy and is empty afterwards`() throws {
        let context = try Context()
        var pull = try Socket(.pull, in: context, options: .testing)
        try pull.bind("inproc://pass")
        var push = try Socket(.push, in: context, options: .testing)
        try push.connect("inproc://pass")
        let bytes = [UInt8](repeating: 4, count: 500)
        var message = Message(bytes.span)
        #expect(message.count == 500)
        #expect(try push.send(&message) == true)
        #expect(message.count == 0)
        #expect(try pull.receive(into: &message) == true)
        #expect(message.copied == bytes)
    }

    @Test func `an oversized message disconnects its sender and is never seen`() throws {
        let context = try Context()
        var options = SocketOptions.testing
        options.messageBytesMax = 100
        var pull = try Socket(.pull, in: context, options: options)
        let endpoint = try pull.bind("tcp://127.0.0.1:*")
        var push = try Socket(.push, in: context, options: .testing)
        try push.connect(endpoint)
        #expect(try push.send([UInt8](repeating: 0, count: 101).span) == true)
        var honest = try Socket(.push, in: context, options: .testing)
        try honest.connect(endpoint)
        #expect(try honest.send([1].span) == true)
        var message = Message()
        #expect(try pull.receive(into: &message) == true)
        #expect(message.copied == [1])
    }

    @Test func `every option that can be set is taken by its kinds of socket`() throws {
        let context = try Context()
        var options = SocketOptions.testing
        options.sendHighWaterMark = 10
        options.receiveHighWaterMark = 10
        options.messageBytesMax = 1 << 20
        options.handshakeMilliseconds = 2000
        options.reconnectMilliseconds = 10
        options.reconnectMillisecondsMax = 1000
        options.heartbeatMilliseconds = 1000
        options.heartbeatTimeoutMilliseconds = 3000
        options.tcpKeepAlive = TCPKeepAlive(idleSeconds: 30, intervalSeconds: 5, probes: 3)
        options.immediate = true
        for kind in SocketKind.allCases {
            _ = try Socket(kind, in: context, options: options)
        }
        options.routerMandatory = true
        options.routingIdentity = "r"
        _ = try Socket(.router, in: context, options: options)
        options = .testing
        options.xpubVerbose = true
        _ = try Socket(.xpub, in: context, options: options)
    }

    @Test func `a refused option is named with its value`() throws {
        let context = try Context()
        var options = SocketOptions()
        options.lingerMilliseconds = -7
        let refusal = #expect(throws: ZeroMQError.self) {
            _ = try Socket(.pull, in: context, options: options)
        }
        #expect("\(try #require(refusal))" == "setOption linger -7: Invalid argument")
    }

    @Test func `an impossible context is refused`() {
        let refusal = #expect(throws: ZeroMQError.self) { _ = try Context(ioThreads: -1) }
        #expect(refusal?.operation == .createContext)
    }

    @Test func `a shut-down context ends calls that wait`() throws {
        let context = try Context()
        var pull = try Socket(.pull, in: context)
        try pull.bind("inproc://waiting")
        context.shutdown()
        var message = Message()
        do throws(ZeroMQError) {
            _ = try pull.receive(into: &message)
            Issue.record("received from a shut-down context")
        } catch {
            #expect(error.isShutdown)
        }
    }

    /// A port is free some time after `unbind` returned: an I/O thread closes it.
    private func bindWhenFree(_ socket: inout Socket, _ endpoint: String) throws {
        for _ in 0..<2000 {
            do throws(ZeroMQError) {
                try socket.bind(endpoint)
                return
            } catch {
                guard error.isAddressInUse else { throw error }
                usleep(1000)
            }
        }
        Issue.record("\(endpoint) is still bound after 2 s")
    }
}

enum Transport: String, CaseIterable {
    case inproc, ipc, tcp

    var endpoint: String {
        switch self {
        case .inproc: "inproc://bytes"
        case .ipc: "ipc://*"
        case .tcp: "tcp://127.0.0.1:*"
        }
    }
}

extension SocketOptions {
    /// Fails a test that waits for what will not come, and leaves nothing behind.
    static var testing: SocketOptions {
        var options = SocketOptions()
        options.lingerMilliseconds = 0
        options.receiveTimeoutMilliseconds = 5000
        options.sendTimeoutMilliseconds = 5000
        return options
    }
}

extension Message {
    var copied: [UInt8] {
        withBytes { bytes in
            var copy: [UInt8] = []
            for index in bytes.indices { copy.append(bytes[index]) }
            return copy
        }
    }
}
