import Domain
import Foundation
import GRDB

/// The journal's database, opened for writing by one run.
///
/// **Owner**: the journal lane.
struct JournalStore {
    let database: DatabaseQueue
    let run: Int64
    /// Of the last alert batch, 0 before the first.
    var lastChecksum: UInt64
    /// The counters as last written.
    var tally = [UInt64](repeating: 0, count: IntakeCounters.count)
    var batch = AlertBatch()
    /// What rules' numbers are counted from since the last reload.
    var ruleBase: Int64 = 0

    /// The size of a page: blobs of 256 KiB need a quarter of the pages that SQLite's default
    /// takes.
    private static let pageBytes = 16 * 1024
    /// SQLite moves the log into the file when it has so many pages, on the lane's own thread.
    private static let checkpointPages = 1024

    /// Opens or creates the file, brings its tables up to date and writes down the run.
    init(_ settings: JournalSettings, _ run: JournalRun) throws {
        var configuration = Configuration()
        configuration.label = "journal"
        configuration.journalMode = .wal
        // Somebody may be looking at it with a shell.
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA page_size = \(Self.pageBytes); PRAGMA secure_delete = OFF")
            try db.execute(sql: "PRAGMA wal_autocheckpoint = \(Self.checkpointPages)")
        }
        database = try DatabaseQueue(path: settings.path, configuration: configuration)
        // After the opening, which sets NORMAL: that would lose acknowledged rows in a power cut.
        try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        try JournalSchema.migrator.migrate(database)
        (self.run, lastChecksum) = try database.write { db in
            try JournalSchema.writeWords(db)
            return (try Self.insert(run, into: db), try Self.lastChecksum(in: db))
        }
    }

    private static func insert(_ run: JournalRun, into db: Database) throws -> Int64 {
        try db.execute(
            sql: "INSERT INTO run (epoch, instance, version, started) VALUES (?, ?, ?, ?)",
            arguments: [
                run.epoch.hexadecimal, run.instance, run.version, run.started.nanoseconds,
            ])
        let id = db.lastInsertedRowID
        try insert(run.rules, base: 0, run: id, into: db)
        return id
    }

    /// Writes down what rules' numbers mean.
    static func insert(
        _ rules: [JournalRule], base: Int64, run: Int64, into db: Database
    ) throws {
        for rule in rules {
            try db.execute(
                sql: "INSERT INTO rule_version VALUES (?, ?, ?, ?)",
                arguments: [run, base + Int64(rule.rule.int), rule.name, rule.version])
        }
    }

    private static func lastChecksum(in db: Database) throws -> UInt64 {
        let sql = "SELECT checksum FROM alert_batch ORDER BY id DESC LIMIT 1"
        return UInt64(bitPattern: try Int64.fetchOne(db, sql: sql) ?? 0)
    }

    /// Writes the end of the run, moves the whole log into the file and empties it.
    func close(at moment: Timestamp, lastSequence: UInt64) throws {
        try database.write { db in
            try db.execute(
                sql: "UPDATE run SET ended = ?, last_sequence = ? WHERE id = ?",
                arguments: [moment.nanoseconds, Int64(bitPattern: lastSequence), run])
        }
        try database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        try database.close()
    }
}
