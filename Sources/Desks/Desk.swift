import Domain

/// A task on the way to a desk, not acknowledged yet.
struct Flight {
    /// Of the revision that was sent last.
    var row: Int64
    var revision: UInt32
    var sent: Timestamp
    /// How often this revision was sent.
    var attempts: Int
    var due: Timestamp
    /// It is due, and waits in the queue to be sent again.
    var isQueued = false
}

/// What is known of one desk.
///
/// It is connected or away. An away desk has no flights and no queue: both are made anew from what
/// it had when it subscribes again.
struct Desk {
    var subscription = Subscription()
    var isConnected = false
    /// While it is connected, its last sign of life; else when it went.
    var heard: Timestamp
    /// When that was written down last.
    var marked: Timestamp
    /// The row it has acknowledged of each task that it was sent; 0 for none yet.
    var had: [TaskID: Int64] = [:]
    var underWay: [TaskID: Flight] = [:]
    /// Tasks given up, by the row that was sent in vain.
    var dead: [TaskID: Int64] = [:]
    /// Tasks that wait for credit.
    private var fresh = ReadyQueue()
    /// Tasks under way that are to be sent again.
    private var again = ReadyQueue()
    /// The earliest time at which a flight may be due.
    private var nextDue = Timestamp.forever
    private var stalledUntil = Timestamp.never

    init(heard: Timestamp) { (self.heard, marked) = (heard, heard) }

    /// Whether it is still to be told `notice`. A task that it has had is told to its end, even
    /// when it no longer matches; one that it never had is not told when it is closed.
    func wants(_ notice: TaskNotice) -> Bool {
        if let row = had[notice.incident] { return notice.row > row }
        return !notice.isClosed && subscription.matches(notice)
    }

    /// It wants it and has not been given up on.
    func isWaiting(for notice: TaskNotice) -> Bool {
        wants(notice) && dead[notice.incident] != notice.row
    }

    // MARK: Coming and going

    mutating func arrive(_ tasks: [TaskID: TaskNotice], at now: Timestamp) {
        clear()
        (isConnected, heard) = (true, now)
        dead.removeAll()
        fill(from: tasks)
    }

    mutating func leave(at now: Timestamp) {
        clear()
        (isConnected, heard) = (false, now)
    }

    private mutating func clear() {
        underWay.removeAll()
        fresh.removeAll()
        again.removeAll()
        (nextDue, stalledUntil) = (.forever, .never)
    }

    private mutating func fill(from tasks: [TaskID: TaskNotice]) {
        fresh.removeAll()
        for notice in tasks.values where underWay[notice.incident] == nil && isWaiting(for: notice)
        { fresh.push(notice) }
    }

    // MARK: What is to be sent

    /// Takes note of a revision that is newer than those before it.
    mutating func offer(_ notice: TaskNotice, among tasks: [TaskID: TaskNotice]) {
        guard isConnected else { return }
        if var flight = underWay[notice.incident] {
            flight.due = min(flight.due, flight.sent + DeskTimes.supersedeAfter)
            flight.attempts = 0
            underWay[notice.incident] = flight
            nextDue = min(nextDue, flight.due)
            // It may be more urgent now than where it stands in the queue.
            if flight.isQueued { again.push(notice) }
        } else if isWaiting(for: notice) {
            fresh.push(notice)
            // Tasks that change while they wait leave old entries behind.
            if fresh.count > 2 * tasks.count + 64 { fill(from: tasks) }
        }
    }

    /// The most urgent task that may be sent now.
    mutating func next(among tasks: [TaskID: TaskNotice], at now: Timestamp) -> TaskNotice? {
        guard isConnected, now >= stalledUntil else { return nil }
        let (repeated, new) = (nextAgain(tasks), nextFresh(tasks))
        guard let repeated, let new else { return repeated ?? new }
        return Precedence(repeated) < Precedence(new) ? repeated : new
    }

    private mutating func nextAgain(_ tasks: [TaskID: TaskNotice]) -> TaskNotice? {
        while let item = again.top {
            if let notice = tasks[item.task], underWay[item.task]?.isQueued == true {
                return notice
            }
            again.removeTop()
        }
        return nil
    }

    private mutating func nextFresh(_ tasks: [TaskID: TaskNotice]) -> TaskNotice? {
        guard underWay.count < subscription.credit else { return nil }
        while let item = fresh.top {
            if let notice = tasks[item.task], underWay[item.task] == nil, isWaiting(for: notice),
                Precedence(notice) == item.precedence
            {
                return notice
            }
            fresh.removeTop()
        }
        return nil
    }

    /// Notes that `notice` is on its way; gives which attempt this is.
    mutating func start(_ notice: TaskNotice, at now: Timestamp) -> Int {
        let attempt = (underWay[notice.incident]?.attempts ?? 0) + 1
        let due = now + DeskTimes.resend(after: attempt)
        underWay[notice.incident] = Flight(
            row: notice.row, revision: notice.revision, sent: now, attempts: attempt, due: due)
        dead[notice.incident] = nil
        nextDue = min(nextDue, due)
        return attempt
    }

    /// Its connection takes no more: what was to be sent last counts as not sent.
    mutating func stall(_ task: TaskID, at now: Timestamp) {
        stalledUntil = now + DeskTimes.stall
        guard var flight = underWay[task] else { return }
        flight.attempts -= 1
        flight.due = stalledUntil
        underWay[task] = flight
        nextDue = min(nextDue, flight.due)
    }

    // MARK: What comes back

    /// The row that an acknowledgement of this revision is about; nil when it is about none that
    /// was sent and still matters.
    func row(ofRevision revision: UInt32, of notice: TaskNotice) -> Int64? {
        guard had[notice.incident] != nil else { return nil }
        if let flight = underWay[notice.incident], flight.revision == revision {
            return flight.row
        }
        return notice.revision == revision ? notice.row : nil
    }

    /// Takes note that it has the revision in `row`; what is newer waits.
    mutating func acknowledge(_ notice: TaskNotice, row: Int64) {
        had[notice.incident] = max(row, had[notice.incident] ?? 0)
        underWay[notice.incident] = nil
        dead[notice.incident] = nil
        if isConnected, isWaiting(for: notice) { fresh.push(notice) }
    }

    mutating func forget(_ task: TaskID) {
        had[task] = nil
        underWay[task] = nil
        dead[task] = nil
    }

    // MARK: Time

    /// Queues what is due again; gives the tasks that were sent in vain for the last time.
    mutating func wake(_ tasks: [TaskID: TaskNotice], at now: Timestamp) -> [TaskNotice] {
        guard isConnected, now >= nextDue else { return [] }
        var givenUp: [TaskNotice] = []
        nextDue = .forever
        for (task, flight) in underWay where !flight.isQueued {
            guard flight.due <= now else {
                nextDue = min(nextDue, flight.due)
                continue
            }
            guard let notice = tasks[task] else { continue }
            if flight.attempts >= DeskTimes.attemptsMax {
                underWay[task] = nil
                dead[task] = flight.row
                givenUp.append(notice)
            } else {
                underWay[task]?.isQueued = true
                again.push(notice)
            }
        }
        return givenUp
    }
}
