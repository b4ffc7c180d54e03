public import Domain
import Foundation
import GRDB

extension JournalReader {
    /// Hands every alert with its message to `body`, in the order of the journal.
    ///
    /// - Parameter since: leaves out whole batches that were received before.
    ///
    /// **Fails**: `corruptBatch` before any alert of a batch whose checksum, or whose link to the
    /// batch before it, does not hold.
    public func forEachAlert(
        since: Timestamp = Timestamp(nanoseconds: .min),
        _ body: (JournaledAlert, Span<UInt8>) -> Void
    ) throws(JournalFailure) {
        try read { db in
            let sql = """
                SELECT id, run, previous_checksum, checksum, bytes FROM alert_batch
                WHERE received >= ? ORDER BY id
                """
            let rows = try Row.fetchCursor(db, sql: sql, arguments: [since.nanoseconds])
            var expected: Int64?
            while let row = try rows.next() {
                let previous: Int64 = row[2]
                let checksum: Int64 = row[3]
                let bytes: Data = row[4]
                let found = AlertBatch.checksum(of: bytes, after: UInt64(bitPattern: previous))
                guard expected == nil || expected == previous,
                    Int64(bitPattern: found) == checksum
                else { throw JournalFailure.corruptBatch(id: row[0]) }
                expected = checksum
                try unpack(bytes, ofRun: row[1], body)
            }
        }
    }

    /// When the oldest alert that is still there came in; nil when there is none.
    public func firstReceived() throws(JournalFailure) -> Timestamp? {
        try read { db in
            try Int64.fetchOne(db, sql: "SELECT min(first_received) FROM alert_batch")
                .map { Timestamp(nanoseconds: $0) }
        }
    }

    private func unpack(
        _ bytes: Data, ofRun run: Int64, _ body: (JournaledAlert, Span<UInt8>) -> Void
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
            body(alert, records.extracting((start + 8)..<offset))
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
                found += row[0] as Int
                if found >= count { return Timestamp(nanoseconds: row[1]) }
            }
            return nil
        }
    }
}
