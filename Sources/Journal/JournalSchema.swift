import Domain
import GRDB

/// The journal's tables, singular, as the lane writes them; and its views, plural, for people.
///
/// **Units**: times are nanoseconds since 1970 in tables and RFC 3339 in views; scores are
/// thousandths in tables and points in views. A run numbers its sources, rules and positions anew.
enum JournalSchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1: runs, alerts, scores, tasks, tallies") { db in
            try db.execute(sql: tables)
            try db.execute(sql: views)
        }
        migrator.registerMigration("2: events") { db in try db.execute(sql: events) }
        migrator.registerMigration("3: feedback") { db in try db.execute(sql: feedback) }
        return migrator
    }

    /// Brings the words of the code to the tables that views join.
    static func writeWords(_ db: Database) throws {
        let lists: [(String, [(Int, String)])] = [
            ("category", Category.allCases.map { (Int($0.rawValue), "\($0.word)") }),
            ("warning_level", WarningLevel.allCases.map { (Int($0.rawValue), "\($0.word)") }),
            ("operation", TaskOperation.allCases.map { (Int($0.rawValue), "\($0.word)") }),
            ("status", AlertStatus.allCases.map { (Int($0.rawValue), "\($0.word)") }),
            ("counter", Array(zip(0..., IntakeCounters.names))),
            ("stage", TaskStage.allCases.map { (Int($0.rawValue), "\($0.word)") }),
            ("event_kind", JournalEventKind.allCases.map { (Int($0.rawValue), "\($0.word)") }),
        ]
        for (table, words) in lists {
            for (number, word) in words {
                try db.execute(
                    sql: "INSERT OR REPLACE INTO \(table) VALUES (?, ?)", arguments: [number, word])
            }
        }
    }

    private static let tables = """
        CREATE TABLE category (number INTEGER PRIMARY KEY, word TEXT NOT NULL);
        CREATE TABLE warning_level (number INTEGER PRIMARY KEY, word TEXT NOT NULL);
        CREATE TABLE operation (number INTEGER PRIMARY KEY, word TEXT NOT NULL);
        CREATE TABLE status (number INTEGER PRIMARY KEY, word TEXT NOT NULL);
        CREATE TABLE counter (number INTEGER PRIMARY KEY, word TEXT NOT NULL);

        -- ended and last_sequence stay NULL when the process was killed
        CREATE TABLE run (
            id INTEGER PRIMARY KEY, epoch TEXT NOT NULL, instance TEXT NOT NULL,
            version TEXT NOT NULL, started INTEGER NOT NULL, ended INTEGER, last_sequence INTEGER);
        CREATE TABLE rule_version (
            run INTEGER NOT NULL, rule INTEGER NOT NULL, name TEXT NOT NULL, version TEXT NOT NULL,
            PRIMARY KEY (run, rule)) WITHOUT ROWID;
        CREATE TABLE source (
            run INTEGER NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL,
            first_received INTEGER NOT NULL, PRIMARY KEY (run, number)) WITHOUT ROWID;

        -- bytes are journal records one after the other; checksum covers them and the one before
        CREATE TABLE alert_batch (
            id INTEGER PRIMARY KEY, run INTEGER NOT NULL,
            first_sequence INTEGER NOT NULL, last_sequence INTEGER NOT NULL,
            first_received INTEGER NOT NULL, received INTEGER NOT NULL,
            count INTEGER NOT NULL, previous_checksum INTEGER NOT NULL, checksum INTEGER NOT NULL,
            bytes BLOB NOT NULL);

        CREATE TABLE score_change (
            id INTEGER PRIMARY KEY, run INTEGER NOT NULL, sequence INTEGER NOT NULL,
            time INTEGER NOT NULL, received INTEGER NOT NULL, cell TEXT NOT NULL,
            category INTEGER NOT NULL, score INTEGER NOT NULL, previous_score INTEGER NOT NULL,
            warning INTEGER NOT NULL, previous_warning INTEGER NOT NULL);

        CREATE TABLE task_revision (
            id INTEGER PRIMARY KEY, run INTEGER NOT NULL, sequence INTEGER NOT NULL,
            time INTEGER NOT NULL, received INTEGER NOT NULL, incident TEXT NOT NULL,
            revision INTEGER NOT NULL, operation INTEGER NOT NULL, rule INTEGER NOT NULL,
            category INTEGER NOT NULL, priority INTEGER NOT NULL, warning INTEGER NOT NULL,
            status INTEGER NOT NULL, score INTEGER NOT NULL, topic TEXT NOT NULL,
            message TEXT NOT NULL);
        CREATE INDEX task_revision_of_incident ON task_revision (incident);

        -- a row only where a counter moved
        CREATE TABLE tally (
            id INTEGER PRIMARY KEY, run INTEGER NOT NULL, received INTEGER NOT NULL,
            counter INTEGER NOT NULL, value INTEGER NOT NULL);
        CREATE INDEX tally_of_counter ON tally (run, counter);
        """

    private static let events = """
        CREATE TABLE event_kind (number INTEGER PRIMARY KEY, word TEXT NOT NULL);
        -- what befell the engine besides alerts; detail is a JSON object
        CREATE TABLE event (
            id INTEGER PRIMARY KEY, run INTEGER NOT NULL, sequence INTEGER NOT NULL,
            received INTEGER NOT NULL, kind INTEGER NOT NULL, detail TEXT NOT NULL);
        CREATE VIEW events AS SELECT
            e.id, e.run, e.sequence, \(moment("e.received", as: "received")), k.word AS kind,
            e.detail FROM event e JOIN event_kind k ON k.number = e.kind;
        """

    private static let feedback = """
        CREATE TABLE stage (number INTEGER PRIMARY KEY, word TEXT NOT NULL);
        -- what was reported of tasks: the stage that was reported, and that of the task then;
        -- feedback is the report's own id; detail is a JSON object
        CREATE TABLE feedback (
            id INTEGER PRIMARY KEY, run INTEGER NOT NULL, sequence INTEGER NOT NULL,
            time INTEGER NOT NULL, received INTEGER NOT NULL, incident TEXT NOT NULL,
            reported INTEGER NOT NULL, stage INTEGER NOT NULL, feedback TEXT NOT NULL,
            detail TEXT NOT NULL);
        CREATE INDEX feedback_of_incident ON feedback (incident);
        CREATE VIEW feedbacks AS SELECT
            f.id, f.run, f.sequence, \(moment("f.time", as: "time")),
            \(moment("f.received", as: "received")), f.incident, r.word AS reported,
            s.word AS stage, f.feedback, f.detail ->> '$.by' AS unit,
            f.detail ->> '$.desk' AS desk, f.detail ->> '$.outcome' AS outcome,
            f.detail ->> '$.reason' AS reason, f.detail ->> '$.satisfaction' AS satisfaction,
            f.detail
            FROM feedback f JOIN stage r ON r.number = f.reported
            JOIN stage s ON s.number = f.stage;
        """

    private static let views = """
        CREATE VIEW runs AS SELECT
            id, epoch, instance, version, \(moment("started")), \(moment("ended")), last_sequence
            FROM run;
        CREATE VIEW sources AS SELECT run, number, name, \(moment("first_received")) FROM source;
        CREATE VIEW rule_versions AS SELECT run, rule, name, version FROM rule_version;
        CREATE VIEW alert_batches AS SELECT
            id, run, first_sequence, last_sequence, \(moment("first_received")),
            \(moment("received", as: "last_received")), count, length(bytes) AS byte_count
            FROM alert_batch;
        CREATE VIEW score_changes AS SELECT
            s.id, s.run, s.sequence, \(moment("s.time", as: "time")),
            \(moment("s.received", as: "received")), s.cell, c.word AS category,
            s.score / 1000.0 AS score, s.previous_score / 1000.0 AS previous_score,
            w.word AS warning, p.word AS previous_warning
            FROM score_change s JOIN category c ON c.number = s.category
            JOIN warning_level w ON w.number = s.warning
            JOIN warning_level p ON p.number = s.previous_warning;
        CREATE VIEW task_revisions AS SELECT
            t.id, t.run, t.sequence, \(moment("t.time", as: "time")),
            \(moment("t.received", as: "received")), t.incident, t.revision, o.word AS operation,
            v.name AS rule, v.version AS rule_version, c.word AS category,
            'P' || t.priority AS priority, w.word AS warning, s.word AS status,
            t.score / 1000.0 AS score, t.topic, t.message
            FROM task_revision t JOIN category c ON c.number = t.category
            JOIN operation o ON o.number = t.operation JOIN status s ON s.number = t.status
            JOIN warning_level w ON w.number = t.warning
            LEFT JOIN rule_version v ON v.run = t.run AND v.rule = t.rule;
        CREATE VIEW tasks AS SELECT * FROM task_revisions
            WHERE id IN (SELECT max(id) FROM task_revision GROUP BY incident);
        CREATE VIEW tallies AS SELECT
            t.id, t.run, \(moment("t.received", as: "received")), c.word AS counter, t.value
            FROM tally t JOIN counter c ON c.number = t.counter;
        """

    /// Nanoseconds since 1970 as RFC 3339 in UTC, with all nine digits of the fraction.
    private static func moment(_ column: String, as name: String? = nil) -> String {
        """
        strftime('%Y-%m-%dT%H:%M:%S', \(column) / 1000000000, 'unixepoch')
            || printf('.%09dZ', \(column) % 1000000000) AS \(name ?? column)
        """
    }
}
