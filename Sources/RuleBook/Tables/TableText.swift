import Foundation

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
        var records = CSV.records(text)
        guard !records.isEmpty else { throw TableMistake(line: 1, message: "the table is empty") }
        let header = records.removeFirst().fields
        guard let keyColumn = header.firstIndex(of: key) else {
            throw TableMistake(line: 1, message: "the table has no column `\(key)`")
        }
        var table = TableText()
        for record in records {
            guard record.fields.count == header.count else {
                throw TableMistake(
                    line: record.line,
                    message: "\(record.fields.count) fields under \(header.count) columns")
            }
            var row = Row(key: record.fields[keyColumn], values: [:])
            row.line = record.line
            for (name, field) in zip(header, record.fields) where !field.isEmpty {
                row.values[name] = field
            }
            table.rows.append(row)
        }
        return table
    }
}

/// What is wrong with a table.
struct TableMistake: Error {
    let line: Int
    let message: String
}

/// Comma-separated values, RFC 4180.
enum CSV {
    struct Record {
        var line: Int
        var fields: [String]
    }

    /// The records of a text; lines without anything are left out.
    static func records(_ text: String) -> [Record] {
        var reader = Reader(Array(text.unicodeScalars))
        var records: [Record] = []
        while let record = reader.next() {
            if record.fields != [""] { records.append(record) }
        }
        return records
    }

    private struct Reader {
        private let scalars: [Unicode.Scalar]
        private var at = 0
        private var line = 1

        init(_ scalars: [Unicode.Scalar]) { self.scalars = scalars }

        mutating func next() -> Record? {
            guard at < scalars.count else { return nil }
            var record = Record(line: line, fields: [])
            while true {
                record.fields.append(field())
                guard at < scalars.count else { return record }
                let end = scalars[at]
                at += 1
                if end == "," { continue }
                line += 1
                return record
            }
        }

        /// Up to a comma, the end of the line or of the text.
        private mutating func field() -> String {
            var text = String.UnicodeScalarView()
            if at < scalars.count, scalars[at] == "\"" { readQuoted(&text) }
            while at < scalars.count, scalars[at] != ",", scalars[at] != "\n" {
                if scalars[at] != "\r" { text.append(scalars[at]) }
                at += 1
            }
            return String(text)
        }

        private mutating func readQuoted(_ text: inout String.UnicodeScalarView) {
            at += 1
            while at < scalars.count {
                let scalar = scalars[at]
                at += 1
                if scalar == "\n" { line += 1 }
                guard scalar == "\"" else {
                    text.append(scalar)
                    continue
                }
                guard at < scalars.count, scalars[at] == "\"" else { return }
                text.append("\"")
                at += 1
            }
        }
    }
}
