import ArgumentParser

/// `tocsin sources`: the registry of those who send.
struct SourcesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sources",
        abstract: "Make, check and list the registry of sources.",
        discussion: """
            A registry says of each source where it stands, what it may send and how often. A server \
            reads it where the setting sources.registry names its file:
              tocsin sources import cameras.csv --tenant city --map source=camera_id --out sources.csv
              tocsin sources check sources.csv
              tocsin run --set sources.registry=sources.csv
            """,
        subcommands: [Import.self, List.self, Check.self])
}
