import Desks
import Domain
import ZeroMQ

extension DeskLane {
    /// Takes in what desks have said; gives how many messages.
    mutating func hear() throws(ZeroMQError) -> Int {
        var heard = 0
        while heard < Self.messagesPerTurn, let letter = try socket.receive() {
            heard += 1
            try take(letter)
        }
        return heard
    }

    private mutating func take(_ letter: DeskSocket.Letter) throws(ZeroMQError) {
        let route = letter.route
        do throws(DeskRefusal) {
            guard let body = letter.body else {
                throw DeskRefusal(.badSchema, "a message is one frame")
            }
            switch try DeskMessage.read(body) {
            case .subscribe(let desk, let subscription):
                try subscribe(desk, subscription, by: route)
            case .feedback(let event): take(event, from: route)
            case let message:
                let sender = try desk(of: route)
                take(message, of: sender)
            }
        } catch {
            refusals[error.code.rawValue, default: 0] += 1
            replies.append((.error(error), route))
        }
        try sendReplies()
    }

    /// A reply that finds no room is lost: who does not read misses what it asked for.
    private mutating func sendReplies() throws(ZeroMQError) {
        for (reply, route) in replies { _ = try socket.send(reply.bytes, to: route) }
        replies.removeAll(keepingCapacity: true)
    }

    private mutating func subscribe(
        _ desk: String, _ subscription: Subscription, by route: DeskRoute
    ) throws(DeskRefusal) {
        if let other = routes.desk(of: route), other != desk { hangUp(other) }
        let waiting = try book.subscribe(desk, subscription, at: .monotonic)
        if let older = routes.connect(desk, by: route) {
            let refusal = DeskRefusal(
                .takenOver, "another connection has subscribed as \(desk)")
            replies.append((.error(refusal), older))
        }
        replies.append(
            (
                .subscribed(
                    desk: desk, waiting: waiting, epoch: epoch, time: Timestamp.now.rfc3339),
                route
            ))
    }

    private func desk(of route: DeskRoute) throws(DeskRefusal) -> String {
        guard let desk = routes.desk(of: route) else {
            throw DeskRefusal(
                .notSubscribed, "subscribe first; the server may have been started anew")
        }
        return desk
    }

    private mutating func take(_ message: DeskMessage, of desk: String) {
        let now = Timestamp.monotonic
        switch message {
        case .acknowledge(let all):
            book.hear(desk, at: now)
            for one in all {
                // One that comes twice or too late says nothing new.
                _ = book.acknowledge(one.task, revision: one.revision, by: desk, at: now)
                engine.offer(one.task)
            }
        case .credit(let credit): book.setCredit(credit, of: desk, at: now)
        case .heartbeat: book.hear(desk, at: now)
        case .leave(let forgets):
            hangUp(desk)
            if forgets { book.forget(desk) }
        case .subscribe, .feedback: break
        }
    }
}

// MARK: Feedback

extension DeskLane {
    /// So many may wait for the journal; more are asked to come again.
    private static let unansweredMax = 4096

    private mutating func take(_ event: JSONNode, from route: DeskRoute) {
        let desk = routes.desk(of: route)
        if let desk { book.hear(desk, at: .monotonic) }
        do throws(FeedbackFault) {
            let reading = try FeedbackReader.read(event, from: desk, at: .now)
            answer(reading, to: route)
        } catch {
            refusals[error.refusal.code.rawValue, default: 0] += 1
            replies.append((.answer(FeedbackReply(error)), route))
        }
    }

    private mutating func answer(_ reading: FeedbackReading, to route: DeskRoute) {
        let answer = unanswered.count < Self.unansweredMax ? engine.take(reading.feedback) : nil
        let reply = FeedbackReply(reading, answer)
        if reply.status == .rejected {
            refusals[reply.code, default: 0] += 1
        } else {
            feedbackTaken += 1
        }
        if let record = answer?.record, record > durableRecords {
            unanswered.append((route, reply, record))
        } else {
            replies.append((.answer(reply), route))
        }
    }

    /// Answers the feedback that the journal has on disk by now.
    mutating func answerDurable() throws(ZeroMQError) {
        let durable = durableRecords
        guard unanswered.contains(where: { $0.record <= durable }) else { return }
        for (route, reply, record) in unanswered where record <= durable {
            replies.append((.answer(reply), route))
        }
        unanswered.removeAll { $0.record <= durable }
        try sendReplies()
    }
}
