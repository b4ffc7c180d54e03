import Domain
import Foundation
import GRDB
import Lanes
import Testing

@testable import Journal

@Suite struct FeedbackRecordTests {
    static let detail = #"{"id":"f-1","by":"E-12","outcome":"confirmed","desk":"north"}"#

    @Test func aFeedbackComesBackWithItsWords() throws {
        let fixture = try JournalFixture()
        let progress = try fixture.run { writer in
            writer.alert(1, "{}")
            writer.feedback(1, incident: 5, id: "f-1", Self.detail)
        }
        #expect(progress.records == 2)
        let row = try #require(
            try fixture.reader().database.read {
                try Row.fetchOne($0, sql: "SELECT * FROM feedbacks")
            })
        let expected: [(String, String?)] = [
            ("incident", "00000000000000f00000000000000005"), ("reported", "resolved"),
            ("stage", "closed"), ("feedback", "f-1"), ("detail", Self.detail), ("unit", "E-12"),
            ("desk", "north"), ("outcome", "confirmed"), ("reason", nil),
            ("time", "2026-05-25T13:42:11.001000000Z"),
        ]
        for (column, text) in expected {
            let found: String? = row[column]
            #expect(found == text, "\(column)")
        }
    }

    @Test func theJournalCountsWhatTheRingPublished() throws {
        let fixture = try JournalFixture()
        var published: UInt64 = 0
        let progress = try fixture.run { writer in
            for sequence in UInt64(1)...300 {
                writer.alert(sequence, String(repeating: "x", count: Int(sequence) * 7))
                writer.feedback(sequence, incident: sequence, id: "f", Self.detail)
            }
            published = writer.committed
        }
        #expect(published == 600)
        #expect(progress.records == published)
    }

    @Test func aJournalOfBeforeGetsTheTable() throws {
        let fixture = try JournalFixture()
        _ = try fixture.run { $0.alert(1, "{}") }
        let old = try DatabaseQueue(path: fixture.settings.path)
        try old.write { db in
            try db.execute(sql: "DROP VIEW feedbacks; DROP TABLE feedback; DROP TABLE stage")
            try db.execute(
                sql: "DELETE FROM grdb_migrations WHERE identifier = '3: feedback'")
        }
        try old.close()
        _ = try fixture.run { $0.feedback(1, incident: 5, id: "f-1", Self.detail) }
        let count = try fixture.reader().database.read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM feedbacks")
        }
        #expect(count == 1)
    }

    @Test func anIdThatIsLongerThanItsRecordEndsTheJournal() throws {
        let fixture = try JournalFixture()
        #expect(throws: JournalFailure.self) {
            _ = try fixture.run { writer in
                writer.feedback(1, incident: 5, id: "f-1", Self.detail, idBytes: 500)
            }
        }
    }

    @Test func feedbackGoesWithItsTask() throws {
        let fixture = try JournalFixture()
        _ = try fixture.run { writer in
            writer.task(1, incident: 5, revision: 1, .open, "{}")
            writer.feedback(1, incident: 5, id: "f-1", Self.detail)
            // The newest task stays, however old.
            writer.task(2, incident: 6, revision: 1, .open, "{}")
        }
        let store = try JournalStore(fixture.settings, .sample())
        let before = Timestamp.at(1)
        _ = try store.trim(before: before)
        func count() throws -> Int? {
            try store.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM feedback") }
        }
        #expect(try count() == 1)
        _ = try store.trim(before: Timestamp.at(1000))
        #expect(try count() == 0)
        try store.database.close()
    }
}
