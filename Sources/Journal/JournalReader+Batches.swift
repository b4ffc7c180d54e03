public import Domain
import Foundation
import GRDB

extension JournalReader {
    /// What is wrong with the batches of alerts, in their order.
    ///
    /// - Parameter since: leaves out batches before the first that was received since.
    ///
    /// **Cost**: reads all bytes from there on.
    public func damage(
        since: Timestamp = Timestamp(nanoseconds: .min),
        _ progress: (_ batches: Int) -> Void = { _ in }
    ) throws(JournalFailure) -> [BatchDamage] {
        try read { db in
            var (found, count) = ([BatchDamage](), 0)
            try forEachBatch(in: db, since: since, after: 0) { _, _, damage in
                if let damage { found.append(damage) }
                count += 1
                progress(count)
            }
            return found
        }
    }

    /// Hands every batch with what is wrong with it to `body`, in their order; head and bytes are
    /// nil where the row cannot be read.
    func forEachBatch(
        in db: Database, since: Timestamp, after batch: Int64,
        _ body: (BatchHead?, Data, BatchDamage?) throws -> Void
    ) throws {
        var check = BatchCheck()
        var last = try Self.rowBefore(since, in: db, atLeast: batch)
        var isMore = true
        while isMore {
            isMore = false
            do {
                try Self.readBatches(in: db, after: &last, &check, body)
            } catch let error as DatabaseError {
                // Where only the row's bytes are damaged, its id can be read, and the rows behind.
                guard error.resultCode == .SQLITE_CORRUPT,
                    let next = try Self.row(after: last, in: db)
                else { throw error }
                last = next
                isMore = true
                check.skip()
                try body(nil, Data(), BatchDamage(batch: next, fault: .unreadable))
            }
        }
    }

    private static func readBatches(
        in db: Database, after last: inout Int64, _ check: inout BatchCheck,
        _ body: (BatchHead?, Data, BatchDamage?) throws -> Void
    ) throws {
        let sql = "SELECT \(BatchHead.columns) FROM alert_batch WHERE id > ? ORDER BY id"
        let rows = try Row.fetchCursor(db, sql: sql, arguments: [last])
        while let row = try rows.next() {
            last = row[0]
            if let head = BatchHead(row), let bytes = BatchHead.bytes(row) {
                try body(head, bytes, check.take(head, bytes))
            } else {
                check.skip()
                try body(nil, Data(), BatchDamage(batch: last, fault: .unreadable))
            }
        }
    }

    /// The row before the first that was received since `moment`. Rows behind that one all count: a
    /// clock that was set back must not leave holes.
    private static func rowBefore(
        _ moment: Timestamp, in db: Database, atLeast batch: Int64
    ) throws -> Int64 {
        let sql = """
            SELECT id FROM alert_batch WHERE id > ? AND received >= ? ORDER BY id LIMIT 1
            """
        let first = try Int64.fetchOne(db, sql: sql, arguments: [batch, moment.nanoseconds])
        return first.map { $0 - 1 } ?? .max
    }

    private static func row(after row: Int64, in db: Database) throws -> Int64? {
        let sql = "SELECT id FROM alert_batch WHERE id > ? ORDER BY id LIMIT 1"
        return try Int64.fetchOne(db, sql: sql, arguments: [row])
    }
}
