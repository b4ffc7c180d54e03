import Desks
import Domain
import Foundation
import Journal
import Lanes
import ZeroMQ

/// The thread that tells desks their tasks, once those are durable, and takes what they report.
///
/// It sends only what the journal has on disk, and nothing before it has written down itself that
/// it sent it. The engine does not know of it: a desk that stands still costs this thread's queue
/// to that desk and nothing else.
struct DeskLane: ~Copyable {
    var book: DeskBook
    var socket: DeskSocket
    var routes = DeskRoutes()
    private var tasks: DurableTasks
    private let store: DeliveryStore
    private let errands: Errands<DeskLane>
    let engine: EngineDoor
    /// Feedback that the engine has taken and the journal has not on disk yet.
    var unanswered: [(route: DeskRoute, reply: FeedbackReply, record: UInt64)] = []
    /// What is to be said once a message has been dealt with.
    var replies: [(reply: DeskReply, route: DeskRoute)] = []
    /// Messages refused, by code.
    var refusals: [String: Int] = [:]
    var feedbackTaken = 0
    let epoch: String
    private var nextBeat = Timestamp.never

    static let messagesPerTurn = 64
    private static let deliveriesPerTurn = 64
    /// How long it goes on after the journal is complete, for what is durable to be acknowledged.
    private static let farewell = Interval.seconds(2)

    /// - Parameter past: what an earlier run left.
    init(
        _ socket: consuming Socket, _ past: consuming DeskPast, epoch: UInt64, _ links: DeskLinks
    ) {
        self.socket = DeskSocket(socket)
        self.epoch = String(epoch)
        (errands, engine) = (links.errands, links.engine)
        (book, tasks, store) = (past.book, past.tasks, past.store)
    }

    var durableRecords: UInt64 { tasks.gauge.progress.records }

    /// Works until `stop` is raised, which comes after the journal is complete; then sends what is
    /// durable, and closes its file.
    mutating func run(until stop: StopSignal) throws {
        while !stop.isRaised {
            let hasMore = try turn()
            try socket.wait(atMostMilliseconds: hasMore ? 0 : patience)
        }
        let end = Timestamp.monotonic + Self.farewell
        while try turn() || (book.hasUnderWay || !unanswered.isEmpty), .monotonic < end {
            try socket.wait(atMostMilliseconds: 5)
        }
        try persist()
        try store.close()
    }

    /// How long the socket is waited on: what the journal brings is not seen there.
    private var patience: Int { unanswered.isEmpty ? (book.hasConnected ? 20 : 100) : 5 }

    /// One round of everything; true when more waits to be done.
    private mutating func turn() throws -> Bool {
        _ = errands.carryOut(on: &self)
        let read = try tasks.read(into: &book)
        let heard = try hear()
        book.advance(to: .monotonic)
        for news in book.takeNews() { tell(news) }
        let sent = try deliver()
        try answerDurable()
        try beat()
        return read > 0 || heard == Self.messagesPerTurn || sent > 0
    }

    /// Sends what may be sent, once it is written down that it was.
    private mutating func deliver() throws -> Int {
        var deliveries: [Delivery] = []
        while deliveries.count < Self.deliveriesPerTurn,
            let delivery = book.next(at: .monotonic)
        {
            deliveries.append(delivery)
        }
        try persist()
        for delivery in deliveries {
            guard let route = routes.route(to: delivery.desk) else { continue }
            switch try socket.send(DeskReply.task(delivery).bytes, to: route) {
            case .sent: break
            case .full: book.stall(delivery, at: .monotonic)
            case .gone: hangUp(delivery.desk)
            }
        }
        return deliveries.count
    }

    private mutating func persist() throws(JournalFailure) {
        let changes = book.takeChanges()
        if !changes.isEmpty { try store.write(changes, at: .now) }
    }

    /// Every few seconds a sign of life to all who are connected.
    private mutating func beat() throws(ZeroMQError) {
        guard .monotonic >= nextBeat else { return }
        nextBeat = .monotonic + DeskTimes.heartbeat
        let beat = DeskReply.heartbeat(epoch: epoch, time: Timestamp.now.rfc3339)
        for (desk, route) in routes.all {
            if try socket.send(beat.bytes, to: route) == .gone { hangUp(desk) }
        }
    }

    /// The connection is gone; what the desk has not acknowledged waits for it.
    mutating func hangUp(_ desk: String) {
        routes.drop(desk)
        book.leave(desk, at: .monotonic)
    }

    private mutating func tell(_ news: DeskNews) {
        switch news {
        case .silent(let desk):
            routes.drop(desk)
            StandardError.say(
                "tocsin: desk \(desk) has not been heard of for 15 s; its tasks wait for it")
        case .deadLetter(let desk, let task, let revision):
            StandardError.say(
                "tocsin: desk \(desk) has not acknowledged task \(task.hexadecimal)#\(revision) in "
                    + "\(DeskTimes.attemptsMax) attempts; it is sent again when the desk subscribes "
                    + "anew")
        case .forgotten(let desk):
            StandardError.say("tocsin: desk \(desk) was away for a week and is forgotten")
        }
    }
}

/// What joins the desk lane to other threads.
struct DeskLinks: Sendable {
    /// What others ask of the lane.
    let errands = Errands<DeskLane>()
    let engine: EngineDoor
}

extension Timestamp {
    /// A moment that no clock change moves, counted from the machine's start.
    static var monotonic: Timestamp {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Timestamp(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }
}
