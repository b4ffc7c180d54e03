public import Domain
import Foundation
import GRDB

extension JournalReader {
    /// What became of the tasks that were told of first from one moment up to another, and of all
    /// that are open, in the order of their latest revisions.
    ///
    /// **Cost**: one look at each of those tasks; members of messages are read by SQLite.
    public func courses(
        openedFrom from: Timestamp, before to: Timestamp
    ) throws(JournalFailure) -> [JournaledCourse] {
        try read { db in
            let close = Int(TaskOperation.close.rawValue)
            let rows = try Row.fetchCursor(
                db, sql: Self.courses, arguments: [from.nanoseconds, to.nanoseconds, close])
            var courses: [JournaledCourse] = []
            while let row = try rows.next() {
                var course = try JournaledCourse(row: row)
                try course.addEscalations(db)
                try course.addReports(db)
                courses.append(course)
            }
            return courses
        }
    }

    /// A task whose first revision is gone was opened before anything that the journal has.
    private static let courses = """
        SELECT t.incident, f.received AS opened, t.operation, t.status, t.category, t.priority,
            v.name AS rule, t.message ->> '$.data.kind' AS kind,
            t.message ->> '$.data.cell' AS cell, t.message ->> '$.data.stage' AS stage,
            t.message ->> '$.data.assign.department' AS department,
            t.message -> '$.data.evidence.alerts' AS alerts,
            t.message ->> '$.data.repeats' AS repeats,
            t.message ->> '$.data.escalation.count' AS escalations,
            \(moment("t.message ->> '$.data.times.resolved'")) AS resolved,
            \(moment("t.message ->> '$.data.times.verified'")) AS verified,
            (SELECT count(*) FROM task_revision r WHERE r.incident = t.incident
                AND r.operation = \(TaskOperation.reopen.rawValue)) AS reopenings
        FROM (SELECT min(id) AS first, max(id) AS last FROM task_revision GROUP BY incident) g
            JOIN task_revision t ON t.id = g.last JOIN task_revision f ON f.id = g.first
            LEFT JOIN rule_version v ON v.run = t.run AND v.rule = t.rule
        WHERE (f.revision = 1 AND f.received >= ? AND f.received < ?) OR t.operation <> ?
        ORDER BY t.id
        """

    /// RFC 3339 as nanoseconds, true to the millisecond.
    private static func moment(_ text: String) -> String {
        "CAST(round((julianday(\(text)) - 2440587.5) * 86400000) AS INTEGER) * 1000000"
    }
}

extension JournaledCourse {
    fileprivate init(row: Row) throws {
        incident = row["incident"]
        opened = Timestamp(nanoseconds: row["opened"])
        isOpen = try row.word("operation") != TaskOperation.close
        status = try row.word("status")
        category = try row.word("category")
        priority = try row.word("priority")
        rule = row["rule"]
        kind = row["kind"] ?? ""
        cell = row["cell"] ?? ""
        department = row["department"] ?? ""
        stage = TaskStage(word: row["stage"] ?? "") ?? (isOpen ? .open : .closed)
        alerts = try Self.texts(row["alerts"])
        repeats = row["repeats"] ?? 0
        reopenings = row["reopenings"]
        escalations = row["escalations"] ?? 0
        resolved = (row["resolved"] as Int64?).map { Timestamp(nanoseconds: $0) }
        verified = (row["verified"] as Int64?).map { Timestamp(nanoseconds: $0) }
        (escalationReasons, satisfaction) = ([], [])
    }

    private static func texts(_ json: String?) throws -> [String] {
        guard let json else { return [] }
        return try JSONDecoder().decode([String].self, from: Data(json.utf8))
    }

    /// A revision says why the task went up last; so the reasons are those of the revisions.
    fileprivate mutating func addEscalations(_ db: Database) throws {
        guard escalations > 0 else { return }
        let sql = """
            SELECT DISTINCT message ->> '$.data.escalation.count',
                message ->> '$.data.escalation.reason' FROM task_revision
                WHERE incident = ? AND message ->> '$.data.escalation.count' > 0
            """
        let statement = try db.cachedStatement(sql: sql)
        let words = try Row.fetchAll(statement, arguments: [incident]).map { $0[1] as String }
        escalationReasons = words.compactMap { word in
            EscalationReason.allCases.first { "\($0.word)" == word }
        }
    }

    /// Reports come out of order: it is their own time that counts.
    fileprivate mutating func addReports(_ db: Database) throws {
        let sql = """
            SELECT reported, time, detail ->> '$.outcome', detail ->> '$.satisfaction'
                FROM feedback WHERE incident = ? ORDER BY time, id
            """
        let statement = try db.cachedStatement(sql: sql)
        for row in try Row.fetchAll(statement, arguments: [incident]) {
            let time = Timestamp(nanoseconds: row[1])
            switch try row.word(at: 0) as TaskStage {
            case .accepted: accepted = accepted ?? time
            case .onScene: arrived = arrived ?? time
            default: break
            }
            outcome = (row[2] as String?).flatMap(FeedbackOutcome.init(word:)) ?? outcome
            if let points = row[3] as Int? { satisfaction.append(points) }
        }
    }
}
