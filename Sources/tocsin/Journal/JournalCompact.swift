import ArgumentParser
import Domain
import Journal
import Settings

/// `tocsin journal compact`: a journal without what is old, in as little room as it takes.
extension JournalCommand {
    struct Compact: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove what is old from a journal, and give the room back to the disk.",
            discussion: """
                As the settings say:     tocsin journal compact
                To the last week's:      tocsin journal compact var/tocsin.sqlite --keep 7d

                A server trims by itself, but the file keeps its size. This trims by the same rules \
                and writes the file anew. End the server first: while any process has the file open, \
                nothing is done. The disk must have room for what remains a second time.

                Exit codes: 0 done; 2 the journal is in use, or cannot be read or written; 3 wrong \
                usage.
                """)

        @OptionGroup var place: JournalPlace
        @Option(help: "How long back to keep, such as 30d (default: the settings' journal.keep).")
        var keep: LengthOfTime?

        func run() throws {
            let path = try place.path()
            let kept =
                try keep.map { Interval.milliseconds(Int64($0.milliseconds)) }
                ?? place.settings().journal.keep
            // As in the settings: nothing is removed for its age.
            let moment = kept == .zero ? Timestamp.never : .now - kept
            try JournalPlace.reading(path) { try $0.close() }
            let outcome: JournalCompaction
            do throws(JournalFailure) {
                outcome = try JournalCompaction.run(path: path, before: moment) {
                    StandardError.progress("compacting: \($0)")
                }
            } catch {
                StandardError.progress("")
                throw CommandFailure.unavailable("cannot compact the journal \(path): \(error)")
            }
            StandardError.progress("")
            let removed = outcome.alertsBefore - outcome.alertsAfter
            print(
                "\(path): \(grouped(outcome.bytesBefore)) bytes before, "
                    + "\(grouped(outcome.bytesAfter)) after; \(grouped(removed)) alerts removed, "
                    + "\(grouped(outcome.alertsAfter)) left")
        }
    }
}
