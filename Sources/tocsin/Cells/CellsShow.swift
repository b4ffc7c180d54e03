import ArgumentParser
import RuleBook
import Survey

/// `tocsin cells show`: one cell.
extension CellsCommand {
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one cell: where it is, how large, what is around and below it.",
            discussion: """
                tocsin cells show 311-042 --cells districts.geojson --cells grid.geojson --root NYC
                tocsin cells show NYC/3/311 --config tocsin.yaml --svg cell.svg

                Exit codes: 0 shown; 1 no such cell; 2 a file cannot be read; 3 wrong usage.
                """)

        @Argument(help: "A code or a path.")
        var cell: String
        @OptionGroup var city: CityOptions
        @Flag(help: "Print it as JSON.")
        var json = false
        @Option(help: "A file for a picture of the cell among its neighbours.")
        var svg: String?

        func run() throws {
            let draft = try city.city([])
            let number = try draft.named(cell)
            let card = try draft.card(of: number)
            if json {
                print(try prettyJSON(card))
            } else {
                print(card.text)
                let sketch = try draft.sketch(of: number)
                if !sketch.isEmpty { print("\n" + sketch) }
            }
            if let svg { try writeText(draft.picture(of: number), to: svg) }
        }
    }
}
