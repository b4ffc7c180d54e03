public import Domain
import GRDB

/// How much a journal holds, and how it comes in.
public struct JournalStatistics: Sendable, Equatable {
    public var runs: [JournaledRun] = []
    public var alerts = 0
    public var batches = 0
    public var tasks = 0
    public var tasksOpen = 0
    public var taskRevisions = 0
    public var feedback = 0
    /// When the oldest and the newest alert came in; nil without any.
    public var first: Timestamp?
    public var last: Timestamp?
    /// Alerts of the latest hour and day before the newest alert, by whole batches.
    public var alertsOfLastHour = 0
    public var alertsOfLastDay = 0
    /// Alerts since the eldest task that is open was first told of: a start lives through no fewer.
    public var alertsSinceEldestOpenTask = 0
    /// Bytes of each table with its indexes, the largest first.
    public var tables: [Table] = []

    public struct Table: Sendable, Equatable {
        public var name: String
        public var bytes: Int
    }
}

extension JournalReader {
    /// **Cost**: SQLite looks at every page of the file.
    public func statistics() throws(JournalFailure) -> JournalStatistics {
        try requireJournal()
        let eldest = try eldestOpenTask()
        let counts = try counts()
        var statistics = JournalStatistics()
        statistics.runs = try runs()
        (statistics.alerts, statistics.batches) = (counts.alerts, counts.alertBatches)
        (statistics.tasks, statistics.taskRevisions) = (counts.tasks, counts.taskRevisions)
        statistics.tasksOpen = try openTasks().count
        statistics.first = try firstReceived()
        statistics.last = try lastReceived()
        if let last = statistics.last {
            statistics.alertsOfLastHour = try alerts(since: last - .hours(1))
            statistics.alertsOfLastDay = try alerts(since: last - .hours(24))
        }
        if let eldest { statistics.alertsSinceEldestOpenTask = try alerts(since: eldest) }
        statistics.tables = try tableSizes()
        statistics.feedback = try read { db in
            // Journals of before have none.
            guard try db.tableExists("feedback") else { return 0 }
            return try Int.fetchOne(db, sql: "SELECT count(*) FROM feedback") ?? 0
        }
        return statistics
    }

    private func lastReceived() throws(JournalFailure) -> Timestamp? {
        try read { db in
            try Int64.fetchOne(db, sql: "SELECT max(received) FROM alert_batch")
                .map { Timestamp(nanoseconds: $0) }
        }
    }

    private func alerts(since moment: Timestamp) throws(JournalFailure) -> Int {
        try read { db in
            let sql = "SELECT sum(count) FROM alert_batch WHERE received >= ?"
            return try Int.fetchOne(db, sql: sql, arguments: [moment.nanoseconds]) ?? 0
        }
    }

    private func tableSizes() throws(JournalFailure) -> [JournalStatistics.Table] {
        try read { db in
            let sql = """
                SELECT m.tbl_name, sum(d.pgsize) AS bytes FROM dbstat d
                    JOIN sqlite_master m ON m.name = d.name WHERE d.aggregate = TRUE
                    GROUP BY m.tbl_name ORDER BY bytes DESC, m.tbl_name
                """
            return try Row.fetchAll(db, sql: sql).map {
                JournalStatistics.Table(name: $0[0], bytes: $0[1])
            }
        }
    }
}
