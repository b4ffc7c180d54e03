import GRDB

/// A value of a view's row.
public enum JournalValue: Sendable, Equatable {
    case nothing
    case whole(Int64)
    case number(Double)
    case text(String)
}

extension JournalValue {
    init(_ value: DatabaseValue) {
        self =
            switch value.storage {
            case .null: .nothing
            case .int64(let number): .whole(number)
            case .double(let number): .number(number)
            case .string(let text): .text(text)
            // No view has blobs; one in a damaged row is nothing that can be written down.
            case .blob: .nothing
            }
    }
}
