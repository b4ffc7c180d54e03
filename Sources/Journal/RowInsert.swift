import Foundation
import GRDB
import GRDBSQLite

/// Fills and runs one INSERT straight from a record's bytes.
///
/// GRDB's own arguments are an array of boxed values for each row, which cost three times what
/// SQLite takes to store it. Here a value goes from the ring to SQLite, which copies it.
struct RowInsert {
    /// Owned by the connection's cache; kept so that the pointer below stays.
    private let statement: Statement
    private var column: Int32 = 0
    private var code = SQLITE_OK

    init(_ sql: String, in db: Database) throws {
        statement = try db.cachedStatement(sql: sql)
    }

    /// Binds the next columns to numbers; unsigned 64-bit ones keep their bits.
    mutating func bind(_ numbers: Int64...) {
        for number in numbers {
            keep(unsafe sqlite3_bind_int64(statement.sqliteStatement, next(), number))
        }
    }

    mutating func bind(_ text: String) {
        let byteCount = Int32(text.utf8.count)
        keep(
            unsafe sqlite3_bind_text(
                statement.sqliteStatement, next(), text, byteCount, copying))
    }

    /// Binds the next column to text, which must be UTF-8.
    mutating func bind(text: Span<UInt8>) {
        let column = next()
        keep(
            unsafe text.withUnsafeBytes { bytes in
                unsafe sqlite3_bind_text(
                    statement.sqliteStatement, column,
                    bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count),
                    copying)
            })
    }

    mutating func bind(_ blob: Data) {
        let column = next()
        keep(
            unsafe blob.withUnsafeBytes { bytes in
                unsafe sqlite3_bind_blob(
                    statement.sqliteStatement, column, bytes.baseAddress, Int32(bytes.count),
                    copying)
            })
    }

    /// Inserts the row. **Fails**: the first error of a binding, or that of the insertion.
    mutating func run() throws {
        if code == SQLITE_OK {
            let stepped = unsafe sqlite3_step(statement.sqliteStatement)
            let reset = unsafe sqlite3_reset(statement.sqliteStatement)
            code = stepped == SQLITE_DONE ? reset : stepped
        }
        column = 0
        guard code == SQLITE_OK else { throw failure() }
    }

    private mutating func next() -> Int32 {
        column += 1
        return column
    }

    private mutating func keep(_ bound: Int32) {
        if code == SQLITE_OK { code = bound }
    }

    private func failure() -> DatabaseError {
        let connection = unsafe sqlite3_db_handle(statement.sqliteStatement)
        return DatabaseError(
            resultCode: ResultCode(rawValue: unsafe sqlite3_extended_errcode(connection)),
            message: unsafe String(cString: sqlite3_errmsg(connection)))
    }
}

/// Tells SQLite to copy what it is given: C's `SQLITE_TRANSIENT`, a cast that Swift does not
/// import.
private var copying: sqlite3_destructor_type {
    unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
