import Desks

/// A desk in the terminal that stays: prints tasks and acknowledges them.
struct DeskRun {
    private let name: String
    private let subscription: Subscription
    private let printer: TaskPrinter
    private var left: Int
    private var heard = ContinuousClock.now

    /// Three heartbeats of the server: it may have been started anew.
    private static let silence = Duration.seconds(15)

    init(
        _ name: String, _ subscription: Subscription, _ printer: TaskPrinter, countMax: Int? = nil
    ) {
        (self.name, self.subscription, self.printer) = (name, subscription, printer)
        left = countMax ?? .max
    }

    func subscribe(_ client: inout DispatchClient) throws {
        try client.subscribe(subscription, as: name)
        let waiting = try client.awaitSubscribed()
        StandardError.say("tocsin: desk \(name) is connected; \(grouped(waiting)) tasks wait")
    }

    /// Goes on until it has printed enough, or for ever.
    mutating func run(_ client: inout DispatchClient) throws {
        while left > 0 {
            try whileConnected { try client.beat() }
            guard let (message, bytes) = try client.next(until: .now + .seconds(1)) else {
                if ContinuousClock.now - heard > Self.silence { try resubscribe(&client) }
                continue
            }
            heard = .now
            if message.code == "not_subscribed" {
                try resubscribe(&client)
            } else if let task = DispatchedTask(message, bytes) {
                printer.printTree(task)
                try whileConnected { try client.acknowledge(task) }
                left -= 1
            } else {
                try client.failOnError(message)
            }
        }
    }

    /// While no server is there nothing can be said. The connection comes back by itself, and what
    /// was not acknowledged comes once more.
    private func whileConnected(_ say: () throws -> Void) throws {
        do {
            try say()
        } catch let failure as CommandFailure where failure.code == .unavailable {}
    }

    private mutating func resubscribe(_ client: inout DispatchClient) throws {
        heard = .now
        do {
            try client.subscribe(subscription, as: name)
        } catch let failure as CommandFailure where failure.code == .unavailable {
            StandardError.say("tocsin: no server; waiting for it")
        }
    }
}
