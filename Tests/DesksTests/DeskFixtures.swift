import Domain

@testable import Desks

/// So many seconds after the start.
func at(_ seconds: Double) -> Timestamp {
    Timestamp(nanoseconds: Int64(seconds * 1_000_000_000))
}

func task(_ number: UInt64) -> TaskID { TaskID(high: 0, low: number) }

/// A revision of task `number`, in the next row unless it says which.
func notice(
    _ number: UInt64, revision: UInt32 = 1, row: Int64, _ priority: Priority = .p3,
    _ operation: TaskOperation = .open
) -> TaskNotice {
    var notice = TaskNotice(
        row: row, incident: task(number), revision: revision, operation: operation,
        topic: "task/v1/json/NYC/3/P\(priority.rawValue)/")
    notice.priority = priority
    notice.time = at(Double(row))
    notice.message = Array("{\"n\":\(number)}".utf8)
    return notice
}

func subscription(
    credit: Int = 32, snapshot: Bool = false, priorityMax: Priority = .p5, areas: [String] = []
) -> Subscription {
    var subscription = Subscription()
    subscription.credit = credit
    subscription.wantsSnapshot = snapshot
    subscription.priorityMax = priorityMax
    subscription.areas = areas
    return subscription
}

/// A book that expectations may call.
final class Office {
    private var book = DeskBook()

    var taskCount: Int { book.taskCount }
    var deadLetters: UInt64 { book.deadLetters }
    func take(_ notice: TaskNotice) { book.take(notice) }
    func next(at now: Timestamp) -> Delivery? { book.next(at: now) }
    func stall(_ delivery: Delivery, at now: Timestamp) { book.stall(delivery, at: now) }
    func hear(_ desk: String, at now: Timestamp) { book.hear(desk, at: now) }
    func leave(_ desk: String, at now: Timestamp) { book.leave(desk, at: now) }
    func forget(_ desk: String) { book.forget(desk) }
    func advance(to now: Timestamp) { book.advance(to: now) }
    func takeNews() -> [DeskNews] { book.takeNews() }
    func takeChanges() -> [DeliveryChange] { book.takeChanges() }
    func standings(at now: Timestamp) -> [DeskStanding] { book.standings(at: now) }
    func forgetUnknownTasks() { book.forgetUnknownTasks() }

    func setCredit(_ credit: Int, of desk: String, at now: Timestamp) {
        book.setCredit(credit, of: desk, at: now)
    }

    func restore(_ desk: String, had: [TaskID: Int64], goneAt: Timestamp) {
        book.restore(desk, had: had, goneAt: goneAt)
    }

    func subscribe(
        _ desk: String, _ subscription: Subscription, at now: Timestamp
    ) throws(DeskRefusal) -> Int {
        try book.subscribe(desk, subscription, at: now)
    }

    func acknowledge(
        _ number: UInt64, _ revision: UInt32, by desk: String, at now: Double
    ) -> Bool {
        book.acknowledge(
            task(number), revision: revision, by: desk, at: DesksTests.at(now))
    }

    /// Everything that may be sent now, as `desk:task#revision/attempt`.
    func drain(at now: Timestamp) -> [String] {
        var sent: [String] = []
        while let delivery = next(at: now) {
            let notice = delivery.notice
            sent.append(
                "\(delivery.desk):\(notice.incident.low)#\(notice.revision)/\(delivery.attempt)")
        }
        return sent
    }
}
