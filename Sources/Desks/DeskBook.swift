public import Domain

/// One task on its way to one desk.
public struct Delivery: Sendable, Equatable {
    public var desk: String
    /// 1 for the first time this revision is sent.
    public var attempt: Int
    public var notice: TaskNotice
}

/// Something that befell a desk and that somebody should hear of.
public enum DeskNews: Sendable, Equatable {
    /// It has not been heard of for `DeskTimes.silence`.
    case silent(desk: String)
    /// The task was sent `DeskTimes.attemptsMax` times and never acknowledged.
    case deadLetter(desk: String, task: TaskID, revision: UInt32)
    /// It was away for so long that what it had is forgotten.
    case forgotten(desk: String)
}

/// Which desk is to be told what, and what each has acknowledged.
///
/// The caller hands in what happens, with the time, asks `next` until nothing is left, and takes
/// `changes`, which it must have stored before it sends what `next` gave.
///
/// **Owner**: the desk lane. **Cost**: a revision costs one step for each desk; a delivery as well.
public struct DeskBook: Sendable {
    /// Open tasks, and closed ones that a desk which had them does not know of yet.
    private(set) var tasks: [TaskID: TaskNotice] = [:]
    var desks: [String: Desk] = [:]
    /// Of the desks, in order. Going over the dictionary's own keys would copy it at the first
    /// change on the way.
    var names: [String] = []
    var changes: [DeliveryChange] = []
    private var news: [DeskNews] = []
    /// Dead letters since the start.
    public private(set) var deadLetters: UInt64 = 0

    public init() {}

    public var taskCount: Int { tasks.count }
    /// Whether anything that was sent waits for its acknowledgement.
    public var hasUnderWay: Bool { desks.values.contains { !$0.underWay.isEmpty } }
    public var hasConnected: Bool { desks.values.contains { $0.isConnected } }

    /// What is to be remembered since the last call.
    public mutating func takeChanges() -> [DeliveryChange] {
        defer { changes = [] }
        return changes
    }

    /// What befell since the last call.
    public mutating func takeNews() -> [DeskNews] {
        defer { news = [] }
        return news
    }

    func isConnected(_ desk: String) -> Bool { desks[desk]?.isConnected == true }

    // MARK: Tasks

    /// Takes in a revision that is durable; one that is not newer than what is known is passed
    /// over.
    public mutating func take(_ notice: TaskNotice) {
        var notice = notice
        if let known = tasks[notice.incident] {
            guard notice.row > known.row else { return }
            notice.firstRow = min(known.firstRow, notice.firstRow)
        }
        tasks[notice.incident] = notice
        for name in names { desks[name]?.offer(notice, among: tasks) }
        dropIfOver(notice)
    }

    /// A closed task goes once every desk that had it knows.
    private mutating func dropIfOver(_ notice: TaskNotice) {
        guard notice.isClosed else { return }
        for desk in desks.values {
            if let row = desk.had[notice.incident], row < notice.row { return }
        }
        tasks[notice.incident] = nil
        for name in names { desks[name]?.forget(notice.incident) }
        changes.append(.over(task: notice.incident))
    }

    // MARK: Deliveries

    /// The most urgent task that may be sent now, over all desks; it counts as sent.
    public mutating func next(at now: Timestamp) -> Delivery? {
        var best: (desk: String, notice: TaskNotice)?
        for name in names {
            guard let notice = desks[name]?.next(among: tasks, at: now) else { continue }
            let isFirst = best.map { (Precedence(notice), name) < (Precedence($0.notice), $0.desk) }
            if isFirst ?? true { best = (name, notice) }
        }
        guard let (name, notice) = best else { return nil }
        if desks[name]?.had[notice.incident] == nil {
            desks[name]?.had[notice.incident] = 0
            changes.append(.had(desk: name, task: notice.incident, row: 0, revision: 0))
        }
        let attempt = desks[name]?.start(notice, at: now) ?? 1
        return Delivery(desk: name, attempt: attempt, notice: notice)
    }

    /// What `next` gave found no room on the way; it will be tried again.
    public mutating func stall(_ delivery: Delivery, at now: Timestamp) {
        desks[delivery.desk]?.stall(delivery.notice.incident, at: now)
    }

    /// The desk has a revision. False when it is none that was sent and still matters.
    public mutating func acknowledge(
        _ task: TaskID, revision: UInt32, by desk: String, at now: Timestamp
    ) -> Bool {
        hear(desk, at: now)
        guard let notice = tasks[task],
            let row = desks[desk]?.row(ofRevision: revision, of: notice)
        else { return false }
        desks[desk]?.acknowledge(notice, row: row)
        changes.append(.had(desk: desk, task: task, row: row, revision: revision))
        dropIfOver(notice)
        return true
    }

    // MARK: Desks

    /// A desk is there, for the first time or again. Gives how many tasks wait for it.
    ///
    /// **Fails**: `tooManyDesks`.
    public mutating func subscribe(
        _ name: String, _ subscription: Subscription, at now: Timestamp
    ) throws(DeskRefusal) -> Int {
        var desk: Desk
        if let known = desks[name] {
            desk = known
        } else {
            guard desks.count < DeskLimits.desksMax else {
                throw DeskRefusal(
                    .tooManyDesks, at: "/desk",
                    "there are \(DeskLimits.desksMax) desks already; those that leave with "
                        + "\"forget\": true, or are away for a week, make room")
            }
            desk = Desk(heard: now)
            add(name)
        }
        desk.subscription = subscription
        if subscription.wantsSnapshot { forgetOpenTasks(of: &desk, named: name) }
        desk.arrive(tasks, at: now)
        desk.marked = now
        changes.append(.heard(desk: name))
        desks[name] = desk
        return tasks.values.count { desk.wants($0) }
    }

    mutating func add(_ name: String) {
        names.insert(name, at: names.firstIndex { $0 > name } ?? names.count)
    }

    private mutating func forgetOpenTasks(of desk: inout Desk, named name: String) {
        for task in desk.had.keys where tasks[task]?.isClosed != true {
            desk.forget(task)
            changes.append(.forgot(desk: name, task: task))
        }
    }

    public mutating func setCredit(_ credit: Int, of desk: String, at now: Timestamp) {
        desks[desk]?.subscription.credit = credit
        hear(desk, at: now)
    }

    /// A sign of life.
    public mutating func hear(_ desk: String, at now: Timestamp) {
        guard isConnected(desk) else { return }
        desks[desk]?.heard = now
    }

    /// The desk has gone; what it has not acknowledged waits.
    public mutating func leave(_ desk: String, at now: Timestamp) {
        guard isConnected(desk) else { return }
        desks[desk]?.leave(at: now)
        changes.append(.heard(desk: desk))
    }

    /// The desk will not come back under this name: nothing of it is remembered.
    public mutating func forget(_ desk: String) {
        guard desks.removeValue(forKey: desk) != nil else { return }
        names.removeAll { $0 == desk }
        changes.append(.left(desk: desk))
        for notice in Array(tasks.values) { dropIfOver(notice) }
    }

    // MARK: Time

    /// Lets time pass: flights fall due, silent desks go, long absent ones are forgotten.
    public mutating func advance(to now: Timestamp) {
        for name in names {
            let quiet = now - (desks[name]?.heard ?? now)
            if !isConnected(name) {
                if quiet > DeskTimes.remembered {
                    forget(name)
                    news.append(.forgotten(desk: name))
                }
            } else if quiet > DeskTimes.silence {
                leave(name, at: now)
                news.append(.silent(desk: name))
            } else {
                wake(name, at: now)
            }
        }
    }

    private mutating func wake(_ name: String, at now: Timestamp) {
        if now - (desks[name]?.marked ?? now) > DeskTimes.markEvery {
            desks[name]?.marked = now
            changes.append(.heard(desk: name))
        }
        for notice in desks[name]?.wake(tasks, at: now) ?? [] {
            deadLetters += 1
            news.append(
                .deadLetter(desk: name, task: notice.incident, revision: notice.revision))
        }
    }
}
