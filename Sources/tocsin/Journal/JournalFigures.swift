import Domain
import Journal

/// A journal in numbers, as `tocsin journal stat` shows them.
struct JournalFigures: Encodable {
    struct Runs: Encodable {
        var all = 0
        var ended = 0
        /// The latest run is not among them: it may be running.
        var killed = 0
        var running = 0
    }
    struct Table: Encodable {
        let name: String
        let bytes: Int
    }
    struct Start: Encodable {
        let alertsLeast, alertsMost: Int

        enum CodingKeys: String, CodingKey {
            case alertsLeast = "alerts_least"
            case alertsMost = "alerts_most"
        }
    }

    let bytes: Int
    var runs = Runs()
    let alerts, batches: Int
    let first, last: String?
    let alertsPerSecondHour, alertsPerSecondDay: Double
    let tasks, tasksOpen, taskRevisions, feedback: Int
    let start: Start
    let tables: [Table]

    enum CodingKeys: String, CodingKey {
        case bytes, runs, alerts, batches, first, last, tasks, feedback, start, tables
        case alertsPerSecondHour = "alerts_per_second_hour"
        case alertsPerSecondDay = "alerts_per_second_day"
        case tasksOpen = "tasks_open"
        case taskRevisions = "task_revisions"
    }

    init(_ statistics: JournalStatistics, bytes: Int) {
        self.bytes = bytes
        (alerts, batches) = (statistics.alerts, statistics.batches)
        (first, last) = (statistics.first?.rfc3339, statistics.last?.rfc3339)
        alertsPerSecondHour = statistics.rate(statistics.alertsOfLastHour, within: .hours(1))
        alertsPerSecondDay = statistics.rate(statistics.alertsOfLastDay, within: .hours(24))
        (tasks, tasksOpen) = (statistics.tasks, statistics.tasksOpen)
        (taskRevisions, feedback) = (statistics.taskRevisions, statistics.feedback)
        let most = min(statistics.alerts, Recovering.alertsMax)
        start = Start(
            alertsLeast: min(statistics.alertsSinceEldestOpenTask, most), alertsMost: most)
        tables = statistics.tables.map { Table(name: $0.name, bytes: $0.bytes) }
        runs.all = statistics.runs.count
        runs.ended = statistics.runs.count { $0.ended != nil }
        runs.killed = statistics.runs.dropLast().count { $0.ended == nil }
        runs.running = runs.all - runs.ended - runs.killed
    }
}

extension JournalStatistics {
    /// Alerts a second of the last so long, or of all time where that is shorter.
    fileprivate func rate(_ count: Int, within length: Interval) -> Double {
        guard let first, let last else { return 0 }
        let span = min(length, max(last - first, .milliseconds(1000)))
        return Double(count) / (Double(span.nanoseconds) / 1e9)
    }
}

extension JournalFigures {
    var lines: [String] {
        var lines = [
            Self.row("on disk", Self.size(bytes)),
            Self.row("runs", "\(grouped(runs.all)): \(runsText)"),
            Self.row("alerts", "\(grouped(alerts)) in \(grouped(batches)) batches"),
        ]
        if let first, let last { lines.append(Self.row("received", "\(first) to \(last)")) }
        lines += [
            Self.row(
                "a second",
                "\(oneDecimal(alertsPerSecondHour)) in the latest hour, "
                    + "\(oneDecimal(alertsPerSecondDay)) in the latest day"),
            Self.row(
                "tasks",
                "\(grouped(tasks)): \(grouped(tasksOpen)) open, \(grouped(tasks - tasksOpen)) "
                    + "closed; \(grouped(taskRevisions)) revisions"),
            Self.row("feedback", grouped(feedback)),
            Self.row("a start", startText),
            "", "table",
        ]
        return lines + tables.map { "  " + Self.row($0.name, Self.size($0.bytes)) }
    }

    private var runsText: String {
        "\(grouped(runs.ended)) ended, \(grouped(runs.killed)) killed"
            + (runs.running > 0 ? ", the latest running or killed" : "")
    }

    private var startText: String {
        "lives through \(grouped(start.alertsLeast)) to \(grouped(start.alertsMost)) alerts, as "
            + "far back as windows of the rules reach"
    }

    private static func row(_ label: String, _ text: String) -> String {
        padded(label, to: 18) + " " + text
    }

    static func size(_ bytes: Int) -> String {
        if bytes < 1 << 20 { return "\(oneDecimal(Double(bytes) / 1024)) KiB" }
        if bytes < 1 << 30 { return "\(oneDecimal(Double(bytes) / 1_048_576)) MiB" }
        return "\(oneDecimal(Double(bytes) / 1_073_741_824)) GiB"
    }
}
