import ArgumentParser

/// `tocsin journal`: the journal by itself.
struct JournalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal",
        abstract: "Measure, verify, export and compact a journal.",
        subcommands: [Stat.self, Verify.self, Export.self, Compact.self])
}
