import Domain
import Foundation
import Testing

@testable import Journal

@Suite("What is remembered of desks")
struct DeliveryStoreTests {
    private let fixture: JournalFixture

    init() throws { fixture = try JournalFixture() }

    private func task(_ number: UInt64) -> TaskID { TaskID(high: 0xF0, low: number) }

    private var path: String { DeliveryStore.path(besideJournal: fixture.settings.path) }

    /// Tasks 1 to `count` in rows 1 to `count`.
    private func journal(_ count: UInt64, epoch: UInt64 = 0xAB) throws {
        _ = try fixture.run(epoch: epoch) { writer in
            for number in 1...count {
                writer.task(number, incident: number, revision: 1, .open, "{}")
            }
        }
    }

    private func store() throws -> DeliveryStore {
        try DeliveryStore(path: path, of: try fixture.reader())
    }

    private func had(_ store: DeliveryStore) throws -> [String: [TaskID: Int64]] {
        let all = try store.remembered().map { ($0.desk, $0.had) }
        return Dictionary(uniqueKeysWithValues: all)
    }

    @Test("What was written is there after a restart, and only that")
    func restart() throws {
        try journal(3)
        let first = try store()
        try first.write(
            [
                .heard(desk: "east"), .heard(desk: "west"), .heard(desk: "north"),
                .had(desk: "east", task: task(1), row: 0, revision: 0),
                .had(desk: "east", task: task(1), row: 1, revision: 1),
                .had(desk: "east", task: task(2), row: 2, revision: 1),
                .had(desk: "west", task: task(2), row: 0, revision: 0),
                .had(desk: "west", task: task(3), row: 3, revision: 1),
                .had(desk: "north", task: task(3), row: 3, revision: 1),
                .forgot(desk: "east", task: task(2)), .over(task: task(3)), .left(desk: "north"),
            ], at: .at(5))
        try first.close()
        let second = try store()
        #expect(try had(second) == ["east": [task(1): 1], "west": [task(2): 0]])
        #expect(try second.remembered().allSatisfy { $0.heard == .at(5) })
    }

    @Test("Rows that the journal has not are forgotten: it is from another time")
    func olderJournal() throws {
        try journal(2)
        let first = try store()
        try first.write(
            [
                .heard(desk: "east"), .had(desk: "east", task: task(1), row: 1, revision: 1),
                .had(desk: "east", task: task(2), row: 7, revision: 1),
            ], at: .at(5))
        try first.close()
        #expect(try had(store()) == ["east": [task(1): 1]])
    }

    @Test("Another journal at the same place begins with what no desk has had")
    func otherJournal() throws {
        try journal(2)
        let first = try store()
        try first.write(
            [.heard(desk: "east"), .had(desk: "east", task: task(1), row: 1, revision: 1)],
            at: .at(5))
        try first.close()
        for ending in ["", "-wal", "-shm"]
        where FileManager.default.fileExists(
            atPath: fixture.settings.path + ending)
        { try FileManager.default.removeItem(atPath: fixture.settings.path + ending) }
        try journal(2, epoch: 0xCD)
        #expect(try had(store()) == ["east": [:]])
    }

    @Test("A file that is none of ours is a failure that names the operation")
    func foreignFile() throws {
        try journal(1)
        try Data("not a database, and long enough to see that".utf8).write(to: URL(filePath: path))
        let failure = #expect(throws: JournalFailure.self) { try store() }
        #expect(failure.map { "\($0)".hasPrefix("journal open") } == true)
    }

    @Test("The journal gives what is open, what came later, and the age of a task")
    func reading() throws {
        _ = try fixture.run { writer in
            writer.task(1, incident: 1, revision: 1, .open, "{}")
            writer.task(2, incident: 2, revision: 1, .open, "{}")
            writer.task(3, incident: 1, revision: 2, .update, "{}")
            writer.task(4, incident: 2, revision: 2, .close, "{}")
        }
        let reader = try fixture.reader()
        let open = try reader.openTasks()
        #expect(open.map(\.row) == [3] && open.map(\.firstRow) == [1])
        #expect(try reader.latest(ofIncident: task(2).hexadecimal)?.row == 4)
        #expect(try reader.latest(ofIncident: task(9).hexadecimal) == nil)
        #expect(try reader.taskRevisions(after: 1, atMost: 2).map(\.row) == [2, 3])
        #expect(try reader.lastTaskRow() == 4)
    }
}
