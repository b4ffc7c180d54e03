import Domain
import Foundation

/// A task as dispatch would see it: one revision.
struct TaskView: Codable, Sendable {
    private struct Message: Decodable {
        let data: TaskView
    }

    struct Assignment: Codable, Sendable {
        let department: String
        let level: String
    }

    /// What a rule adds to the score.
    struct Factor: Codable, Sendable {
        let rule: String
        let points: Double
        let alerts: Int
        let spread: Bool?
    }

    struct Evidence: Codable, Sendable {
        let alerts: [String]
        let count: Int
    }

    let incident: String
    let revision: Int
    let operation: String
    let kind: String
    let category: String
    let cell: String
    let priority: Int
    let score: Double
    let warning: String
    let severity: String
    let certainty: String
    let title: String
    let note: String?
    let reason: String
    let status: String
    let repeats: Int
    let assign: Assignment
    let factors: [Factor]
    let evidence: Evidence
    /// Number of the row of the priority matrix that fitted, from 1; 0 where the rule says it.
    let priorityRow: Int?
    /// Id of the rule that opened it; not from the message.
    var rule = ""
    var urgency = ""

    private enum CodingKeys: String, CodingKey {
        case incident, revision, operation, kind, category, cell, priority, score, warning
        case severity, certainty, title, note, reason, status, repeats, assign, factors, evidence
        case priorityRow = "priority_row"
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
        case "note": note ?? ""
        case "status": status
        case "repeats": "\(repeats)"
        case "alerts": "\(evidence.count)"
        case "department": assign.department
        default: assign.level
        }
    }

    /// Whether a field is as a test says; CAP words may be written in capitals.
    func fits(_ field: TaskPattern.Field) -> Bool {
        let actual = text(of: field.name)
        if field.name == "cell" { return TaskView.isSameCell(actual, field.text) }
        return actual == field.text || actual == field.text.lowercased()
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

extension TaskID {
    /// 32 hexadecimal digits, as on the wire.
    var text: String {
        [high, low].map { number in
            let digits = String(number, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
