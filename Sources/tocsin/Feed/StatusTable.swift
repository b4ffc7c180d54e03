import Domain

/// A server's counters in words.
struct StatusTable {
    let text: String

    init(_ heartbeat: FeedHeartbeat) {
        let body = heartbeat.data
        let uptime = Int(body.uptimeSeconds)
        let lines = [
            "up \(uptime / 3600) h \(uptime / 60 % 60) min \(uptime % 60) s, epoch \(body.epoch), "
                + "\(body.rules) rules, \(grouped(body.sources)) sources, "
                + "\(grouped(body.tasksOpen)) tasks open"
        ]
        text = (lines + Self.counterLines(body.counters)).joined(separator: "\n")
    }

    /// The same of counters that came from a journal.
    init(counters: [String: UInt64], at time: String) {
        text = (["as of \(time)"] + Self.counterLines(counters)).joined(separator: "\n")
    }

    private static func counterLines(_ counters: [String: UInt64]) -> [String] {
        func figure(_ name: String) -> Int { Int(clamping: counters[name] ?? 0) }
        func row(_ label: String, _ number: Int) -> String {
            let digits = grouped(number)
            return padded(label, to: 28) + padded("", to: 14 - digits.count) + digits
        }
        var lines: [String] = []
        for path in IngestPath.allCases {
            lines.append(row("received by \(path.word)", figure("received_\(path.word)")))
            lines.append(row("  accepted", figure("accepted_\(path.word)")))
        }
        for reason in Reject.allCases where figure("rejected_\(reason.word)") > 0 {
            lines.append(row("refused: \(reason.word)", figure("rejected_\(reason.word)")))
        }
        let rest = IntakeCounters.names.dropFirst(2 * IngestPath.count + Reject.count)
        for name in rest where figure(name) > 0 || always.contains(name) {
            lines.append(row(name.replacing("_", with: " "), figure(name)))
        }
        return lines
    }

    /// Shown also when they are 0: their absence would be no answer.
    private static let always: Set = ["lost", "matched", "tasks_opened", "feed_overflows"]
}
