import Domain
import Foundation
import Lanes
import Testing

@testable import Journal

@Suite struct JournalCompactionTests {
    private func filled() throws -> JournalFixture {
        let fixture = try JournalFixture()
        let filler = String(repeating: "x", count: 2000)
        for run in UInt64(1)...2 {
            _ = try fixture.run(epoch: run) { writer in
                for number in UInt64(1)...500 {
                    writer.alert(run * 1000 + number, #"{"a":"\#(filler)"}"#)
                }
                writer.task(run * 1000, incident: run, revision: 1, .open, "{}")
            }
        }
        return fixture
    }

    @Test func `what is old goes, the file shrinks, and the rest is whole`() throws {
        let fixture = try filled()
        let outcome = try JournalCompaction.run(
            path: fixture.settings.path, before: .at(1900)
        ) { _ in }
        #expect(outcome.alertsBefore == 1000 && outcome.alertsAfter == 500)
        #expect(outcome.bytesAfter < outcome.bytesBefore * 2 / 3, "\(outcome)")
        #expect(try JournalCheckTests.verdict(fixture.settings.path).isClean)
        _ = try fixture.run(epoch: 3) { $0.alert(3000, "after") }
        #expect(try fixture.reader().alerts().last?.message == "after")
        #expect(try JournalCheckTests.verdict(fixture.settings.path).isClean)
    }

    @Test func `a journal that a server has open is left alone, though it writes nothing`() throws {
        let fixture = try filled()
        let ring = RecordRing(byteCapacity: 4096)
        let (stop, alarm) = (StopSignal(), StopSignal())
        let thread = try JournalThread(
            fixture.settings, run: .sample(), from: ring, until: stop, alarm: alarm)
        let failure = #expect(throws: JournalFailure.self) {
            try JournalCompaction.run(path: fixture.settings.path, before: .forever) { _ in }
        }
        stop.raise()
        try thread.join()
        guard case .inUse = failure else {
            Issue.record("\(failure.debugDescription)")
            return
        }
        #expect(try fixture.reader().counts().alerts == 1000)
    }

    @Test func `the figures of a journal are those of its rows`() throws {
        let statistics = try filled().reader().statistics()
        #expect(statistics.alerts == 1000 && statistics.runs.count == 2)
        #expect(statistics.tasks == 2 && statistics.tasksOpen == 2 && statistics.feedback == 0)
        #expect(statistics.alertsOfLastHour == 1000 && statistics.alertsOfLastDay == 1000)
        #expect(statistics.alertsSinceEldestOpenTask >= 500)
        let largest = try #require(statistics.tables.first)
        #expect(largest.name == "alert_batch" && largest.bytes > 2_000_000)
    }
}
