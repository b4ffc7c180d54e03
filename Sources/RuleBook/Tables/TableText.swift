import Domain

/// The rows of one of the catalog's tables as they are written: from a CSV file, or beside a test.
public struct TableText: Sendable {
    public var rows: [Row] = []

    public struct Row: Sendable {
        public var key: String
        /// The columns' values by their names; what is left out is absent.
        public var values: [String: String]
        /// Where the row stands, for findings; 0 where it is not of a file.
        public var line = 0

        public init(key: String, values: [String: String]) {
            self.key = key
            self.values = values
        }
    }

    /// The name under which rules know the registry of sources.
    public static let registryName = "source"

    public init() {}

    public init(_ rows: [Row]) { self.rows = rows }

    /// Rows by key: `{t1: {period: 60s, gateway: gw1}}`.
    package init(_ value: YAMLValue) {
        for (key, entry) in value.pairs() ?? [] {
            var row = Row(key: key.value, values: [:])
            for (name, cell) in entry.pairs() ?? [] {
                row.values[name.value] = cell.source()?.value
            }
            row.line = key.spot.line
            rows.append(row)
        }
    }

    /// A CSV with a header; quoted fields as RFC 4180 has them.
    ///
    /// **Fails**: gives what is wrong with it, in words, and on which line.
    static func csv(_ text: String, key: String) throws(TableMistake) -> TableText {
        var reader = CSVReader(Array(text.utf8))
        guard let header = reader.next()?.map(\.text) else {
            throw TableMistake(line: 1, message: "the table is empty")
        }
        guard let keyColumn = header.firstIndex(of: key) else {
            throw TableMistake(line: 1, message: "the table has no column `\(key)`")
        }
        var table = TableText()
        while let record = reader.next() {
            let line = record[0].place.line
            guard record.count == header.count else {
                throw TableMistake(
                    line: line, message: "\(record.count) fields under \(header.count) columns")
            }
            var row = Row(key: record[keyColumn].text, values: [:])
            row.line = line
            for (name, field) in zip(header, record) where !field.text.isEmpty {
                row.values[name] = field.text
            }
            table.rows.append(row)
        }
        if let fault = reader.takeFaults().first {
            throw TableMistake(line: fault.place.line, message: fault.message)
        }
        return table
    }
}

/// What is wrong with a table.
struct TableMistake: Error {
    let line: Int
    let message: String
}
