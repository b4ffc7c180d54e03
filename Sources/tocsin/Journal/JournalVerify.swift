import ArgumentParser
import Journal
import RuleBook

/// `tocsin journal verify`: whether a journal is as it was written.
extension JournalCommand {
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check that a journal is as servers wrote it, and name what is not.",
            discussion: """
                The settings' journal:  tocsin journal verify
                A copy, for a script:   tocsin journal verify copy.sqlite --json

                Every batch of alerts is held to its checksum, to the batch before it and to the \
                records in it, so that no changed bit of an alert escapes. The other tables have no \
                checksums: their rows are looked at for what no server writes, tasks for missing \
                revisions, and the file by SQLite itself. It only reads, also while a server writes.

                Exit codes: 0 nothing found; 1 findings; 2 the journal cannot be read; 3 wrong usage.
                """)

        @OptionGroup var place: JournalPlace
        @Flag(help: "Print the findings as JSON.")
        var json = false

        func run() throws {
            let path = try place.path()
            let verdict = try JournalPlace.reading(path) { reader in
                var check = JournalCheck(reader)
                let verdict = try check.run(Self.tell)
                StandardError.progress("")
                return verdict
            }
            let report = VerifyReport(verdict)
            print(json ? try prettyJSON(report) : report.lines.joined(separator: "\n"))
            if !verdict.isClean { throw ExitCode(ExitStatus.findings.rawValue) }
        }

        private static func tell(_ step: String, _ done: Int, _ count: Int) {
            if count == 0 { return StandardError.progress("verifying \(step)") }
            guard done % 256 == 0 else { return }
            StandardError.progress(
                "verifying \(step): batch \(grouped(done)) of \(grouped(count))")
        }
    }
}
