import Domain
import GRDB

extension JournalReader {
    /// Every task at its latest revision, in the order of those revisions.
    public func tasks() throws(JournalFailure) -> [JournaledTask] {
        try tasks(where: "t.id IN (SELECT max(id) FROM task_revision GROUP BY incident)", [])
    }

    /// All revisions of all tasks, in the order of the journal.
    public func taskRevisions() throws(JournalFailure) -> [JournaledTask] {
        try tasks(where: "true", [])
    }

    /// The revisions of one task, the oldest first.
    public func revisions(ofIncident incident: String) throws(JournalFailure) -> [JournaledTask] {
        try tasks(where: "t.incident = ?", [incident])
    }

    /// Every task whose latest revision does not close it, at that revision.
    public func openTasks() throws(JournalFailure) -> [JournaledTask] {
        try tasks(
            where: "t.operation <> ? AND "
                + "t.id IN (SELECT max(id) FROM task_revision GROUP BY incident)",
            [Int64(TaskOperation.close.rawValue)])
    }

    /// A task at its latest revision; nil when the journal does not have it.
    public func latest(ofIncident incident: String) throws(JournalFailure) -> JournaledTask? {
        try tasks(
            where: "t.id = (SELECT max(id) FROM task_revision WHERE incident = ?)", [incident]
        ).first
    }

    /// The revisions behind row `row`, at most so many, in the order of the journal.
    public func taskRevisions(
        after row: Int64, atMost count: Int
    ) throws(JournalFailure) -> [JournaledTask] {
        try tasks(
            where: "t.id IN (SELECT id FROM task_revision WHERE id > ? ORDER BY id LIMIT ?)",
            [row, count])
    }

    /// The row of the latest revision; 0 before the first. Rows only grow.
    public func lastTaskRow() throws(JournalFailure) -> Int64 {
        try read { try Int64.fetchOne($0, sql: "SELECT max(id) FROM task_revision") ?? 0 }
    }

    /// The epoch of the journal's first run, by which journals are told apart.
    func firstEpoch() throws(JournalFailure) -> String {
        try read { try String.fetchOne($0, sql: "SELECT epoch FROM run ORDER BY id LIMIT 1") ?? "" }
    }

    private func tasks(
        where condition: String, _ arguments: StatementArguments
    ) throws(JournalFailure) -> [JournaledTask] {
        try read { db in
            let sql = """
                SELECT t.*, v.name AS rule_name,
                    (SELECT min(id) FROM task_revision WHERE incident = t.incident) AS first_row
                    FROM task_revision t
                    LEFT JOIN rule_version v ON v.run = t.run AND v.rule = t.rule
                    WHERE \(condition) ORDER BY t.id
                """
            let rows = try Row.fetchAll(db, sql: sql, arguments: arguments)
            return try rows.map(JournaledTask.init(row:))
        }
    }
}

extension JournaledTask {
    fileprivate init(row: Row) throws {
        self.row = row["id"]
        firstRow = row["first_row"]
        run = row["run"]
        sequence = UInt64(bitPattern: row["sequence"])
        time = Timestamp(nanoseconds: row["time"])
        received = Timestamp(nanoseconds: row["received"])
        incident = row["incident"]
        revision = row["revision"]
        operation = try row.word("operation")
        rule = row["rule_name"]
        category = try row.word("category")
        priority = try row.word("priority")
        warning = try row.word("warning")
        status = try row.word("status")
        score = MilliPoints(row["score"])
        topic = row["topic"]
        message = row["message"]
    }
}
