public import Domain
import Foundation
import GRDB

/// Which desk has which task, on disk: a file beside the journal, `<journal>.desks`.
///
/// It speaks of rows of one journal. A file that belongs to another journal, or that knows rows
/// which that journal has not, is from another time: what does not fit is forgotten, and the desks
/// are told those tasks once more.
///
/// **Owner**: the desk lane.
public struct DeliveryStore: Sendable {
    private let database: DatabaseQueue

    /// What is remembered of one desk.
    public struct Remembered: Sendable, Equatable {
        public var desk: String
        public var heard: Timestamp
        /// The row that it has acknowledged of each task; 0 for none yet.
        public var had: [TaskID: Int64] = [:]
    }

    /// The file's path for a journal's.
    public static func path(besideJournal journal: String) -> String { journal + ".desks" }

    /// Opens or creates the file.
    ///
    /// - Parameter journal: the one whose rows it speaks of.
    public init(path: String, of journal: JournalReader) throws(JournalFailure) {
        let (epoch, lastRow) = (try journal.firstEpoch(), try journal.lastTaskRow())
        database = try JournalFailure.during(.open) {
            var configuration = Configuration()
            configuration.label = "desks"
            configuration.journalMode = .wal
            configuration.busyMode = .timeout(5)
            let database = try DatabaseQueue(path: path, configuration: configuration)
            try database.writeWithoutTransaction {
                try $0.execute(sql: "PRAGMA synchronous = FULL")
            }
            try Self.migrator.migrate(database)
            try database.write { try Self.forgetOthers(in: $0, epoch, lastRow) }
            return database
        }
    }

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1: desks, deliveries") { db in
            try db.execute(
                sql: """
                    -- the journal that rows below are of: the epoch of its first run
                    CREATE TABLE journal (epoch TEXT NOT NULL);
                    -- heard: nanoseconds since 1970
                    CREATE TABLE desk (name TEXT PRIMARY KEY, heard INTEGER NOT NULL) WITHOUT ROWID;
                    -- row: of the revision acknowledged in the journal's task_revision; 0 for none
                    CREATE TABLE delivery (
                        incident TEXT NOT NULL, desk TEXT NOT NULL, row INTEGER NOT NULL,
                        revision INTEGER NOT NULL, PRIMARY KEY (incident, desk)) WITHOUT ROWID;
                    """)
        }
        return migrator
    }

    private static func forgetOthers(
        in db: Database, _ epoch: String, _ lastRow: Int64
    ) throws {
        if try String.fetchOne(db, sql: "SELECT epoch FROM journal") != epoch {
            try db.execute(sql: "DELETE FROM journal; DELETE FROM delivery")
            try db.execute(sql: "INSERT INTO journal VALUES (?)", arguments: [epoch])
        }
        try db.execute(sql: "DELETE FROM delivery WHERE row > ?", arguments: [lastRow])
    }

    /// All that is remembered.
    public func remembered() throws(JournalFailure) -> [Remembered] {
        try JournalFailure.during(.read) {
            try database.read { db in
                var desks: [String: Remembered] = [:]
                for row in try Row.fetchAll(db, sql: "SELECT name, heard FROM desk") {
                    let heard = Timestamp(nanoseconds: row["heard"])
                    desks[row["name"]] = Remembered(desk: row["name"], heard: heard)
                }
                let sql = "SELECT incident, desk, row FROM delivery"
                for row in try Row.fetchAll(db, sql: sql) {
                    guard let task = TaskID(hexadecimal: row["incident"]) else { continue }
                    desks[row["desk"]]?.had[task] = row["row"]
                }
                return Array(desks.values)
            }
        }
    }

    /// Writes what changed, in one transaction; it is on disk when this returns.
    public func write(
        _ changes: [DeliveryChange], at now: Timestamp
    ) throws(JournalFailure) {
        try JournalFailure.during(.commit) {
            try database.write { db in
                for change in changes { try Self.write(change, at: now, to: db) }
            }
        }
    }

    private static func write(
        _ change: DeliveryChange, at now: Timestamp, to db: Database
    ) throws {
        func execute(_ sql: String, _ arguments: StatementArguments) throws {
            try db.cachedStatement(sql: sql).execute(arguments: arguments)
        }
        switch change {
        case .heard(let desk):
            try execute("INSERT OR REPLACE INTO desk VALUES (?, ?)", [desk, now.nanoseconds])
        case .had(let desk, let task, let row, let revision):
            try execute(
                "INSERT OR REPLACE INTO delivery VALUES (?, ?, ?, ?)",
                [task.hexadecimal, desk, row, Int64(revision)])
        case .forgot(let desk, let task):
            try execute(
                "DELETE FROM delivery WHERE incident = ? AND desk = ?", [task.hexadecimal, desk])
        case .left(let desk):
            try execute("DELETE FROM desk WHERE name = ?", [desk])
            try execute("DELETE FROM delivery WHERE desk = ?", [desk])
        case .over(let task):
            try execute("DELETE FROM delivery WHERE incident = ?", [task.hexadecimal])
        }
    }

    /// Moves SQLite's log into the file and closes it.
    public func close() throws(JournalFailure) {
        try JournalFailure.during(.close) {
            try database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
            try database.close()
        }
    }
}
