import Domain

/// A server's counters in words.
struct StatusTable {
    let text: String

    init(_ heartbeat: FeedHeartbeat) {
        let body = heartbeat.data
        let uptime = body.uptimeSeconds
        let lines =
            [
                "\(heartbeat.source), up \(uptime / 3600) h \(uptime / 60 % 60) min \(uptime % 60) s",
                "\(body.rules.count) rules, \(grouped(body.cells)) cells, \(grouped(body.sources)) "
                    + "sources, \(grouped(body.sourcesRegistered)) registered, "
                    + "\(grouped(body.tasksOpen)) tasks open"
                    + (body.tasksWithheld > 0
                        ? ", \(grouped(body.tasksWithheld)) withheld (tocsin status --withheld)"
                        : ""),
            ] + Self.stageLines(body.stages)
        text = (lines + Self.counterLines(body.counters) + Self.ruleLines(body.rules))
            .joined(separator: "\n")
    }

    /// How far the open tasks have come, in the order of their handling; no line without any.
    private static func stageLines(_ stages: [String: Int]) -> [String] {
        let known = TaskStage.allCases.compactMap { stage in
            stages["\(stage.word)"].map { "\(grouped($0)) \(stage.word)" }
        }
        return known.isEmpty ? [] : ["tasks: " + known.joined(separator: ", ")]
    }

    /// All rules by name: one that never matches, or fails, is what an operator looks for.
    private static func ruleLines(_ rules: [String: FeedHeartbeat.RuleFigures]) -> [String] {
        let width = max(12, rules.keys.map(\.count).max() ?? 0)
        func row(_ name: String, _ columns: [String]) -> String {
            columns.reduce(padded(name, to: width)) { line, column in
                line + padded("", to: 10 - column.count) + column
            }
        }
        let titles = row("rule", FeedHeartbeat.RuleFigures.titles)
        return ["", titles]
            + rules.sorted { $0.key < $1.key }.map { name, rule in
                let figures = row(name, rule.columns.map { grouped(Int(clamping: $0)) })
                return rule.remarks.isEmpty ? figures : "\(figures)  \(rule.remarks)"
            }
    }

    /// The same of the last run that a journal knows.
    init(_ tally: JournalTally) {
        let end = tally.ended.map { "ended \($0)" } ?? "still running, or killed"
        text =
            (["tocsin/\(tally.instance), started \(tally.started), \(end)"]
            + Self.counterLines(tally.counters)).joined(separator: "\n")
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
