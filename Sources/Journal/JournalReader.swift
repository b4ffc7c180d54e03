public import Domain
import Foundation
import GRDB

/// Reads a journal, also while a run writes it: each call sees the commits up to then.
public struct JournalReader: Sendable {
    let database: DatabaseQueue

    /// **Fails**: no such file, or not a journal.
    public init(path: String) throws(JournalFailure) {
        database = try JournalFailure.during(.open) {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(5)
            return try DatabaseQueue(path: path, configuration: configuration)
        }
    }

    func read<Result>(
        _ work: (Database) throws -> Result
    ) throws(JournalFailure) -> Result {
        try JournalFailure.during(.read) { try database.read(work) }
    }

    public func counts() throws(JournalFailure) -> JournalCounts {
        try read { db in
            func number(_ sql: String) throws -> Int { try Int.fetchOne(db, sql: sql) ?? 0 }
            var counts = JournalCounts()
            counts.runs = try number("SELECT count(*) FROM run")
            counts.alerts = try number("SELECT sum(count) FROM alert_batch")
            counts.alertBatches = try number("SELECT count(*) FROM alert_batch")
            counts.scoreChanges = try number("SELECT count(*) FROM score_change")
            counts.tasks = try number("SELECT count(DISTINCT incident) FROM task_revision")
            counts.taskRevisions = try number("SELECT count(*) FROM task_revision")
            counts.sources = try number("SELECT count(DISTINCT name) FROM source")
            return counts
        }
    }

    /// All runs, the oldest first.
    public func runs() throws(JournalFailure) -> [JournaledRun] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM run ORDER BY id").map { row in
                JournaledRun(
                    id: row["id"], epoch: UInt64(row["epoch"] as String, radix: 16) ?? 0,
                    instance: row["instance"], version: row["version"],
                    started: Timestamp(nanoseconds: row["started"]),
                    ended: (row["ended"] as Int64?).map { Timestamp(nanoseconds: $0) },
                    lastSequence: (row["last_sequence"] as Int64?).map { UInt64(bitPattern: $0) })
            }
        }
    }

    /// The names of a run's sources by their numbers.
    public func sources(ofRun run: Int64) throws(JournalFailure) -> [SourceID: String] {
        try read { db in
            let rows = try Row.fetchAll(
                db, sql: "SELECT number, name FROM source WHERE run = ?", arguments: [run])
            return Dictionary(rows.map { (SourceID($0["number"] as Int), $0["name"] as String) }) {
                first, _ in first
            }
        }
    }

    /// A run's counters as last written; nil before the first.
    public func tally(ofRun run: Int64) throws(JournalFailure) -> JournaledTally? {
        try read { db in
            let sql = """
                SELECT c.word, t.value, t.received FROM counter c JOIN tally t ON t.id =
                    (SELECT max(id) FROM tally WHERE run = ? AND counter = c.number)
                """
            let rows = try Row.fetchAll(db, sql: sql, arguments: [run])
            guard !rows.isEmpty else { return nil }
            var tally = JournaledTally(received: .never, counters: [:])
            for row in rows {
                tally.received = max(tally.received, Timestamp(nanoseconds: row["received"]))
                tally.counters[row["word"]] = UInt64(bitPattern: row["value"])
            }
            return tally
        }
    }
}
