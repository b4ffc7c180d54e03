import GRDB
public import Lanes

/// Why the journal ended, or cannot be read. None of these is repeated.
public enum JournalFailure: Error, Sendable {
    case database(Operation, code: Int32, text: String)
    /// The engine wrote a record that breaks the layout.
    case malformedRecord(kind: UInt8, byteCount: Int)
    /// The bytes of an alert batch are not those that were written, or one before it is missing.
    case corruptBatch(id: Int64)
    /// The file is a database, but none of ours.
    case notAJournal
    /// Another process has the file open.
    case inUse
    case thread(LaneThreadError)

    public enum Operation: String, Sendable {
        case open, commit, checkpoint, read, close, compact
    }
}

extension JournalFailure: CustomStringConvertible {
    public var description: String {
        switch self {
        case .database(let operation, let code, let text):
            "journal \(operation.rawValue): \(text) (SQLite \(code))" + Self.advice(code)
        case .malformedRecord(let kind, let byteCount):
            "journal: a record of kind \(kind) and \(byteCount) bytes breaks the layout"
        case .corruptBatch(let id):
            "journal: alert batch \(id) is not what was written; `tocsin journal verify` says what "
                + "is lost"
        case .notAJournal: "the file is a database, but not a journal"
        case .inUse:
            "another process has the journal open: end the server, or the shell, that uses it"
        case .thread(let error): "journal: \(error)"
        }
    }
}

extension JournalFailure {
    /// What to do about an error of SQLite's; empty where its own words say it.
    private static func advice(_ code: Int32) -> String {
        let damaged = [ResultCode.SQLITE_CORRUPT, .SQLITE_NOTADB]
        guard damaged.contains(ResultCode(rawValue: code).primaryResultCode) else { return "" }
        return
            "; the file is damaged, or no journal: `tocsin journal verify` says what can still be "
            + "read; put a copy in its place, or move it away, its -wal and -shm with it, to begin "
            + "a new one"
    }

    /// Runs database work and names what went wrong in it.
    static func during<Result>(
        _ operation: Operation, _ work: () throws -> Result
    ) throws(JournalFailure) -> Result {
        do {
            return try work()
        } catch let failure as JournalFailure {
            throw failure
        } catch let error as DatabaseError {
            throw .database(
                operation, code: error.extendedResultCode.rawValue,
                text: error.message ?? "no message")
        } catch {
            throw .database(operation, code: -1, text: "\(error)")
        }
    }
}
