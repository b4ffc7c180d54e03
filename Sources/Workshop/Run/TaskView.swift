import Domain
import Foundation

/// A task as dispatch would see it: its latest revision.
struct TaskView: Decodable {
    private struct Message: Decodable {
        let data: TaskView
    }

    struct Assignment: Decodable {
        let department: String
        let level: String
    }

    let incident: String
    let operation: String
    let kind: String
    let category: String
    let cell: String
    let priority: Int
    let warning: String
    let severity: String
    let certainty: String
    let title: String
    let status: String
    let repeats: Int
    let assign: Assignment
    /// Id of the rule that opened it.
    var rule = ""
    var urgency = ""

    private enum CodingKeys: String, CodingKey {
        case incident, operation, kind, category, cell, priority, warning, severity, certainty
        case title, status, repeats, assign
    }

    var isOpen: Bool { operation != "close" }

    /// The task in the body of a feed message.
    static func decode(_ json: [UInt8]) throws -> TaskView {
        try JSONDecoder().decode(Message.self, from: Data(json)).data
    }

    /// The text of a field that patterns can name.
    func text(of field: String) -> String {
        switch field {
        case "rule": rule
        case "kind": kind
        case "category": category
        case "cell": cell
        case "priority": "P\(priority)"
        case "warning": warning
        case "severity": severity
        case "certainty": certainty
        case "urgency": urgency
        case "title": title
        case "status": status
        case "repeats": "\(repeats)"
        case "department": assign.department
        default: assign.level
        }
    }

    /// Whether every field of the pattern is as it says; CAP words may be written in capitals.
    func fits(_ pattern: TaskPattern) -> Bool {
        pattern.fields.allSatisfy { field in
            let actual = text(of: field.name)
            if field.name == "cell" { return TaskView.isSameCell(actual, field.text) }
            return actual == field.text || actual == field.text.lowercased()
        }
    }

    /// Tests name a cell by its code; the wire by its path.
    static func isSameCell(_ path: String, _ code: String) -> Bool {
        let segments = path.split(separator: "/")
        return segments.last.map(String.init) == code || segments.joined(separator: "/") == code
    }

    var text: String {
        "\(rule): \(kind) P\(priority) \(severity) \(certainty) in \(cell): \(title)"
    }
}
