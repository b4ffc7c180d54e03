import Domain
import Foundation
import GRDB
import Lanes
import Testing

@testable import Journal

@Suite struct JournalTests {
    @Test func `what the engine writes comes back`() throws {
        let fixture = try JournalFixture()
        var counters = IntakeCounters()
        counters.received[1] = 3
        counters.tasksOpened = 1
        let progress = try fixture.run { writer in
            writer.source(0, "acme/site-7/gas-01")
            writer.source(1, "acme/site-7/cam-03")
            writer.alert(1, source: 0, #"{"id":"a"}"#)
            writer.score(1, cell: "C/1/", 12_500, from: 0)
            writer.alert(2, source: 1, #"{"id":"ü"}"#)
            writer.task(2, incident: 5, revision: 1, .open, #"{"revision":1}"#)
            writer.tally(2, counters)
            counters.received[1] = 4
            writer.alert(3, source: 0, "")
            writer.task(3, incident: 5, revision: 2, .update, #"{"revision":2}"#)
            writer.task(3, incident: 6, revision: 1, .open, #"{"revision":1}"#)
            writer.tally(3, counters)
        }
        #expect(progress.durableSequence == 3)
        #expect(progress.records == 11)

        let reader = try fixture.reader()
        var expected = JournalCounts()
        (expected.runs, expected.alerts, expected.sources) = (1, 3, 2)
        (expected.scoreChanges, expected.tasks, expected.taskRevisions) = (1, 2, 3)
        expected.alertBatches = try reader.counts().alertBatches
        #expect(try reader.counts() == expected)
        #expect(expected.alertBatches <= 3)

        let alerts = try reader.alerts()
        #expect(alerts.map(\.message) == [#"{"id":"a"}"#, #"{"id":"ü"}"#, ""])
        #expect(
            alerts[1].alert
                == JournaledAlert(
                    run: 1, sequence: 2, path: .push, time: .at(2),
                    received: Timestamp(nanoseconds: Timestamp.at(2).nanoseconds + 500),
                    cell: CellID(7), source: SourceID(1)))

        let tasks = try reader.tasks()
        #expect(tasks.map(\.message) == [#"{"revision":2}"#, #"{"revision":1}"#])
        let first = try #require(tasks.first)
        #expect(first.incident == "00000000000000f00000000000000005")
        #expect(first.operation == .update && first.revision == 2 && first.sequence == 3)
        #expect(first.rule == "gas@2" && first.category == .publicSafety && first.priority == .p2)
        #expect(first.warning == .orange && first.status == .exercise)
        #expect(first.score == MilliPoints(87_400) && first.topic == "task/v1/json/C/1/P2/")
        #expect(try reader.revisions(ofIncident: first.incident).map(\.revision) == [1, 2])

        #expect(
            try reader.sources(ofRun: 1) == [
                SourceID(0): "acme/site-7/gas-01", SourceID(1): "acme/site-7/cam-03",
            ])
        let tally = try #require(try reader.tally(ofRun: 1))
        #expect(tally.counters == ["received_push": 4, "tasks_opened": 1])
        #expect(tally.received.nanoseconds == Timestamp.at(3).nanoseconds + 500)
        #expect(try reader.tally(ofRun: 2) == nil)
    }

    @Test func `runs follow one another in one file, each with its own end`() throws {
        let fixture = try JournalFixture()
        for epoch in UInt64(1)...3 {
            _ = try fixture.run(epoch: epoch) { writer in
                for sequence in UInt64(1)...2 { writer.alert(sequence, "run \(epoch)") }
            }
        }
        let reader = try fixture.reader()
        let runs = try reader.runs()
        #expect(runs.map(\.id) == [1, 2, 3])
        #expect(runs.map(\.epoch) == [1, 2, 3])
        #expect(runs.map(\.lastSequence) == [2, 2, 2])
        #expect(runs.allSatisfy { $0.ended != nil && $0.started == .at(1) })
        let alerts = try reader.alerts()
        #expect(alerts.map(\.alert.run) == [1, 1, 2, 2, 3, 3])
        #expect(alerts.map(\.message).last == "run 3")
    }

    @Test func `twenty thousand alerts come back in order, many to a batch`() throws {
        let fixture = try JournalFixture()
        let filler = String(repeating: "x", count: 300)
        let progress = try fixture.run { writer in
            for sequence in UInt64(1)...20_000 { writer.alert(sequence, "\(sequence) \(filler)") }
        }
        #expect(progress.durableSequence == 20_000)
        var next: UInt64 = 1
        try fixture.reader().forEachAlert { alert, message in
            if alert.sequence == next, message.text(0, message.count) == "\(next) \(filler)" {
                next += 1
            }
        }
        #expect(next == 20_001)
        #expect(try fixture.reader().counts().alertBatches < 500)
    }

    @Test func `a commit is seen by readers while the run goes on`() throws {
        let fixture = try JournalFixture()
        let ring = RecordRing(byteCapacity: 1 << 20)
        let (stop, alarm) = (StopSignal(), StopSignal())
        let thread = try JournalThread(
            fixture.settings, run: .sample(), from: ring, until: stop, alarm: alarm)
        var writer = ring.writer()
        let reader = try fixture.reader()
        for sequence in UInt64(1)...3 {
            writer.alert(sequence, "live")
            while thread.gauge.progress.durableSequence < sequence {
                stop.wait(atMost: .milliseconds(1))
            }
            #expect(try reader.counts().alerts == Int(sequence))
            #expect(try reader.runs().map(\.ended) == [nil])
        }
        stop.raise()
        try thread.join()
        #expect(!alarm.isRaised)
        #expect(try reader.runs().map(\.lastSequence) == [3])
    }

    @Test func `the file is in the mode that loses nothing acknowledged`() throws {
        let fixture = try JournalFixture()
        let store = try JournalStore(fixture.settings, .sample())
        let expected: [(String, String)] = [
            ("journal_mode", "wal"), ("synchronous", "2"), ("secure_delete", "0"),
            ("page_size", "16384"),
        ]
        for (pragma, value) in expected {
            let found = try store.database.read {
                try String.fetchOne($0, sql: "PRAGMA \(pragma)")
            }
            #expect(found == value, "\(pragma)")
        }
    }

    @Test func `people read words, points and times`() throws {
        let fixture = try JournalFixture()
        _ = try fixture.run { writer in
            writer.score(9, cell: "C/1/", 12_500, from: 500)
            writer.task(9, incident: 5, revision: 1, .open, "{}")
            writer.task(9, incident: 5, revision: 2, .close, "{}")
            var counters = IntakeCounters()
            counters.lost = 8
            writer.tally(9, counters)
            writer.alert(9, "x")
            writer.source(0, "acme/a")
        }
        let cases: [(String, [String])] = [
            (
                "SELECT time, cell, category, score, previous_score FROM score_changes",
                ["2026-05-25T13:42:11.009000000Z", "C/1/", "public-safety", "12.5", "0.5"]
            ),
            ("SELECT warning, previous_warning FROM score_changes", ["red", "blue"]),
            (
                "SELECT received, operation, rule, priority, status, score FROM tasks",
                ["2026-05-25T13:42:11.009000500Z", "close", "gas@2", "P2", "exercise", "87.4"]
            ),
            ("SELECT counter, value FROM tallies", ["lost", "8"]),
            ("SELECT count, byte_count FROM alert_batches", ["1", "41"]),
            (
                "SELECT name, first_received FROM sources",
                ["acme/a", "2026-05-25T13:42:11.001000500Z"]
            ),
            (
                "SELECT epoch, started FROM runs",
                ["00000000000000ab", "2026-05-25T13:42:11.001000000Z"]
            ),
            ("SELECT rule, name, version FROM rule_versions", ["3", "gas@2", "a1b2c3d4"]),
        ]
        let database = try fixture.reader().database
        for (sql, expected) in cases {
            let rows = try database.read { try Row.fetchAll($0, sql: sql) }
            #expect(rows.map { row in row.map { $0.1.text } } == [expected], "\(sql)")
        }
    }
}

extension DatabaseValue {
    var text: String {
        switch storage {
        case .null: "NULL"
        case .int64(let number): "\(number)"
        case .double(let number): "\(number)"
        case .string(let text): text
        case .blob(let bytes): "\(bytes.count) bytes"
        }
    }
}

extension JournalReader {
    func alerts() throws -> [(alert: JournaledAlert, message: String)] {
        var found: [(JournaledAlert, String)] = []
        try forEachAlert { alert, message in
            found.append((alert, message.text(0, message.count)))
        }
        return found
    }
}
