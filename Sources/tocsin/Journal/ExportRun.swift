import Domain
import Journal

/// Writes what a journal holds into a sink.
struct ExportRun {
    let reader: JournalReader
    let sink: ExportSink
    let format: ExportFormat
    let moments: Range<Timestamp>

    struct Outcome {
        var rows = 0
        /// Batches of alerts that could not be had.
        var losses = 0
    }

    private static let alertColumns = [
        "run", "position", "door", "received", "time", "source", "message",
    ]

    func export(_ what: ExportContent) throws -> Outcome {
        var outcome = Outcome()
        do {
            if let view = what.view {
                try exportRows(of: view, &outcome)
            } else {
                try exportAlerts(&outcome)
            }
            try sink.flush()
        } catch {
            // What ended the reading may be the writing.
            throw sink.failure ?? error
        }
        return outcome
    }

    private func exportRows(of view: JournalView, _ outcome: inout Outcome) throws {
        let columns = try reader.columns(of: view)
        if format == .csv { try sink.line(ExportLine.csv(columns.map { .text($0) })) }
        try reader.forEachRow(of: view, in: moments) { values in
            switch format {
            case .csv: try sink.line(ExportLine.csv(values))
            case .jsonl: try sink.line(ExportLine.json(Array(zip(columns, values))))
            }
            Self.count(&outcome)
        }
    }

    private func exportAlerts(_ outcome: inout Outcome) throws {
        var names: [Int64: [SourceID: String]] = [:]
        for run in try reader.runs() { names[run.id] = try reader.sources(ofRun: run.id) }
        if format == .csv { try sink.line(ExportLine.csv(Self.alertColumns.map { .text($0) })) }
        var losses = 0
        func note(_ damage: BatchDamage) { losses += Self.say(damage) }
        try reader.forEachAlert(since: moments.lowerBound, damaged: note) { alert, message in
            guard moments.contains(alert.received) else { return }
            switch format {
            case .csv:
                let source = names[alert.run]?[alert.source]
                try sink.line(ExportLine.csv(alert, source, message))
            case .jsonl: try sink.line(json: message)
            }
            Self.count(&outcome)
        }
        outcome.losses = losses
    }

    private static func count(_ outcome: inout Outcome) {
        outcome.rows += 1
        if outcome.rows % 10_000 == 0 {
            StandardError.progress("exporting: \(grouped(outcome.rows))")
        }
    }

    /// Names what is left out; 1 where anything is.
    private static func say(_ damage: BatchDamage) -> Int {
        guard damage.losesAlerts else { return 0 }
        StandardError.say("tocsin: left out, because it is lost: \(damage.lostText)")
        return 1
    }
}
