import Domain
import Foundation
public import RuleBook

/// A test file made of what once was.
public struct CapturedTest: Sendable {
    /// The file's text.
    public let text: String
    public let alertCount: Int
    private let directory: String

    init(
        _ captured: CapturedCase, _ facts: GridFacts, catalog: String, rules: [String],
        directory: String
    ) {
        self.directory = directory
        let catalog = CapturedTest.relative(catalog, to: directory)
        let rules = rules.map { CapturedTest.relative($0, to: directory) }
        var lines = ["kind: tests", "version: 1", "catalog: \(CapturedTest.quoted(catalog))"]
        lines.append("rules: [\(rules.map(CapturedTest.quoted).joined(separator: ", "))]")
        lines.append("start: \(captured.start.wireText)")
        lines += CapturedTest.map(captured, facts)
        lines += CapturedTest.caseLines(captured, facts)
        text = lines.joined(separator: "\n") + "\n"
        alertCount = captured.alerts.count
    }

    /// A path as it is written in a file of the directory.
    private static func relative(_ path: String, to directory: String) -> String {
        if directory.isEmpty || directory.hasPrefix("/") != path.hasPrefix("/") { return path }
        var (from, to) = (
            directory.split(separator: "/")[...], path.split(separator: "/")[...]
        )
        while let first = from.first, first == to.first {
            from.removeFirst()
            to.removeFirst()
        }
        return (from.map { _ in ".." } + to.map(String.init)).joined(separator: "/")
    }

    /// Where the file would stand, for running it.
    var path: String {
        directory.isEmpty ? "captured.tests.yaml" : "\(directory)/captured.tests.yaml"
    }

    private static func map(_ captured: CapturedCase, _ facts: GridFacts) -> [String] {
        let cells = captured.cells.map { cell in
            let fact = facts.fact(cell)
            var parts = ["name: \(quoted(fact.name))"]
            if let parent = fact.parent { parts.append("parent: \(quoted(parent))") }
            if fact.population > 0 { parts.append("population: \(fact.population)") }
            if fact.vulnerability > 0 { parts.append("vulnerability: \(fact.vulnerability)") }
            if fact.access > 0 { parts.append("access: \(fact.access)") }
            if !fact.use.isEmpty { parts.append("use: \(quoted(fact.use))") }
            if !fact.areas.isEmpty { parts.append("areas: {\(areas(fact))}") }
            return "    \(quoted(fact.code)): {\(parts.joined(separator: ", "))}"
        }
        let beside = captured.cells.compactMap { cell in
            let names = facts.beside(cell, among: captured.cells)
            guard !names.isEmpty else { return String?.none }
            let list = names.map(quoted).joined(separator: ", ")
            return "  \(quoted(facts.fact(cell).code)): [\(list)]"
        }
        return ["tables:", "  cell:"] + cells + sources(captured)
            + (beside.isEmpty ? [] : ["neighbours:"] + beside)
    }

    private static func areas(_ cell: TestCell) -> String {
        cell.areas.sorted { $0.key < $1.key }.map { "\(quoted($0.key)): \(quoted($0.value))" }
            .joined(separator: ", ")
    }

    /// Rows of the registry.
    private static func sources(_ captured: CapturedCase) -> [String] {
        guard !captured.sources.isEmpty else { return [] }
        let rows = captured.sources.map { row in
            let values = row.values.sorted { $0.key < $1.key }
                .map { "\($0.key): \(quoted($0.value))" }
            return "    \(quoted(row.key)): {\(values.joined(separator: ", "))}"
        }
        return ["  \(TableText.registryName):"] + rows
    }

    private static func caseLines(_ captured: CapturedCase, _ facts: GridFacts) -> [String] {
        let task = captured.revisions[0].task
        var lines = ["cases:", "- name: \(quoted(task.title))", "  feed:"]
        for alert in captured.alerts {
            let code = facts.fact(alert.cell).code
            if let item = CapturedAlert(alert, start: captured.start, cell: code) {
                lines.append("  - \(item.text)")
            }
        }
        lines.append("  expect:")
        for revision in captured.revisions where revision.task.operation != "update" {
            lines.append("  - \(expectation(revision, captured.start))")
        }
        return lines
    }

    /// What was decided at an opening, a reopening or a closing.
    private static func expectation(_ revision: Ledger.Revision, _ start: Timestamp) -> String {
        let task = revision.task
        let at = CapturedAlert.span(revision.time, start, rounded: .up)
        let code = task.cell.split(separator: "/").last.map(String.init) ?? task.cell
        let cell = "cell: \(quoted(code)), rule: \(quoted(task.rule))"
        guard task.isOpen else { return "{at: \(at), \(cell), tasks: 0}" }
        let pattern =
            "{kind: \(quoted(task.kind)), priority: P\(task.priority), "
            + "severity: \(task.severity), certainty: \(task.certainty), "
            + "warning: \(task.warning)}"
        return "{at: \(at), \(cell), tasks: [\(pattern)]}"
    }

    /// A scalar as YAML 1.2 reads it back: plain where nothing in it can be misread.
    static func quoted(_ text: String) -> String {
        let isPlain =
            text.first?.isLetter == true
            && text.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || "0"..."9" ~= $0)
                    || "._-/".unicodeScalars.contains($0)
            }
        let isWord = ["true", "false", "null", "yes", "no", "on", "off"].contains(text.lowercased())
        if isPlain, !isWord { return text }
        return "'" + text.replacing("'", with: "''") + "'"
    }
}

/// One alert as a test feeds it.
struct CapturedAlert {
    private struct Message: Decodable {
        let id: String
        let source: String
        let data: Payload
    }

    private struct Payload: Decodable {
        struct Measure: Decodable {
            let value: Double
            let unit: String?
            let limit: Double?
        }

        struct Area: Decodable { let cells: [String]? }

        let kind: String
        let severity: String
        let area: Area?
        let state: String?
        let status: String?
        let urgency: String?
        let confidence: Double?
        let count: Int?
        let measures: [Measure]?
        let attrs: [String: Attribute]?
    }

    private enum Attribute: Decodable {
        case text(String)
        case number(Double)
        case truth(Bool)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let truth = CapturedAlert.read(Bool.self, container) {
                self = .truth(truth)
            } else if let number = CapturedAlert.read(Double.self, container) {
                self = .number(number)
            } else {
                self = .text(try container.decode(String.self))
            }
        }

        var text: String {
            switch self {
            case .text(let text): CapturedTest.quoted(text)
            case .number(let number): number.plainText
            case .truth(let truth): "\(truth)"
            }
        }
    }

    let text: String

    /// Nil when the message can't be read again, which the door would have refused.
    init?(_ alert: Ledger.Alert, start: Timestamp, cell: String) {
        let message: Message
        do {
            message = try JSONDecoder().decode(Message.self, from: Data(alert.body))
        } catch {
            return nil
        }
        let data = message.data
        var parts = ["at: \(CapturedAlert.span(alert.time, start, rounded: .down))"]
        if alert.received.nanoseconds - alert.time.nanoseconds >= 1_000_000 {
            parts.append("late: \(CapturedAlert.span(alert.received, alert.time, rounded: .down))")
        }
        parts.append("kind: \(data.kind)")
        parts.append("cell: \(CapturedTest.quoted(cell))")
        if let cells = data.area?.cells {
            let codes = cells.compactMap { $0.split(separator: "/").last.map(String.init) }
            parts.append(
                "area: {cells: [\(codes.map(CapturedTest.quoted).joined(separator: ", "))]}")
        }
        parts.append("source: \(CapturedTest.quoted(message.source))")
        parts.append("id: \(CapturedTest.quoted(message.id))")
        parts += CapturedAlert.values(data)
        text = "{\(parts.joined(separator: ", "))}"
    }

    private static func values(_ data: Payload) -> [String] {
        let measure = data.measures?.first
        let parts: [(String, String?)] = [
            ("value", measure?.value.plainText), ("unit", measure?.unit.map(CapturedTest.quoted)),
            ("limit", measure?.limit?.plainText), ("confidence", data.confidence?.plainText),
            ("severity", data.severity == "minor" ? nil : data.severity),
            ("state", data.state == "pulse" ? nil : data.state),
            ("status", data.status == "actual" ? nil : data.status), ("urgency", data.urgency),
            ("count", data.count.map { "\($0)" }),
        ]
        let attributes = (data.attrs ?? [:]).sorted { $0.key < $1.key }
            .map { "\($0.key): \($0.value.text)" }
        return parts.compactMap { name, text in text.map { "\(name): \($0)" } }
            + (attributes.isEmpty ? [] : ["attrs: {\(attributes.joined(separator: ", "))}"])
    }

    /// A value of the type, or nil when it is of another.
    private static func read<Value: Decodable>(
        _ type: Value.Type, _ container: any SingleValueDecodingContainer
    ) -> Value? {
        do { return try container.decode(type) } catch { return nil }
    }

    /// From one time to another, to a millisecond.
    static func span(
        _ time: Timestamp, _ start: Timestamp, rounded rule: FloatingPointRoundingRule
    ) -> String {
        let nanoseconds = max(0, time.nanoseconds - start.nanoseconds)
        let more: Int64 = rule == .up ? 999_999 : 0
        return Interval.milliseconds((nanoseconds + more) / 1_000_000).ruleText
    }
}

extension Workshop {
    /// Runs a captured case by the rules it was captured with.
    public static func run(_ captured: CapturedTest, with files: RuleFiles) -> TestReport {
        var files = files
        files.tests = [SourceFile(path: captured.path, text: captured.text)]
        return run(files, TestOptions(filter: nil, inline: false))
    }
}
