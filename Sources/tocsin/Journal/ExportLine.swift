import Domain
import Foundation
import Journal
import Registry

/// A row as a line of text.
enum ExportLine {
    /// As RFC 4180 has it.
    static func csv(_ values: [JournalValue]) -> String {
        values.map(field).joined(separator: ",")
    }

    static func csv(
        _ alert: JournaledAlert, _ source: String?, _ message: Span<UInt8>
    ) -> String {
        let bytes = message.indices.map { message[$0] }
        return csv([
            .whole(alert.run), .whole(Int64(bitPattern: alert.sequence)),
            .text("\(alert.path.word)"), .text(alert.received.rfc3339), .text(alert.time.rfc3339),
            source.map { .text($0) } ?? .nothing, .text(String(decoding: bytes, as: UTF8.self)),
        ])
    }

    /// One JSON object; a column that holds JSON is part of it, not text in it.
    static func json(_ row: [(column: String, value: JournalValue)]) -> String {
        let members = row.map { column, value in
            "\"\(column)\":" + (jsonColumns.contains(column) ? embedded(value) : literal(value))
        }
        return "{" + members.joined(separator: ",") + "}"
    }

    private static let jsonColumns: Set = ["message", "detail"]

    private static func field(_ value: JournalValue) -> String {
        switch value {
        case .nothing: ""
        case .whole(let number): "\(number)"
        case .number(let number): "\(number)"
        case .text(let text): CSVText.field(text)
        }
    }

    /// What does not read as JSON, in a damaged row, is given as text.
    private static func embedded(_ value: JournalValue) -> String {
        guard case .text(let text) = value else { return literal(value) }
        do {
            _ = try JSONSerialization.jsonObject(with: Data(text.utf8))
            return text
        } catch {
            return literal(value)
        }
    }

    private static func literal(_ value: JournalValue) -> String {
        switch value {
        case .nothing: "null"
        case .whole(let number): "\(number)"
        case .number(let number): number.isFinite ? "\(number)" : "null"
        case .text(let text): "\"" + text.unicodeScalars.map(escaped).joined() + "\""
        }
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": "\\\""
        case "\\": "\\\\"
        case "\n": "\\n"
        case _ where scalar.value < 0x20:
            "\\u" + String(repeating: "0", count: scalar.value < 0x10 ? 3 : 2)
                + String(scalar.value, radix: 16)
        default: String(scalar)
        }
    }
}
