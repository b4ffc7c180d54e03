import Domain
import Testing

@testable import Desks

/// A generator with a seed, so that a failure can be had again (SplitMix64).
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}

/// The book against a journal, a store and desks of the plainest kind: any message may be lost, the
/// server may start anew at any time.
@Suite("The book of desks under random losses and restarts")
struct DeskModelTests {
    @Test(
        "The latest that matches arrives, what is acknowledged does not come again, in order",
        arguments: UInt64(1)...40)
    func randomized(seed: UInt64) throws {
        var world = World(seed: seed)
        for _ in 0..<400 { try world.step() }
        try world.settle()
    }
}

private struct World {
    var random: Seeded
    var book = DeskBook()
    var now = at(0)
    var row: Int64 = 0
    /// The journal: every revision.
    var journal: [TaskNotice] = []
    /// What was stored: desk, task, row.
    var stored: [String: [TaskID: Int64]] = [:]
    /// What each desk has received, and what the server took in of its acknowledgements.
    var received: [String: [TaskID: UInt32]] = [:]
    var acknowledged: [String: [TaskID: UInt32]] = [:]
    var credit: [String: Int] = [:]
    let names = ["a", "b", "c"]

    init(seed: UInt64) { random = Seeded(state: seed) }

    var latest: [TaskID: TaskNotice] {
        journal.reduce(into: [:]) { $0[$1.incident] = $1 }
    }

    mutating func step() throws {
        now = now + .milliseconds(Int64.random(in: 1...1500, using: &random))
        book.advance(to: now)
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<35: write()
        case 35..<45: try subscribe(names.randomElement(using: &random) ?? "a")
        case 45..<48: book.leave(names.randomElement(using: &random) ?? "a", at: now)
        case 48..<50: restart()
        case 50..<55:
            let desk = names.randomElement(using: &random) ?? "a"
            if book.isConnected(desk) {
                credit[desk] = Int.random(in: 1...4, using: &random)
                book.setCredit(credit[desk] ?? 1, of: desk, at: now)
            }
        default: for desk in names where random.chance(80) { book.hear(desk, at: now) }
        }
        try deliver(loss: 30)
    }

    /// A revision of a new or a known task.
    mutating func write() {
        row += 1
        let open = latest.values.filter { !$0.isClosed }.sorted { $0.row < $1.row }
        let priority = Priority.allCases.randomElement(using: &random) ?? .p3
        if let known = open.randomElement(using: &random), random.chance(60) {
            let operation: TaskOperation = random.chance(30) ? .close : .update
            journal.append(
                notice(
                    known.incident.low, revision: known.revision + 1, row: row, priority, operation)
            )
        } else {
            journal.append(notice(UInt64(row), row: row, priority))
        }
        book.take(journal[journal.count - 1])
    }

    mutating func subscribe(_ desk: String) throws {
        let amount = Int.random(in: 1...4, using: &random)
        credit[desk] = amount
        _ = try book.subscribe(desk, filter(desk, amount), at: now)
    }

    /// Desk b wants the urgent ones only; the others all.
    func filter(_ desk: String, _ credit: Int) -> Subscription {
        subscription(credit: credit, priorityMax: desk == "b" ? .p2 : .p5)
    }

    /// Sends all that may be sent; each message and each acknowledgement may be lost.
    mutating func deliver(loss: Int) throws {
        var last: (Precedence, String)?
        while true {
            let before = book.desks.mapValues { Set($0.underWay.keys) }
            guard let delivery = book.next(at: now) else { break }
            store()
            let (desk, notice) = (delivery.desk, delivery.notice)
            let wasUnderWay = before[desk]?.contains(notice.incident) == true
            #expect(latest[notice.incident] == withFirstRow(notice), "only the latest is sent")
            let had = acknowledged[desk]?[notice.incident] ?? 0
            #expect(notice.revision > had, "\(desk) acknowledged \(had) of \(notice.incident.low)")
            let flights = book.standings(at: now).first { $0.desk == desk }?.underWay ?? 0
            if !wasUnderWay { #expect(flights <= credit[desk] ?? 0, "the credit of \(desk)") }
            if !wasUnderWay, last.map({ $0.1 == desk }) ?? false, let last {
                #expect(last.0 < Precedence(notice) || last.0 == Precedence(notice), "in order")
            }
            last = (Precedence(notice), desk)
            if random.chance(loss) { continue }
            received[desk, default: [:]][notice.incident] = notice.revision
            if random.chance(loss) { continue }
            if book.acknowledge(
                notice.incident, revision: notice.revision, by: desk, at: now)
            {
                acknowledged[desk, default: [:]][notice.incident] = notice.revision
                // Room is made, and something more urgent may come of it.
                last = nil
            }
            store()
        }
        store()
    }

    private func withFirstRow(_ notice: TaskNotice) -> TaskNotice {
        var same = notice
        same.firstRow = notice.row
        return same
    }

    /// As the store does.
    mutating func store() {
        for change in book.takeChanges() {
            switch change {
            case .heard(let desk): stored[desk, default: [:]].merge([:]) { $1 }
            case .had(let desk, let task, let row, _): stored[desk, default: [:]][task] = row
            case .forgot(let desk, let task): stored[desk]?[task] = nil
            case .left(let desk): stored[desk] = nil
            case .over(let task): for desk in stored.keys { stored[desk]?[task] = nil }
            }
        }
    }

    mutating func restart() {
        store()
        book = DeskBook()
        for (desk, had) in stored { book.restore(desk, had: had, goneAt: now) }
        let known = Set(stored.values.flatMap(\.keys))
        for var notice in latest.values where !notice.isClosed || known.contains(notice.incident) {
            let first = journal.first { $0.incident == notice.incident }
            notice.firstRow = first?.row ?? notice.row
            book.take(notice)
        }
        book.forgetUnknownTasks()
        store()
    }

    /// Nothing more is lost: in the end everybody has what matters, and nothing is left.
    mutating func settle() throws {
        for desk in names { try subscribe(desk) }
        for _ in 0..<200 {
            now = now + .seconds(1)
            for desk in names { book.hear(desk, at: now) }
            book.advance(to: now)
            try deliver(loss: 0)
        }
        for desk in names {
            for notice in latest.values {
                let has = received[desk]?[notice.incident]
                let matches = !notice.isClosed && filter(desk, 1).matches(notice)
                if matches || has != nil { #expect(has == notice.revision, "\(desk) \(notice)") }
            }
        }
        let standings = book.standings(at: now)
        #expect(standings.allSatisfy { $0.waiting == 0 && $0.underWay == 0 })
        #expect(book.taskCount == latest.values.count { !$0.isClosed })
    }
}
