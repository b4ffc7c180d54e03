import ZeroMQ

/// The way out of alerts: answered or not.
struct Outgoing: ~Copyable {
    /// One of both.
    private var unanswered: AlertSender?
    private var answered: AnsweredSender?

    /// - Parameter patience: how long to wait for a server that is not there or does not read on.
    init(
        to address: String, by door: PublishDoor, in context: Context, patience: LengthOfTime
    ) throws {
        if door == .acknowledged {
            answered = try AnsweredSender(to: address, in: context, patience: patience)
        } else {
            unanswered = try AlertSender(to: address, by: door, in: context, patience: patience)
        }
    }

    mutating func send(topic: [UInt8], body: [UInt8]) throws {
        try unanswered?.send(topic: topic, body: body)
        try answered?.send(topic: topic, body: body)
    }

    /// Waits for the answers that are still owed, and counts them all; nil where there are none.
    mutating func finish() throws -> AnswerTally? {
        try answered?.awaitAll()
        return answered?.tally
    }
}
