public import Domain
import GRDB

/// What befell the engine besides alerts.
public struct JournaledEvent: Sendable, Equatable {
    public var run: Int64
    /// The position of the latest alert before it.
    public var sequence: UInt64
    public var received: Timestamp
    /// When it came to pass, to the nanosecond.
    public var time: Timestamp
    /// A word of `JournalEventKind`.
    public var kind: String
    /// A JSON object.
    public var detail: String
}

extension JournalReader {
    /// Events of some kinds since a moment, in the order of the journal.
    public func events(
        _ kinds: [JournalEventKind], since: Timestamp
    ) throws(JournalFailure) -> [JournaledEvent] {
        let numbers = kinds.map { "\($0.rawValue)" }.joined(separator: ",")
        return try read { db in
            let sql = """
                SELECT e.run, e.sequence, e.received, k.word, e.detail FROM event e
                    JOIN event_kind k ON k.number = e.kind
                    WHERE e.kind IN (\(numbers)) AND e.received >= ? ORDER BY e.id
                """
            return try Row.fetchAll(db, sql: sql, arguments: [since.nanoseconds]).map { row in
                let received = Timestamp(nanoseconds: row[2])
                return JournaledEvent(
                    run: row[0], sequence: UInt64(bitPattern: row[1] as Int64),
                    received: received, time: received, kind: row[3], detail: row[4])
            }
        }
    }

    /// What was reported of tasks since a moment, in the order of the journal; the kind of each is
    /// `feedback`, its detail as `FeedbackEncoder` writes it.
    public func feedback(since: Timestamp) throws(JournalFailure) -> [JournaledEvent] {
        try read { db in
            let sql = """
                SELECT run, sequence, received, time, detail FROM feedback WHERE received >= ?
                    ORDER BY id
                """
            return try Row.fetchAll(db, sql: sql, arguments: [since.nanoseconds]).map { row in
                JournaledEvent(
                    run: row[0], sequence: UInt64(bitPattern: row[1] as Int64),
                    received: Timestamp(nanoseconds: row[2]),
                    time: Timestamp(nanoseconds: row[3]), kind: "feedback", detail: row[4])
            }
        }
    }

    /// By incident the latest revision of every task that was told of since a moment.
    public func revisions(since: Timestamp) throws(JournalFailure) -> [String: UInt32] {
        try read { db in
            let sql = """
                SELECT incident, max(revision) FROM task_revision WHERE received >= ?
                    GROUP BY incident
                """
            let rows = try Row.fetchAll(db, sql: sql, arguments: [since.nanoseconds])
            return Dictionary(rows.map { ($0[0] as String, $0[1] as UInt32) }) { $1 }
        }
    }

    /// When a run wrote last, as far as that is still known: until then it has fired what was due.
    public func lastSign(ofRun run: Int64) throws(JournalFailure) -> Timestamp? {
        try read { db in
            var latest: Int64?
            for table in ["tally", "task_revision", "score_change", "event", "alert_batch"] {
                // Runs stand one after the other: where this one wrote nothing, an earlier one's
                // row ends the search.
                let sql = """
                    SELECT run, received FROM \(table) WHERE run <= ? ORDER BY id DESC LIMIT 1
                    """
                let row = try Row.fetchOne(db, sql: sql, arguments: [run])
                guard let row, row[0] == run else { continue }
                latest = max(latest ?? .min, row[1])
            }
            return latest.map { Timestamp(nanoseconds: $0) }
        }
    }

    /// When the eldest of the tasks that are open was first told of; nil where none is.
    public func eldestOpenTask() throws(JournalFailure) -> Timestamp? {
        try read { db in
            let sql = """
                SELECT min(f.received) FROM task_revision f WHERE f.incident IN (
                    SELECT t.incident FROM task_revision t
                    WHERE t.operation != ? AND t.id IN
                        (SELECT max(id) FROM task_revision GROUP BY incident))
                """
            let close = Int(TaskOperation.close.rawValue)
            return try Int64.fetchOne(db, sql: sql, arguments: [close])
                .map { Timestamp(nanoseconds: $0) }
        }
    }
}
