import ArgumentParser
import RuleBook
import Survey

/// `tocsin cells tree`: who is below whom.
extension CellsCommand {
    struct Tree: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the tree of cells, with what is below each.",
            discussion: """
                tocsin cells tree --cells districts.geojson --cells grid.geojson --root NYC --depth 2
                tocsin cells tree 311 --config tocsin.yaml

                Exit codes: 0 shown; 1 no such cell; 2 a file cannot be read; 3 wrong usage.
                """)

        @Argument(help: "A code or a path to begin at (default: the root).")
        var cell: String?
        @Option(help: "How many levels below it are shown.")
        var depth = 8
        @OptionGroup var city: CityOptions
        @Flag(help: "Print it as JSON.")
        var json = false

        func run() throws {
            guard depth >= 0 else { throw CommandFailure.usage("--depth is 0 or more") }
            let draft = try city.city([])
            let branch = draft.branch(at: try cell.map { try draft.named($0) } ?? 0)
            print(json ? try prettyJSON(branch.cut(depth: depth)) : branch.text(depth: depth))
        }
    }
}
