import Domain
import Foundation
import GRDB
import Glibc
import Lanes
import Testing

@testable import Journal

@Suite struct JournalFailureTests {
    /// Five batches of one alert each, in as many runs.
    private func fiveBatches() throws -> JournalFixture {
        let fixture = try JournalFixture()
        for epoch in UInt64(1)...5 {
            _ = try fixture.run(epoch: epoch) { $0.alert(1, "run \(epoch)") }
        }
        return fixture
    }

    @Test(
        arguments: [
            ("DELETE FROM alert_batch WHERE id = 3", 4),
            ("UPDATE alert_batch SET bytes = x'00' || substr(bytes, 2) WHERE id = 2", 2),
            ("UPDATE alert_batch SET bytes = substr(bytes, 1, length(bytes) - 1) WHERE id = 5", 5),
            ("UPDATE alert_batch SET checksum = checksum + 1 WHERE id = 1", 1),
        ] as [(String, Int64)])
    func `damage to the alerts is found`(sql: String, batch: Int64) throws {
        let fixture = try fiveBatches()
        #expect(try fixture.reader().alerts().count == 5)
        let database = try DatabaseQueue(path: fixture.settings.path)
        try database.write { try $0.execute(sql: sql) }
        let failure = #expect(throws: JournalFailure.self) { _ = try fixture.reader().alerts() }
        guard case .corruptBatch(let id) = try #require(failure) else {
            Issue.record("\(failure.debugDescription)")
            return
        }
        #expect(id == batch)
    }

    @Test func `a journal whose oldest batches were removed is whole`() throws {
        let fixture = try fiveBatches()
        let database = try DatabaseQueue(path: fixture.settings.path)
        try database.write { try $0.execute(sql: "DELETE FROM alert_batch WHERE id < 4") }
        #expect(try fixture.reader().alerts().map(\.message) == ["run 4", "run 5"])
    }

    @Test(arguments: [
        [UInt8](repeating: 9, count: 40),  // no such kind
        [1, 0, 0],  // no head
        [1, 7] + [UInt8](repeating: 0, count: 38),  // no such path
        [1, 0, 0, 0, 9] + [UInt8](repeating: 0, count: 35),  // longer body than there is
        [4, 0, 0, 0, 4] + [UInt8](repeating: 0, count: 31),  // a task shorter than a task
    ])
    func `a record that breaks the layout ends the journal and raises the alarm`(
        record: [UInt8]
    ) throws {
        let fixture = try JournalFixture()
        let ring = RecordRing(byteCapacity: 4096)
        var writer = ring.writer()
        writer.alert(1, "whole")
        #expect(writer.append(record[0], record.span, from: 1, to: record.count) == true)
        let (stop, alarm) = (StopSignal(), StopSignal())
        let thread = try JournalThread(
            fixture.settings, run: .sample(), from: ring, until: stop, alarm: alarm)
        do throws(JournalFailure) {
            try thread.join()
            Issue.record("took a malformed record")
        } catch {
            guard case .malformedRecord(kind: record[0], byteCount: record.count) = error else {
                Issue.record("\(error)")
                return
            }
        }
        #expect(alarm.isRaised)
        #expect(try fixture.reader().counts().alerts == 0)
    }

    /// A file-size limit makes a real write fail. In a process of its own, which it applies to.
    @Test func `a write that fails ends the journal at once, and what was durable stays`()
        async throws
    {
        let fixture = try JournalFixture()
        await #expect(processExitsWith: .exitCode(74)) {
            [path = fixture.settings.path as String] in
            let ring = RecordRing(byteCapacity: 1 << 20)
            let (stop, alarm) = (StopSignal(), StopSignal())
            let thread = try JournalThread(
                JournalSettings(path: path), run: .sample(), from: ring, until: stop, alarm: alarm)
            var writer = ring.writer()
            writer.alert(1, "durable")
            while thread.gauge.progress.durableSequence < 1 { stop.wait(atMost: .milliseconds(1)) }

            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 300_000, rlim_max: 300_000)
            unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            for sequence in UInt64(2)...1000 where !alarm.isRaised {
                writer.alert(sequence, String(repeating: "x", count: 600))
            }
            alarm.wait(atMost: .seconds(10))
            do throws(JournalFailure) {
                try thread.join()
            } catch {
                // SQLITE_IOERR_WRITE
                guard case .database(.commit, code: 10 + (3 << 8), _) = error else { exit(1) }
                exit(74)
            }
        }
        #expect(try fixture.reader().alerts().first?.message == "durable")
    }

    @Test func `what was durable outlives kill -9, and the next run goes on`() async throws {
        let fixture = try JournalFixture()
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = fixture.settings.path as String] in
            let ring = RecordRing(byteCapacity: 1 << 20)
            let (stop, alarm) = (StopSignal(), StopSignal())
            let thread = try JournalThread(
                JournalSettings(path: path), run: .sample(), from: ring, until: stop, alarm: alarm)
            var writer = ring.writer()
            for sequence in UInt64(1)...100 { writer.alert(sequence, "durable") }
            while thread.gauge.progress.durableSequence < 100 {
                stop.wait(atMost: .milliseconds(1))
            }
            kill(getpid(), SIGKILL)
            try thread.join()
        }
        #expect(try fixture.reader().alerts().map(\.alert.sequence) == Array(1...100))
        #expect(try fixture.reader().runs().map(\.ended) == [nil])
        _ = try fixture.run { $0.alert(1, "after") }
        #expect(try fixture.reader().alerts().last?.message == "after")
        #expect(try fixture.reader().runs().map(\.lastSequence) == [nil, 1])
    }

    @Test func `a path that cannot be opened is said at start`() {
        let settings = JournalSettings(path: "/proc/no/journal.sqlite")
        let failure = #expect(throws: JournalFailure.self) {
            let (stop, alarm) = (StopSignal(), StopSignal())
            let ring = RecordRing(byteCapacity: 4096)
            let thread = try JournalThread(
                settings, run: .sample(), from: ring, until: stop, alarm: alarm)
            try thread.join()
        }
        let text = failure.debugDescription
        #expect(text.contains("journal open: unable to open database file"))
        #expect(throws: JournalFailure.self) { _ = try JournalReader(path: settings.path) }
    }
}

@Suite struct RetentionTests {
    @Test func `what is older than the limit goes, tasks only whole`() throws {
        let fixture = try JournalFixture()
        _ = try fixture.run { writer in
            for sequence in UInt64(1)...3 {
                let moment = sequence * 1000
                writer.alert(moment, "\(moment)")
                writer.score(moment, cell: "C/", 1, from: 0)
                var counters = IntakeCounters()
                counters.lost = moment
                writer.tally(moment, counters)
            }
            writer.task(1000, incident: 1, revision: 1, .open, "{}")
            writer.task(1000, incident: 2, revision: 1, .open, "{}")
            writer.task(2500, incident: 2, revision: 2, .update, "{}")
        }
        let store = try JournalStore(fixture.settings, .sample())
        var steps = 0
        while try store.trim(before: .at(2400)) { steps += 1 }
        #expect(steps == 1)
        let counts = try fixture.reader().counts()
        // The alerts are in one batch, which is as old as its last one.
        #expect(counts.alerts == 3 && counts.scoreChanges == 1)
        #expect(try fixture.reader().taskRevisions().map(\.revision) == [1, 2])
        #expect(try fixture.reader().tally(ofRun: 1)?.counters == ["lost": 3000])
        while try store.trim(before: .at(3001)) {}
        #expect(try fixture.reader().counts().alerts == 0)
        // The newest revision stays: its row keeps numbers from being given twice.
        #expect(try fixture.reader().taskRevisions().map(\.row) == [2, 3])
        // A counter that stands still keeps its value.
        #expect(try fixture.reader().tally(ofRun: 1)?.counters == ["lost": 3000])
    }

    @Test func `a journal with a limit trims by itself while it has nothing to do`() throws {
        let fixture = try JournalFixture(keep: .hours(1))
        _ = try fixture.run { $0.alert(1, "of last spring") }
        let store = try JournalStore(fixture.settings, .sample())
        var lane = JournalLane(
            store, fixture.settings, from: RecordRing(byteCapacity: 0), gauge: JournalGauge(),
            Durability())
        #expect(try lane.turn() == 1)
        #expect(try lane.turn() == 0)
        #expect(try fixture.reader().counts().alerts == 0)
    }
}
