import Domain

extension TaskFigures {
    /// A label and what it says, for the head of a report.
    var lines: [(label: String, text: String)] {
        [
            ("opened", "\(opened)"),
            ("  by category", list(Category.allCases.map { ("\($0.word)", categories[$0]) })),
            ("  by priority", list(Priority.allCases.map { ("\($0.word)", priorities[$0]) })),
            ("  as they stand", list(TaskStage.allCases.map { ("\($0.word)", stages[$0]) })),
            ("open now", "\(openNow), \(stillOpen) of those opened"),
            ("repeats", repeatText), ("escalations", "\(escalations)"),
            ("missed deadlines", missedText),
            ("time to accept", span(accept)), ("time to arrive", span(arrive)),
            ("time to resolve", span(resolve)), ("time to verify", span(verify)),
            ("outcomes", list(FeedbackOutcome.allCases.map { ("\($0.word)", outcomes[$0]) })),
            ("precision", precisionText), ("satisfaction", satisfactionText),
        ]
    }

    private var repeatText: String {
        guard let repeatRate else { return "-" }
        return
            "\(repeats), to \(repeated) of \(opened) (\(repeatRate.percent)), \(reopened) opened again"
    }

    private var missedText: String {
        let deadlines: [(String, EscalationReason)] = [
            ("accept", .acceptMissed), ("arrive", .arriveMissed), ("resolve", .resolveMissed),
        ]
        return list(deadlines.map { ($0.0, missed[$0.1]) })
    }

    private var precisionText: String {
        let counts = "\(precision.right) right, \(precision.wrong) wrong"
        return precision.estimate == nil ? "-" : "\(precision.text), \(counts)"
    }

    private var satisfactionText: String {
        satisfaction.map { "\($0.fixed(1)) of 5, \(satisfactionCount) said" } ?? "-"
    }

    private func span(_ durations: Durations) -> String {
        guard let median = durations.median, let ninetieth = durations.ninetieth else { return "-" }
        return
            "median \(median.span), nine of ten within \(ninetieth.span), of \(durations.count)"
    }

    /// Those that there are.
    private func list(_ counts: [(String, Int?)]) -> String {
        let known = counts.compactMap { name, count in count.map { "\($0) \(name)" } }
        return known.isEmpty ? "-" : known.joined(separator: ", ")
    }
}
