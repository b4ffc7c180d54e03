import GRDB

/// A question about the rows of one table whose every answer is a finding.
struct RowCheck {
    let table: String
    /// Gives the id of each bad row, and the problem in words.
    let sql: String
    let advice: String

    func findings(in db: Database) throws -> [JournalFinding] {
        try Row.fetchAll(db, sql: sql).map { row in
            JournalFinding(
                table: table, row: Int64.fromDatabaseValue(row[0]),
                problem: String.fromDatabaseValue(row[1]) ?? "the row cannot be read",
                advice: advice)
        }
    }

    static let all = [
        RowCheck(
            table: "alert_batch",
            sql: """
                SELECT id, 'run ' || run || ' is unknown' FROM alert_batch
                WHERE run NOT IN (SELECT id FROM run) ORDER BY id
                """,
            advice: "a start leaves these alerts out: it does not know their sources"),
        // Nothing links to the last batch of all, but the end of its run says how far that came.
        RowCheck(
            table: "alert_batch",
            sql: """
                SELECT b.id, 'alerts of run ' || r.id || ' behind position ' || b.last
                    || ' are missing, up to ' || r.last_sequence
                FROM (SELECT max(id) AS id, run, max(last_sequence) AS last FROM alert_batch
                    GROUP BY run) b JOIN run r ON r.id = b.run
                WHERE r.last_sequence > b.last ORDER BY b.id
                """,
            advice: "a start goes on without them; restore a copy to have them again"),
        unreadable(
            "task_revision",
            unless: """
                json_valid(message) AND length(incident) = 32 AND priority BETWEEN 1 AND 5
                AND operation IN (SELECT number FROM operation)
                AND category IN (SELECT number FROM category)
                AND warning IN (SELECT number FROM warning_level)
                AND status IN (SELECT number FROM status) AND run IN (SELECT id FROM run)
                """),
        RowCheck(
            table: "task_revision",
            sql: """
                SELECT id, 'revision ' || revision || ' of ' || incident
                    || iif(before = 0, ' has none before it', ' follows revision ' || before)
                FROM (SELECT id, incident, revision,
                    lag(revision, 1, 0) OVER (PARTITION BY incident ORDER BY id) AS before
                    FROM task_revision) WHERE revision IS NOT before + 1 ORDER BY id
                """,
            advice: "revisions of this task are lost; desks have its latest, the audit has a hole"),
        unreadable(
            "score_change",
            unless: """
                typeof(score) = 'integer' AND category IN (SELECT number FROM category)
                AND warning IN (SELECT number FROM warning_level)
                AND previous_warning IN (SELECT number FROM warning_level)
                """),
        unreadable(
            "feedback",
            unless: """
                json_valid(detail) AND length(incident) = 32
                AND reported IN (SELECT number FROM stage)
                AND stage IN (SELECT number FROM stage)
                """),
        unreadable(
            "event",
            unless: "json_valid(detail) AND kind IN (SELECT number FROM event_kind)"),
    ]

    /// Rows for which the condition is false, or cannot be decided.
    private static func unreadable(_ table: String, unless isReadable: String) -> RowCheck {
        RowCheck(
            table: table,
            sql: """
                SELECT id, 'columns hold what no server writes' FROM \(table)
                WHERE (\(isReadable)) IS NOT 1 ORDER BY id
                """,
            advice: "whoever reads this row meets nonsense: restore a copy, or leave it out")
    }
}
