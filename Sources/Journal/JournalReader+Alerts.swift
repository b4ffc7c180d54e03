public import Domain
import Foundation
import GRDB

extension JournalReader {
    /// Hands every alert with its message to `body`, in the order of the journal.
    ///
    /// - Parameters:
    ///   - since: leaves out batches before the first that was received since.
    ///   - batch: leaves out batches up to this one.
    ///   - damaged: told of what is wrong with a batch before its alerts are handed on, where they
    ///     can be; by default it ends the reading.
    ///
    /// **Fails**: `corruptBatch` before any alert of a batch whose checksum, or whose link to the
    /// batch before it, does not hold.
    public func forEachAlert(
        since: Timestamp = Timestamp(nanoseconds: .min), after batch: Int64 = 0,
        damaged: (BatchDamage) throws -> Void = JournalReader.refuse,
        _ body: (JournaledAlert, Span<UInt8>) throws -> Void
    ) throws(JournalFailure) {
        try read { db in
            try forEachBatch(in: db, since: since, after: batch) { head, bytes, damage in
                if let damage { try damaged(damage) }
                guard let head, damage?.isUsable ?? true else { return }
                try unpack(bytes, ofRun: head.run, body)
            }
        }
    }

    /// Takes no damage that loses alerts.
    public static func refuse(_ damage: BatchDamage) throws(JournalFailure) {
        if damage.losesAlerts { throw .corruptBatch(id: damage.batch) }
    }

    /// When the oldest alert that is still there came in; nil when there is none.
    public func firstReceived() throws(JournalFailure) -> Timestamp? {
        try read { db in
            try Int64.fetchOne(db, sql: "SELECT min(first_received) FROM alert_batch")
                .map { Timestamp(nanoseconds: $0) }
        }
    }

    private func unpack(
        _ bytes: Data, ofRun run: Int64, _ body: (JournaledAlert, Span<UInt8>) throws -> Void
    ) throws {
        let records = bytes.span
        var offset = 0
        while offset < records.count {
            let head = try RecordHead(records, at: offset)
            let start = offset + JournalHead.byteCount
            let alert = JournaledAlert(
                run: run, sequence: head.sequence, path: head.path, time: head.time,
                received: head.received,
                cell: CellID(Int(records.integer(at: start, as: UInt32.self))),
                source: SourceID(Int(records.integer(at: start + 4, as: UInt32.self))))
            offset += head.byteCount
            try body(alert, records.extracting((start + 8)..<offset))
        }
    }
}

extension JournalReader {
    /// When the batch came in from which on there are at least so many alerts; nil when there are
    /// fewer.
    public func start(ofLatest count: Int) throws(JournalFailure) -> Timestamp? {
        try read { db in
            let sql = "SELECT count, first_received FROM alert_batch ORDER BY id DESC"
            let rows = try Row.fetchCursor(db, sql: sql)
            var found = 0
            while let row = try rows.next() {
                // Columns of a damaged row may hold anything.
                found += Int.fromDatabaseValue(row[0]) ?? 0
                guard found >= count, let first = Int64.fromDatabaseValue(row[1]) else { continue }
                return Timestamp(nanoseconds: first)
            }
            return nil
        }
    }
}
