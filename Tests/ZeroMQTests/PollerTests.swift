import Glibc
import Testing
import ZeroMQ

@Suite struct PollerTests {
    /// A lane's way to own several sockets: plain fields, each used by itself.
    struct Doors: ~Copyable {
        var alerts: Socket
        var feedback: Socket
        var message = Message()
        var poller = Poller()

        // The compiler wants all that may throw done before the first noncopyable field is set.
        init(in context: Context) throws(ZeroMQError) {
            var alerts = try Socket(.pull, in: context, options: .testing)
            var feedback = try Socket(.pull, in: context, options: .testing)
            try alerts.bind("inproc://alerts")
            try feedback.bind("inproc://feedback")
            self.alerts = alerts
            self.feedback = feedback
            _ = poller.watch(self.alerts)
            _ = poller.watch(self.feedback)
        }

        mutating func drain() throws -> [UInt8] {
            var seen: [UInt8] = []
            while try alerts.receive(into: &message, waiting: .refused) { seen += message.copied }
            while try feedback.receive(into: &message, waiting: .refused) { seen += message.copied }
            return seen
        }
    }

    @Test func `only the socket with a message is ready`() throws {
        let context = try Context()
        var doors = try Doors(in: context)
        #expect(try doors.poller.wait(atMostMilliseconds: 0) == 0)
        var push = try Socket(.push, in: context, options: .testing)
        try push.connect("inproc://feedback")
        #expect(try push.send([5].span) == true)
        #expect(try doors.poller.wait(atMostMilliseconds: 5000) == 1)
        #expect(doors.poller.readiness(of: 0) == [])
        #expect(doors.poller.readiness(of: 1) == .readable)
        #expect(try doors.drain() == [5])
        #expect(try doors.poller.wait(atMostMilliseconds: 0) == 0)
    }

    @Test func `a plain descriptor wakes the poller beside sockets`() throws {
        let context = try Context()
        var pull = try Socket(.pull, in: context, options: .testing)
        try pull.bind("inproc://beside")
        var ends: [Int32] = [0, 0]
        #expect(unsafe pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        var poller = Poller()
        #expect(poller.watch(pull) == 0)
        #expect(poller.watch(descriptor: ends[0]) == 1)
        #expect(try poller.wait(atMostMilliseconds: 1) == 0)
        #expect(unsafe write(ends[1], [1] as [UInt8], 1) == 1)
        #expect(try poller.wait(atMostMilliseconds: 5000) == 1)
        #expect(poller.readiness(of: 1) == .readable)
    }

    @Test func `a socket that can send is ready to be written`() throws {
        let context = try Context()
        var pull = try Socket(.pull, in: context, options: .testing)
        try pull.bind("inproc://write")
        var push = try Socket(.push, in: context, options: .testing)
        var poller = Poller()
        #expect(poller.watch(push, for: [.readable, .writable]) == 0)
        #expect(try poller.wait(atMostMilliseconds: 0) == 0)
        try push.connect("inproc://write")
        #expect(try poller.wait(atMostMilliseconds: 5000) == 1)
        #expect(poller.readiness(of: 0) == .writable)
    }

    @Test func `a poller keeps its sockets open`() throws {
        let context = try Context()
        var poller = Poller()
        try watchAndDrop(&poller, context)
        #expect(try poller.wait(atMostMilliseconds: 1) == 0)
        context.shutdown()
        do throws(ZeroMQError) {
            _ = try poller.wait(atMostMilliseconds: 1000)
            Issue.record("waited on a shut-down context")
        } catch {
            #expect(error.isShutdown)
        }
    }

    private func watchAndDrop(_ poller: inout Poller, _ context: Context) throws {
        let pull = try Socket(.pull, in: context, options: .testing)
        _ = poller.watch(pull)
    }
}
