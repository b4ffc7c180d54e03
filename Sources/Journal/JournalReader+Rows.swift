public import Domain
import GRDB

extension JournalReader {
    /// The columns of a view, in order; empty in a journal that is older than the view.
    public func columns(of view: JournalView) throws(JournalFailure) -> [String] {
        try read { db in
            guard try db.viewExists(view.names.view) else { return [] }
            return try db.columns(in: view.names.view).map(\.name)
        }
    }

    /// Hands every row that was received in `moments` to `body`, in the order of the journal.
    public func forEachRow(
        of view: JournalView, in moments: Range<Timestamp>, _ body: ([JournalValue]) throws -> Void
    ) throws(JournalFailure) {
        let names = view.names
        try read { db in
            guard try db.viewExists(names.view) else { return }
            let sql = """
                SELECT v.* FROM \(names.table) t JOIN \(names.view) v ON v.id = t.id
                    WHERE t.received >= ? AND t.received < ? ORDER BY t.id
                """
            let rows = try Row.fetchCursor(
                db, sql: sql,
                arguments: [moments.lowerBound.nanoseconds, moments.upperBound.nanoseconds])
            while let row = try rows.next() {
                try body(row.databaseValues.map(JournalValue.init))
            }
        }
    }
}
