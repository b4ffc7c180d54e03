import Domain
import Testing

@testable import Desks

@Suite("The book of desks")
struct DeskBookTests {
    private let book = Office()

    private func east(_ subscription: Subscription = Subscription()) throws {
        _ = try book.subscribe("east", subscription, at: at(0))
    }

    @Test("Tasks go out most urgent first, then the older, over all desks")
    func order() throws {
        try east()
        _ = try book.subscribe("west", subscription(priorityMax: .p2), at: at(0))
        for (number, priority) in [(1, Priority.p3), (2, .p1), (3, .p5), (4, .p1), (5, .p2)] {
            book.take(notice(UInt64(number), row: Int64(number), priority))
        }
        #expect(
            book.drain(at: at(0)) == [
                "east:2#1/1", "west:2#1/1", "east:4#1/1", "west:4#1/1", "east:5#1/1",
                "west:5#1/1", "east:1#1/1", "east:3#1/1",
            ])
    }

    @Test("A task stays as old as its first revision, whatever changes later")
    func age() throws {
        book.take(notice(1, row: 1))
        book.take(notice(2, row: 2))
        book.take(notice(1, revision: 2, row: 3, .p3, .update))
        try east()
        #expect(book.drain(at: at(0)) == ["east:1#2/1", "east:2#1/1"])
    }

    @Test("No more is under way than the credit, and each acknowledgement makes room")
    func credit() throws {
        try east(subscription(credit: 2))
        for number in 1...4 { book.take(notice(UInt64(number), row: Int64(number))) }
        #expect(book.drain(at: at(0)) == ["east:1#1/1", "east:2#1/1"])
        #expect(book.acknowledge(2, 1, by: "east", at: 1))
        #expect(book.drain(at: at(1)) == ["east:3#1/1"])
        book.setCredit(3, of: "east", at: at(1))
        #expect(book.drain(at: at(1)) == ["east:4#1/1"])
    }

    @Test("What is not acknowledged is sent again after 5, 10, 20, 40 and then every 60 seconds")
    func resending() throws {
        try east()
        book.take(notice(1, row: 1))
        var sent: [Int] = []
        for second in 0...200 {
            book.hear("east", at: at(Double(second)))
            book.advance(to: at(Double(second)))
            if !book.drain(at: at(Double(second))).isEmpty { sent.append(second) }
        }
        #expect(sent == [0, 5, 15, 35, 75, 135, 195])
        #expect(book.acknowledge(1, 1, by: "east", at: 200))
        book.advance(to: at(300))
        #expect(book.drain(at: at(300)).isEmpty)
    }

    @Test("After twenty attempts it is a dead letter, until the desk subscribes anew")
    func deadLetter() throws {
        try east(subscription(credit: 1))
        book.take(notice(1, row: 1, .p1))
        book.take(notice(2, row: 2, .p2))
        var (attempts, news) = (0, [DeskNews]())
        for second in 0...1300 {
            book.hear("east", at: at(Double(second)))
            book.advance(to: at(Double(second)))
            attempts += book.drain(at: at(Double(second))).count { $0.hasPrefix("east:1#") }
            news += book.takeNews()
        }
        #expect(attempts == 20)
        #expect(news == [.deadLetter(desk: "east", task: task(1), revision: 1)])
        #expect(book.deadLetters == 1 && book.standings(at: at(1300))[0].deadLetters == 1)
        // Its credit is free for others.
        #expect(book.standings(at: at(1300))[0].underWay == 1)
        try east(subscription(credit: 1))
        #expect(book.drain(at: at(1300)) == ["east:1#1/1"])
    }

    @Test("A newer revision takes a dead letter's place, and may be sent")
    func revivedDeadLetter() throws {
        try east()
        book.take(notice(1, row: 1))
        for second in 0...1300 {
            book.hear("east", at: at(Double(second)))
            book.advance(to: at(Double(second)))
            _ = book.drain(at: at(Double(second)))
        }
        #expect(book.standings(at: at(1300))[0].deadLetters == 1)
        book.take(notice(1, revision: 2, row: 2, .p1, .update))
        #expect(book.drain(at: at(1300)) == ["east:1#2/1"])
        #expect(book.standings(at: at(1300))[0].deadLetters == 0)
    }

    @Test("A newer revision replaces the one that waits, and follows the one under way")
    func coalescing() throws {
        try east(subscription(credit: 1))
        book.take(notice(1, row: 1, .p1))
        book.take(notice(2, row: 2))
        book.take(notice(2, revision: 2, row: 3, .p2, .update))
        #expect(book.drain(at: at(0)) == ["east:1#1/1"])
        book.take(notice(1, revision: 2, row: 4, .p1, .update))
        book.take(notice(1, revision: 3, row: 5, .p1, .update))
        book.advance(to: at(0.5))
        #expect(book.drain(at: at(0.5)).isEmpty)
        book.advance(to: at(1))
        #expect(book.drain(at: at(1)) == ["east:1#3/1"])
        // The answer to the first one comes late, and says nothing of the third.
        #expect(!book.acknowledge(1, 1, by: "east", at: 1.5))
        #expect(book.acknowledge(1, 3, by: "east", at: 2))
        #expect(book.drain(at: at(2)) == ["east:2#2/1"])
    }

    @Test("Acknowledged before the newer one went out, it is sent at once")
    func acknowledgedThenNewer() throws {
        try east()
        book.take(notice(1, row: 1))
        _ = book.drain(at: at(0))
        book.take(notice(1, revision: 2, row: 2, .p3, .update))
        #expect(book.acknowledge(1, 1, by: "east", at: 0.1))
        #expect(book.drain(at: at(0.1)) == ["east:1#2/1"])
    }

    @Test("A desk that was away gets what it missed, the latest revision only, and no more")
    func away() throws {
        try east()
        for number in 1...3 { book.take(notice(UInt64(number), row: Int64(number))) }
        _ = book.drain(at: at(0))
        for number in 1...3 { #expect(book.acknowledge(UInt64(number), 1, by: "east", at: 1)) }
        book.leave("east", at: at(2))
        book.take(notice(1, revision: 2, row: 4, .p3, .update))
        book.take(notice(1, revision: 3, row: 5, .p3, .update))
        book.take(notice(2, revision: 2, row: 6, .p3, .close))
        book.take(notice(4, row: 7))
        book.take(notice(4, revision: 2, row: 8, .p3, .close))
        book.take(notice(5, row: 9, .p1))
        #expect(book.drain(at: at(3)).isEmpty)
        #expect(try book.subscribe("east", Subscription(), at: at(4)) == 3)
        #expect(book.drain(at: at(4)) == ["east:5#1/1", "east:1#3/1", "east:2#2/1"])
    }

    @Test("With a snapshot all open tasks come, whatever was acknowledged")
    func snapshot() throws {
        try east()
        for number in 1...2 { book.take(notice(UInt64(number), row: Int64(number))) }
        _ = book.drain(at: at(0))
        for number in 1...2 { #expect(book.acknowledge(UInt64(number), 1, by: "east", at: 1)) }
        #expect(try book.subscribe("east", subscription(snapshot: true), at: at(2)) == 2)
        #expect(book.drain(at: at(2)) == ["east:1#1/1", "east:2#1/1"])
    }

    @Test("A closed task is forgotten once all who had it know")
    func over() throws {
        try east()
        _ = try book.subscribe("west", Subscription(), at: at(0))
        book.take(notice(1, row: 1))
        _ = book.drain(at: at(0))
        #expect(book.acknowledge(1, 1, by: "east", at: 0))
        #expect(book.acknowledge(1, 1, by: "west", at: 0))
        book.take(notice(1, revision: 2, row: 2, .p3, .close))
        #expect(book.drain(at: at(1)) == ["east:1#2/1", "west:1#2/1"])
        #expect(book.acknowledge(1, 2, by: "east", at: 1))
        _ = book.takeChanges()
        #expect(book.taskCount == 1)
        #expect(book.acknowledge(1, 2, by: "west", at: 1))
        #expect(book.taskCount == 0)
        #expect(book.takeChanges().last == .over(task: task(1)))
        #expect(!book.acknowledge(1, 2, by: "west", at: 2))
    }

    @Test("A task that a desk has had is told to its end, also when it no longer matches")
    func outgrown() throws {
        try east(subscription(priorityMax: .p2))
        book.take(notice(1, row: 1, .p2))
        _ = book.drain(at: at(0))
        #expect(book.acknowledge(1, 1, by: "east", at: 0))
        book.take(notice(1, revision: 2, row: 2, .p4, .update))
        book.take(notice(2, row: 3, .p4))
        #expect(book.drain(at: at(1)) == ["east:1#2/1"])
    }

    @Test("A silent desk is gone after 15 seconds, and holds nobody up")
    func silence() throws {
        try east(subscription(credit: 1))
        _ = try book.subscribe("west", Subscription(), at: at(0))
        for second in 1...15 { book.hear("west", at: at(Double(second))) }
        book.take(notice(1, row: 1))
        #expect(book.drain(at: at(15)) == ["east:1#1/1", "west:1#1/1"])
        book.advance(to: at(15.1))
        #expect(book.takeNews() == [.silent(desk: "east")])
        book.take(notice(2, row: 2))
        #expect(book.drain(at: at(16)) == ["west:2#1/1"])
        try east()
        #expect(book.drain(at: at(20)) == ["east:1#1/1", "east:2#1/1"])
    }

    @Test("A connection that takes no more is left alone for a second, and the attempt not counted")
    func stalled() throws {
        try east()
        book.take(notice(1, row: 1))
        let delivery = try #require(book.next(at: at(0)))
        book.stall(delivery, at: at(0))
        book.advance(to: at(0.9))
        #expect(book.drain(at: at(0.9)).isEmpty)
        book.advance(to: at(1))
        #expect(book.drain(at: at(1)) == ["east:1#1/1"])
    }

    @Test("There is a bound on desks; one that leaves for good makes room")
    func bound() throws {
        for number in 0..<DeskLimits.desksMax {
            _ = try book.subscribe("d\(number)", Subscription(), at: at(0))
        }
        let refusal = #expect(throws: DeskRefusal.self) {
            try book.subscribe("one-more", Subscription(), at: at(0))
        }
        #expect(refusal?.code == .tooManyDesks)
        book.forget("d7")
        #expect(try book.subscribe("one-more", Subscription(), at: at(0)) == 0)
    }

    @Test("A desk that is away for a week is forgotten, and with it what only it had")
    func forgotten() throws {
        try east()
        book.take(notice(1, row: 1))
        _ = book.drain(at: at(0))
        book.leave("east", at: at(0))
        book.take(notice(1, revision: 2, row: 2, .p3, .close))
        book.advance(to: at(7 * 86_400))
        #expect(book.taskCount == 1)
        book.advance(to: at(7 * 86_400 + 1))
        #expect(book.taskCount == 0 && book.takeNews() == [.forgotten(desk: "east")])
    }

    @Test("What an earlier run remembered counts; what it had of vanished tasks does not")
    func restored() {
        book.restore("east", had: [task(1): 1, task(2): 2, task(9): 9], goneAt: at(-60))
        book.take(notice(1, row: 1))
        book.take(notice(2, revision: 2, row: 5, .p3, .close))
        book.take(notice(3, row: 3))
        book.forgetUnknownTasks()
        #expect(book.takeChanges() == [.over(task: task(9))])
        #expect(throws: Never.self) { try book.subscribe("east", Subscription(), at: at(0)) }
        #expect(book.drain(at: at(0)) == ["east:3#1/1", "east:2#2/1"])
    }

    @Test(
        "A filter is by area, category and priority",
        arguments: [
            (["NYC/3/"], true), (["NYC/"], true), (["NYC/31/"], false),
            (["NYC/4/", "NYC/3/"], true),
            ([], true),
        ])
    func areas(_ areas: [String], _ matches: Bool) {
        #expect(subscription(areas: areas).matches(notice(1, row: 1)) == matches)
        var other = subscription(areas: areas)
        other.categories = [.cyberSecurity]
        #expect(!other.matches(notice(1, row: 1)))
        #expect(!subscription(priorityMax: .p2, areas: areas).matches(notice(1, row: 1)))
    }
}
