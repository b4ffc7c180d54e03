public import Domain
import Foundation
import GRDB

/// Trims a journal that no server uses, and gives the room back to the disk.
public struct JournalCompaction: Sendable, Equatable {
    public private(set) var bytesBefore = 0
    public private(set) var bytesAfter = 0
    public private(set) var alertsBefore = 0
    public private(set) var alertsAfter = 0

    /// Removes what was received before `moment`, and writes the file anew without gaps.
    ///
    /// **Cost**: for a while the disk holds what remains a second time.
    ///
    /// **Fails**: `inUse` while any other process has the file open; nothing is changed then.
    public static func run(
        path: String, before moment: Timestamp, _ progress: (_ step: String) -> Void
    ) throws(JournalFailure) -> JournalCompaction {
        var outcome = JournalCompaction()
        outcome.alertsBefore = try alerts(path)
        outcome.bytesBefore = try JournalReader.bytesOnDisk(path)
        try work(path) { database in
            progress("trimming")
            // Retention knows today's tables.
            try JournalSchema.migrator.migrate(database)
            while try database.write({ try Retention.trim(before: moment, in: $0) }) {}
            progress("writing the file anew")
            try database.writeWithoutTransaction { db in
                try db.execute(sql: "VACUUM")
                // As servers leave it; readers then wait for no writer.
                try db.execute(sql: "PRAGMA journal_mode = WAL")
            }
        }
        outcome.alertsAfter = try alerts(path)
        outcome.bytesAfter = try JournalReader.bytesOnDisk(path)
        return outcome
    }

    private static func alerts(_ path: String) throws(JournalFailure) -> Int {
        let reader = try JournalReader(path: path)
        try reader.requireJournal()
        let count = try reader.counts().alerts
        try reader.close()
        return count
    }

    /// Leaving the write-ahead log takes a lock that no other connection, not even an idle one, may
    /// share; a server has one as long as it runs.
    private static func work(
        _ path: String, _ work: (DatabaseQueue) throws -> Void
    ) throws(JournalFailure) {
        try JournalFailure.during(.compact) {
            var configuration = Configuration()
            configuration.label = "compaction"
            configuration.prepareDatabase { try $0.execute(sql: "PRAGMA locking_mode = EXCLUSIVE") }
            do {
                let database = try DatabaseQueue(path: path, configuration: configuration)
                let mode = try database.writeWithoutTransaction {
                    try String.fetchOne($0, sql: "PRAGMA journal_mode = DELETE")
                }
                guard mode == "delete" else { throw JournalFailure.inUse }
                try work(database)
                try database.close()
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                throw JournalFailure.inUse
            }
        }
    }
}

extension JournalReader {
    /// A journal's bytes on disk, SQLite's log with them.
    public static func bytesOnDisk(_ path: String) throws(JournalFailure) -> Int {
        try JournalFailure.during(.read) {
            try ["", "-wal"].reduce(0) { sum, ending in
                guard FileManager.default.fileExists(atPath: path + ending) else { return sum }
                let facts = try FileManager.default.attributesOfItem(atPath: path + ending)
                return sum + (facts[.size] as? Int ?? 0)
            }
        }
    }
}
