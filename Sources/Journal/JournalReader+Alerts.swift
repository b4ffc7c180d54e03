import Domain
import Foundation
import GRDB

extension JournalReader {
    /// Hands every alert with its message to `body`, in the order of the journal.
    ///
    /// **Fails**: `corruptBatch` before any alert of a batch whose checksum, or whose link to the
    /// batch before it, does not hold.
    public func forEachAlert(
        _ body: (JournaledAlert, Span<UInt8>) -> Void
    ) throws(JournalFailure) {
        try read { db in
            let sql = """
                SELECT id, run, previous_checksum, checksum, bytes FROM alert_batch ORDER BY id
                """
            let rows = try Row.fetchCursor(db, sql: sql)
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
