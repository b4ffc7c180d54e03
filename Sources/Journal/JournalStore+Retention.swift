import Domain
import GRDB

extension JournalStore {
    /// Removes some of what was received before `moment`; false when nothing was left.
    func trim(before moment: Timestamp) throws -> Bool {
        try database.write { try Retention.trim(before: moment, in: $0) }
    }
}

/// How a journal forgets.
enum Retention {
    /// How many rows of each table one step removes at most: some milliseconds of work.
    private static let stepRows = 2000
    /// Batches are two orders larger than rows.
    private static let stepBatches = 32

    /// Removes some of what was received before `moment`, oldest first; false when nothing was
    /// left.
    ///
    /// Tables grow in the order of receipt, so that their front is the oldest part and no index
    /// over time is needed. The revisions of a task go only together, once even the last one is
    /// old.
    static func trim(before moment: Timestamp, in db: Database) throws -> Bool {
        var removed = 0
        for (table, step) in [("alert_batch", stepBatches), ("score_change", stepRows)] {
            try db.execute(
                sql: """
                    DELETE FROM \(table) WHERE received < ?
                        AND id IN (SELECT id FROM \(table) ORDER BY id LIMIT \(step))
                    """, arguments: [moment.nanoseconds])
            removed += db.changesCount
        }
        removed += try trimTallies(before: moment, in: db)
        removed += try trimTasks(before: moment, in: db)
        return try removed + trimFeedback(before: moment, in: db) > 0
    }

    /// Leaves the last value of every counter: one that no longer moves still counts.
    private static func trimTallies(before moment: Timestamp, in db: Database) throws -> Int {
        try db.execute(
            sql: """
                DELETE FROM tally WHERE id IN (SELECT id FROM tally t WHERE received < ?
                    AND id < (SELECT max(id) FROM tally WHERE run = t.run AND counter = t.counter)
                    LIMIT \(stepRows))
                """, arguments: [moment.nanoseconds])
        return db.changesCount
    }

    /// What was reported of a task stays as long as its revisions.
    private static func trimFeedback(before moment: Timestamp, in db: Database) throws -> Int {
        try db.execute(
            sql: """
                DELETE FROM feedback WHERE id IN (SELECT id FROM feedback f WHERE received < ?
                    AND NOT EXISTS (SELECT 1 FROM task_revision t WHERE t.incident = f.incident)
                    LIMIT \(stepRows))
                """, arguments: [moment.nanoseconds])
        return db.changesCount
    }

    /// Leaves the newest revision, however old: its row keeps SQLite from giving the numbers of
    /// removed rows once more, and the desks' deliveries go by those numbers.
    private static func trimTasks(before moment: Timestamp, in db: Database) throws -> Int {
        let old = """
            SELECT incident FROM task_revision t WHERE received < ?
                AND incident <> (SELECT incident FROM task_revision ORDER BY id DESC LIMIT 1)
                AND NOT EXISTS
                (SELECT 1 FROM task_revision n WHERE n.incident = t.incident AND n.received >= ?)
                LIMIT \(stepRows)
            """
        try db.execute(
            sql: "DELETE FROM task_revision WHERE incident IN (\(old))",
            arguments: [moment.nanoseconds, moment.nanoseconds])
        return db.changesCount
    }
}
