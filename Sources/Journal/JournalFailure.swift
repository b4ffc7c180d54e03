import GRDB
public import Lanes

/// Why the journal ended, or cannot be read. None of these is repeated.
public enum JournalFailure: Error, Sendable {
    case database(Operation, code: Int32, text: String)
    /// The engine wrote a record that breaks the layout.
    case malformedRecord(kind: UInt8, byteCount: Int)
    /// The bytes of an alert batch are not those that were written, or one before it is missing.
    case corruptBatch(id: Int64)
    case thread(LaneThreadError)

    public enum Operation: String, Sendable {
        case open, commit, checkpoint, read, close
    }
}

extension JournalFailure: CustomStringConvertible {
    public var description: String {
        switch self {
        case .database(let operation, let code, let text):
            "journal \(operation.rawValue): \(text) (SQLite \(code))"
        case .malformedRecord(let kind, let byteCount):
            "journal: a record of kind \(kind) and \(byteCount) bytes breaks the layout"
        case .corruptBatch(let id):
            "journal: alert batch \(id) is not what was written"
        case .thread(let error): "journal: \(error)"
        }
    }
}

extension JournalFailure {
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
