import ArgumentParser
import RuleBook
import Survey

/// `tocsin cells stats`: a city in numbers.
extension CellsCommand {
    struct Stats: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a city in numbers, level by level: least, median, greatest.",
            discussion: """
                tocsin cells stats districts.geojson grid.geojson --root NYC
                tocsin cells stats --config tocsin.yaml --json

                Compactness is the area as a share of a circle's with as long a border.

                Exit codes: 0 shown; 2 a file cannot be read; 3 wrong usage.
                """)

        @Argument(help: "GeoJSON files of cells (default: those of the settings).")
        var files: [String] = []
        @OptionGroup var city: CityOptions
        @Flag(help: "Print it as JSON.")
        var json = false

        func run() throws {
            let figures = try city.city(files).figures
            print(json ? try prettyJSON(figures) : figures.map(\.text).joined(separator: "\n"))
        }
    }
}
