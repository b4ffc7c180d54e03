import Desks
import Domain
import Foundation
import ZeroMQ

/// One connection to a server's dispatch door.
struct DispatchClient: ~Copyable {
    private var socket: Socket
    private var poller = Poller()
    private var message = Message()
    private let address: String
    private let patience: LengthOfTime
    private var lastBeat = ContinuousClock.now

    /// Of a desk that only looks on.
    static var passingName: String { "terminal-\(getpid())" }

    init(_ address: String, patience: LengthOfTime) throws(CommandFailure) {
        var options = SocketOptions()
        options.lingerMilliseconds = 500
        options.sendTimeoutMilliseconds = Int32(clamping: patience.milliseconds)
        options.immediate = true
        let context = try openContext()
        do throws(ZeroMQError) {
            var socket = try Socket(.dealer, in: context, options: options)
            try socket.connect(address)
            _ = poller.watch(socket)
            self.socket = socket
        } catch {
            throw .unavailable("cannot reach \(address): \(error)")
        }
        (self.address, self.patience) = (address, patience)
    }

    var silence: CommandFailure {
        .unavailable(
            "no server answers at \(address) within \(patience); is `tocsin run` up, and is its "
                + "dispatch.bind there?")
    }

    // MARK: Saying

    mutating func say(_ type: String, _ members: [(String, JSONNode)] = []) throws {
        let all = [("type", JSONNode.text(type))] + members
        let bytes = JSONNode.object(all.map { JSONNode.Member($0.0, $0.1) }).bytes
        guard try socket.send(bytes.span) else { throw silence }
    }

    mutating func subscribe(_ subscription: Subscription, as desk: String) throws {
        try say(
            "subscribe",
            [
                ("desk", .text(desk)), ("areas", .list(subscription.areas.map { .text($0) })),
                ("categories", .list(subscription.categories.map { .text("\($0.word)") })),
                ("max_priority", .integer(Int64(subscription.priorityMax.rawValue))),
                ("credit", .integer(Int64(subscription.credit))),
                ("snapshot", .bool(subscription.wantsSnapshot)),
            ])
    }

    mutating func acknowledge(_ task: DispatchedTask) throws {
        try say(
            "acknowledge",
            [
                ("id", .text(task.incident)),
                ("revision", .integer(Int64(task.feed.data.revision))),
            ])
    }

    mutating func leave(forgets: Bool) throws { try say("leave", [("forget", .bool(forgets))]) }

    /// A sign of life, when one is due.
    mutating func beat() throws {
        guard ContinuousClock.now - lastBeat >= .seconds(5) else { return }
        lastBeat = .now
        try say("heartbeat")
    }

    // MARK: Hearing

    /// The next message, or nil when none came until `deadline`.
    mutating func next(
        until deadline: ContinuousClock.Instant
    ) throws -> (message: DispatchMessage, bytes: [UInt8])? {
        while true {
            if try socket.receive(into: &message, waiting: .refused) {
                let bytes = message.withBytes { bytes in bytes.indices.map { bytes[$0] } }
                while message.more { _ = try socket.receive(into: &message) }
                return (try decodeFeed(DispatchMessage.self, bytes), bytes)
            }
            let left = (deadline - .now).seconds
            if left <= 0 { return nil }
            _ = try poller.wait(atMostMilliseconds: Int(min(left, 1) * 1000) + 1)
        }
    }

    /// Waits until the subscription stands; gives how many tasks wait.
    mutating func awaitSubscribed() throws -> Int {
        let deadline = ContinuousClock.now + patience.duration
        while let (message, _) = try next(until: deadline) {
            if message.type == "subscribed" { return message.waiting ?? 0 }
            try failOnError(message)
        }
        throw silence
    }

    func failOnError(_ message: DispatchMessage) throws(CommandFailure) {
        guard message.type == "error" else { return }
        let detail = message.detail ?? message.code ?? "it does not say why"
        throw .unavailable("the server at \(address) refuses: \(detail)")
    }

    /// All open tasks that match, most urgent first.
    mutating func openTasks(
        _ subscription: Subscription, as desk: String
    ) throws -> [DispatchedTask] {
        try subscribe(subscription, as: desk)
        let waiting = try awaitSubscribed()
        var tasks: [String: DispatchedTask] = [:]
        while tasks.count < waiting,
            let (message, bytes) = try next(until: .now + .seconds(2))
        {
            try failOnError(message)
            try beat()
            guard let task = DispatchedTask(message, bytes) else { continue }
            try acknowledge(task)
            tasks[task.incident] = task.feed.data.operation == "close" ? nil : task
        }
        return tasks.values.sorted {
            ($0.feed.data.priority, $0.feed.time) < ($1.feed.data.priority, $1.feed.time)
        }
    }
}
