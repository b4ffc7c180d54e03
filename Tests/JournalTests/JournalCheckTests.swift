import Domain
import Foundation
import GRDB
import Testing

@testable import Journal

@Suite struct JournalCheckTests {
    /// Alerts of three runs, with tasks, scores and feedback.
    static func journal() throws -> JournalFixture {
        let fixture = try JournalFixture()
        for run in UInt64(1)...3 {
            for part in UInt64(0)..<3 {
                _ = try fixture.run(epoch: run * 10 + part) { writer in
                    for number in UInt64(1)...6 {
                        writer.alert(number, #"{"id":"\#(run)-\#(part)-\#(number)"}"#)
                    }
                    let incident = run * 10 + part
                    for revision in UInt32(1)...3 {
                        writer.task(6, incident: incident, revision: revision, .update, "{}")
                    }
                    writer.score(6, cell: "C/1/", 12_500, from: 0)
                    writer.feedback(6, incident: incident, id: "f", FeedbackRecordTests.detail)
                }
            }
        }
        return fixture
    }

    static func verdict(_ path: String) throws -> JournalVerdict {
        let reader = try JournalReader(path: path)
        var check = JournalCheck(reader)
        let verdict = try check.run { _, _, _ in }
        try reader.close()
        return verdict
    }

    private static func change(_ fixture: JournalFixture, _ sql: String) throws {
        let database = try DatabaseQueue(path: fixture.settings.path)
        try database.write { try $0.execute(sql: sql) }
        try database.close()
    }

    @Test func `a journal as servers write it is clean`() throws {
        let fixture = try Self.journal()
        let verdict = try Self.verdict(fixture.settings.path)
        #expect(verdict.isClean, "\(verdict.findings)")
        #expect(verdict.alerts == 54 && verdict.batches >= 9)
    }

    @Test func `every flipped bit of every batch is found, and the batch named`() throws {
        let fixture = try Self.journal()
        let database = try DatabaseQueue(path: fixture.settings.path)
        let batches = try database.read { db in
            try Row.fetchAll(db, sql: "SELECT id, bytes FROM alert_batch").map {
                ($0[0] as Int64, $0[1] as Data)
            }
        }
        var random = SystemRandomNumberGenerator()
        let reader = try fixture.reader()
        for _ in 0..<1000 {
            let (id, whole) = try #require(batches.randomElement(using: &random))
            let bit = Int.random(in: 0..<whole.count * 8, using: &random)
            var bytes = whole
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            try Self.put(bytes, into: id, of: database)
            let damage = try reader.damage()
            #expect(damage.map(\.batch) == [id], "bit \(bit)")
            #expect(damage.map(\.fault) == [.changed] && damage[0].lost != nil, "bit \(bit)")
            try Self.put(whole, into: id, of: database)
        }
        #expect(try reader.damage().isEmpty)
    }

    private static func put(_ bytes: Data, into id: Int64, of database: DatabaseQueue) throws {
        try database.write {
            try $0.execute(
                sql: "UPDATE alert_batch SET bytes = ? WHERE id = ?", arguments: [bytes, id])
        }
    }

    /// Pages have room that nobody uses; a bit there may flip, but then nothing reads otherwise.
    @Test func `a bit of the file that flips under the alerts is found, or changes no alert`()
        throws
    {
        let fixture = try Self.journal()
        let path = fixture.settings.path
        let whole = try Data(contentsOf: URL(filePath: path))
        let pages = try DatabaseQueue(path: path).read { db in
            try Int.fetchAll(db, sql: "SELECT pageno FROM dbstat WHERE name = 'alert_batch'")
        }
        let alerts = try fixture.reader().alerts().map(\.message)
        let other = fixture.directory.appending(component: "flipped.sqlite").path
        var found = 0
        for _ in 0..<400 {
            let page = try #require(pages.randomElement())
            let bit = (page - 1) * 16_384 * 8 + Int.random(in: 0..<16_384 * 8)
            var bytes = whole
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            try bytes.write(to: URL(filePath: other))
            let isFound = try Self.isFound(other)
            found += isFound ? 1 : 0
            if isFound { continue }
            let read = try JournalReader(path: other).alerts().map(\.message)
            #expect(read == alerts, "bit \(bit) changed alerts, and nobody saw it")
        }
        #expect(found > 0)
    }

    private static func isFound(_ path: String) throws -> Bool {
        do throws(JournalFailure) {
            let reader = try JournalReader(path: path)
            var check = JournalCheck(reader)
            return !(try check.run { _, _, _ in }.isClean)
        } catch {
            return true
        }
    }

    @Test(
        arguments: [
            ("DELETE FROM alert_batch WHERE id = 3", "alert_batch", "before this one are missing"),
            ("UPDATE alert_batch SET checksum = 5 WHERE id = 4", "alert_batch", "not those that"),
            ("UPDATE alert_batch SET count = 9 WHERE id = 4", "alert_batch", "count, positions"),
            ("UPDATE alert_batch SET received = 9 WHERE id = 4", "alert_batch", "times or run"),
            ("UPDATE alert_batch SET bytes = 'x' WHERE id = 4", "alert_batch", "not those that"),
            ("UPDATE alert_batch SET bytes = 7 WHERE id = 4", "alert_batch", "cannot be read"),
            ("UPDATE alert_batch SET count = 'x' WHERE id = 4", "alert_batch", "cannot be read"),
            ("UPDATE alert_batch SET run = 77 WHERE id = 9", "alert_batch", "run 77 is unknown"),
            ("DELETE FROM task_revision WHERE id = 2", "task_revision", "follows revision 1"),
            ("DELETE FROM task_revision WHERE id = 4", "task_revision", "has none before it"),
            (
                "UPDATE task_revision SET revision = 1 WHERE id = 2", "task_revision",
                "revision 1 of"
            ),
            ("UPDATE task_revision SET message = '{' WHERE id = 2", "task_revision", "no server"),
            ("UPDATE task_revision SET operation = 77 WHERE id = 2", "task_revision", "no server"),
            ("UPDATE score_change SET warning = 77 WHERE id = 2", "score_change", "no server"),
            ("UPDATE feedback SET detail = 'x' WHERE id = 2", "feedback", "no server"),
            ("UPDATE feedback SET stage = 77 WHERE id = 2", "feedback", "no server"),
        ] as [(String, String, String)])
    func `what no server writes is found`(sql: String, table: String, problem: String) throws {
        let fixture = try Self.journal()
        try Self.change(fixture, sql)
        let findings = try Self.verdict(fixture.settings.path).findings
        #expect(
            findings.contains {
                $0.table == table && $0.row != nil && $0.problem.contains(problem)
                    && !$0.advice.isEmpty
            }, "\(findings)")
    }

    @Test func `what is lost is told with its positions and times`() throws {
        let fixture = try JournalFixture()
        for epoch in UInt64(1)...3 {
            _ = try fixture.run(epoch: epoch) { $0.alert(epoch * 10, "{}") }
        }
        try Self.change(fixture, "UPDATE alert_batch SET bytes = x'00' WHERE id = 2")
        let lost = try #require(try fixture.reader().damage().first?.lost)
        #expect(lost.run == 2 && lost.positions == 20...20)
        #expect(lost.from == lost.to && lost.from.nanoseconds == Timestamp.at(20).nanoseconds + 500)
    }

    @Test func `the end of a run that ended says that its last alerts are missing`() throws {
        let fixture = try JournalFixture()
        _ = try fixture.run { writer in
            writer.alert(1, "{}")
            Thread.sleep(forTimeInterval: 0.1)
            writer.alert(2, "{}")
        }
        try #require(try fixture.reader().counts().alertBatches == 2)
        try Self.change(fixture, "DELETE FROM alert_batch WHERE id = 2")
        let findings = try Self.verdict(fixture.settings.path).findings
        #expect(
            findings.map(\.problem) == [
                "alerts of run 1 behind position 1 are missing, up to 2"
            ])
    }

    @Test func `alerts around a hole are handed on, and the hole is told`() throws {
        let fixture = try JournalFixture()
        for epoch in UInt64(1)...5 {
            _ = try fixture.run(epoch: epoch) { $0.alert(1, "run \(epoch)") }
        }
        try Self.change(
            fixture,
            "UPDATE alert_batch SET bytes = x'00' WHERE id = 2; DELETE FROM alert_batch WHERE id = 4"
        )
        var told: [String] = []
        try fixture.reader().forEachAlert {
            told.append("\($0.fault) \($0.batch)")
        } _: { _, text in
            told.append(text.text(0, text.count))
        }
        #expect(told == ["run 1", "changed 2", "run 3", "missingBefore 5", "run 5"])
    }

    @Test func `a clock that was set back leaves no hole`() throws {
        let fixture = try JournalFixture()
        for (epoch, time) in [(1, 1000), (2, 5000), (3, 2000), (4, 6000)] as [(UInt64, UInt64)] {
            _ = try fixture.run(epoch: epoch) { $0.alert(time, "\(epoch)") }
        }
        var seen: [String] = []
        try fixture.reader().forEachAlert(since: .at(4000)) { _, text in
            seen.append(text.text(0, text.count))
        }
        #expect(seen == ["2", "3", "4"])
    }

    @Test func `a database that is no journal is told apart`() throws {
        let fixture = try JournalFixture()
        try Self.change(fixture, "CREATE TABLE other (id INTEGER)")
        let failure = #expect(throws: JournalFailure.self) {
            try Self.verdict(fixture.settings.path)
        }
        guard case .notAJournal = failure else {
            Issue.record("\(failure.debugDescription)")
            return
        }
    }
}
