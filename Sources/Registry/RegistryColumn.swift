import Domain

/// The columns that a registry may have.
public enum RegistryColumn: String, CaseIterable, Sendable {
    case source, latitude, longitude
    case accuracy = "accuracy_m"
    case cell, kinds, period, name

    /// All of them, as a message names them.
    static let list = allCases.map(\.rawValue).joined(separator: ", ")
}

/// One row as it is written: its fields by their columns.
struct RegistryRow: Sendable {
    /// By `RegistryColumn`'s order; nil where the file has no such column.
    private var fields: [CSVField?]
    let start: TextPlace

    init(_ record: [CSVField], _ columns: [RegistryColumn?]) {
        start = record[0].place
        fields = Array(repeating: nil, count: RegistryColumn.allCases.count)
        for (field, column) in zip(record, columns) {
            if let column { fields[column.number] = field }
        }
    }

    /// The column's text without blanks around it; empty where the row or the file has none.
    subscript(column: RegistryColumn) -> String {
        guard let text = fields[column.number]?.text else { return "" }
        return String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }

    /// Puts a text in a column, in place of what the file has there.
    mutating func set(_ column: RegistryColumn, _ text: String) {
        fields[column.number] = CSVField(text: text, place: place(of: column))
    }

    func place(of column: RegistryColumn) -> TextPlace {
        fields[column.number]?.place ?? start
    }
}

extension RegistryColumn {
    fileprivate var number: Int {
        switch self {
        case .source: 0
        case .latitude: 1
        case .longitude: 2
        case .accuracy: 3
        case .cell: 4
        case .kinds: 5
        case .period: 6
        case .name: 7
        }
    }
}
