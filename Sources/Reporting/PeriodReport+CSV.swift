import Domain

extension PeriodReport {
    /// One row for all tasks, one for drills, one for each name of each group. RFC 4180.
    public var csv: String {
        let rows =
            [row("total", "", total), row("drills", "", drills)]
            + groups.flatMap { group in group.rows.map { row(group.by, $0.name, $0.figures) } }
        let head = ["from", "to", "by", "name"] + CSVColumn.all.map(\.title)
        return ([head] + rows).map { fields in
            fields.map(Self.quoted).joined(separator: ",") + "\r\n"
        }.joined()
    }

    private func row(_ by: String, _ name: String, _ figures: TaskFigures) -> [String] {
        [scope.from.text, scope.to.text, by, name] + CSVColumn.all.map { $0.cell(figures) }
    }

    /// In quotation marks where the text needs it.
    private static func quoted(_ field: String) -> String {
        let needs = field.utf8.contains { "\",\r\n".utf8.contains($0) }
        return needs ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
    }
}

/// One column of figures; an empty field where there is none.
private struct CSVColumn: Sendable {
    let title: String
    let cell: @Sendable (TaskFigures) -> String

    static let all: [CSVColumn] = counts + words + times + judgements

    private static let counts: [CSVColumn] = [
        CSVColumn(title: "opened") { "\($0.opened)" },
        CSVColumn(title: "still_open") { "\($0.stillOpen)" },
        CSVColumn(title: "open_now") { "\($0.openNow)" },
        CSVColumn(title: "repeats") { "\($0.repeats)" },
        CSVColumn(title: "repeated") { "\($0.repeated)" },
        CSVColumn(title: "reopened") { "\($0.reopened)" },
        CSVColumn(title: "repeat_rate") { $0.repeatRate?.fixed(4) ?? "" },
        CSVColumn(title: "escalations") { "\($0.escalations)" },
        CSVColumn(title: "missed_accept") { "\($0.missed[.acceptMissed] ?? 0)" },
        CSVColumn(title: "missed_arrive") { "\($0.missed[.arriveMissed] ?? 0)" },
        CSVColumn(title: "missed_resolve") { "\($0.missed[.resolveMissed] ?? 0)" },
    ]

    private static let words: [CSVColumn] =
        Priority.allCases.map { word in
            CSVColumn(title: "\(word.word)") { "\($0.priorities[word] ?? 0)" }
        }
        + TaskStage.allCases.map { word in
            CSVColumn(title: "stage_\(word.word)") { "\($0.stages[word] ?? 0)" }
        }
        + FeedbackOutcome.allCases.map { word in
            CSVColumn(title: "outcome_\(word.word)") { "\($0.outcomes[word] ?? 0)" }
        }

    private static let times: [CSVColumn] =
        durations("accept") { $0.accept } + durations("arrive") { $0.arrive }
        + durations("resolve") { $0.resolve } + durations("verify") { $0.verify }

    private static func durations(
        _ name: String, _ part: @escaping @Sendable (TaskFigures) -> Durations
    ) -> [CSVColumn] {
        [
            CSVColumn(title: "\(name)_count") { "\(part($0).count)" },
            CSVColumn(title: "\(name)_median_s") { part($0).median?.fixed(1) ?? "" },
            CSVColumn(title: "\(name)_p90_s") { part($0).ninetieth?.fixed(1) ?? "" },
        ]
    }

    private static let judgements: [CSVColumn] = [
        CSVColumn(title: "right") { "\($0.precision.right)" },
        CSVColumn(title: "wrong") { "\($0.precision.wrong)" },
        CSVColumn(title: "precision") { $0.precision.estimate?.mean.fixed(4) ?? "" },
        CSVColumn(title: "precision_low") { $0.precision.estimate?.low.fixed(4) ?? "" },
        CSVColumn(title: "precision_high") { $0.precision.estimate?.high.fixed(4) ?? "" },
        CSVColumn(title: "satisfaction_count") { "\($0.satisfactionCount)" },
        CSVColumn(title: "satisfaction") { $0.satisfaction?.fixed(2) ?? "" },
    ]
}
