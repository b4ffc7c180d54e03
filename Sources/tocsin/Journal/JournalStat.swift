import ArgumentParser
import Journal
import RuleBook

/// `tocsin journal stat`: how large a journal is, and of what.
extension JournalCommand {
    struct Stat: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Show how much a journal holds, how it grows, and what a start lives through.",
            discussion: """
                The settings' journal:  tocsin journal stat
                Any, for a script:      tocsin journal stat copy.sqlite --json

                It only reads, also while a server writes. On a large journal it takes as long as \
                reading the file.

                Exit codes: 0 shown; 2 the journal cannot be read; 3 wrong usage.
                """)

        @OptionGroup var place: JournalPlace
        @Flag(help: "Print the figures as JSON.")
        var json = false

        func run() throws {
            let path = try place.path()
            let figures = try JournalPlace.reading(path) { reader in
                JournalFigures(
                    try reader.statistics(), bytes: try JournalReader.bytesOnDisk(path))
            }
            print(json ? try prettyJSON(figures) : figures.lines.joined(separator: "\n"))
        }
    }
}
