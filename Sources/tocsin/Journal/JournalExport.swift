import ArgumentParser
import Domain
import Foundation
import Journal

/// `tocsin journal export`: a journal's content for other programs.
extension JournalCommand {
    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write alerts, tasks, scores, feedback or events as lines or a table.",
            discussion: """
                Yesterday's alerts:      tocsin journal export --what alerts --to out \\
                                           --since 2026-05-24T00:00:00Z --until 2026-05-25T00:00:00Z
                Send them once more:     tocsin publish --retime now --file out/alerts.jsonl
                All tasks, as a table:   tocsin journal export --what tasks --to out --format csv
                To another program:      tocsin journal export --what scores --to - | jq .score

                An alert is the message as it came in, one a line. Other rows have the columns of the \
                journal's views, with times in RFC 3339; a task is at its latest revision. --since and \
                --until go by the moment of receipt. Batches of alerts that are damaged are left out, \
                and named.

                Exit codes: 0 written; 1 some of the alerts asked for are lost; 2 the journal cannot \
                be read, or the file not written; 3 wrong usage.
                """)

        @OptionGroup var place: JournalPlace
        @Option(help: "alerts, tasks, scores, feedback or events.")
        var what: ExportContent
        @Option(help: "The directory for the file, or - for standard output.")
        var to: String
        @Option(help: "From this moment on, such as 2026-05-25T13:00:00Z.")
        var since: Moment?
        @Option(help: "Before this moment.")
        var until: Moment?
        @Option(help: "jsonl: one JSON object a line; csv: a table with a head.")
        var format = ExportFormat.jsonl
        @Flag(help: "Replace the file where it is there already.")
        var force = false

        func validate() throws {
            if let since, let until, since.time >= until.time {
                throw ValidationError("--since is not before --until")
            }
        }

        func run() throws {
            let path = try place.path()
            let moments = (since?.time ?? .never)..<(until?.time ?? .forever)
            let outcome = try JournalPlace.reading(path) { reader in
                let sink = ExportSink(try OutputFile(try destination()))
                let run = ExportRun(reader: reader, sink: sink, format: format, moments: moments)
                return try run.export(what)
            }
            StandardError.progress("")
            let target = to == "-" ? "" : " to \(to)/\(name)"
            StandardError.say("tocsin: \(grouped(outcome.rows)) \(what.rawValue) written\(target)")
            guard outcome.losses == 0 else {
                throw CommandFailure.findings(
                    "some alerts are lost and were left out; `tocsin journal verify \(path)` tells "
                        + "more")
            }
        }

        private var name: String { "\(what.rawValue).\(format.rawValue)" }

        /// The file to write, in a directory that is there; nil for standard output.
        private func destination() throws(CommandFailure) -> String? {
            if to == "-" { return nil }
            let path = "\(to)/\(name)"
            guard force || !FileManager.default.fileExists(atPath: path) else {
                throw .unavailable("\(path) is there already; --force replaces it")
            }
            do {
                try FileManager.default.createDirectory(
                    atPath: to, withIntermediateDirectories: true)
            } catch {
                throw .unavailable("cannot write to \(to): \(error.localizedDescription)")
            }
            return path
        }
    }
}

/// What can be exported.
enum ExportContent: String, ExpressibleByArgument, CaseIterable {
    case alerts, tasks, scores, feedback, events

    /// nil: alerts are in no view.
    var view: JournalView? {
        switch self {
        case .alerts: nil
        case .tasks: .tasks
        case .scores: .scores
        case .feedback: .feedback
        case .events: .events
        }
    }
}

/// How a row is written.
enum ExportFormat: String, ExpressibleByArgument, CaseIterable {
    case jsonl, csv
}

/// A moment on the command line: `2026-05-25T13:00:00Z`.
struct Moment: ExpressibleByArgument {
    let time: Timestamp

    init?(argument: String) {
        guard let time = Timestamp(rfc3339: argument) else { return nil }
        self.time = time
    }
}
