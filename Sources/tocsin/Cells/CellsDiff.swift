import ArgumentParser
import RuleBook
import Survey

/// `tocsin cells diff`: how two versions of a city differ.
extension CellsCommand {
    struct Diff: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show how the cells of two versions of a city differ.",
            discussion: """
                tocsin cells diff city-2025.geojson city-2026.geojson --root NYC
                tocsin cells diff old/l2.geojson,old/l3.geojson new/l2.geojson,new/l3.geojson --json

                A cell is known by its code. Ground that went from one code to others is told as a \
                split, a merge or a new code.

                Exit codes: 0 no difference; 1 differences; 2 a file cannot be read; 3 wrong usage.
                """)

        @Argument(help: "The city as it was: a file, or several separated by commas.")
        var before: String
        @Argument(help: "The city as it is to be.")
        var after: String
        @OptionGroup var city: CityOptions
        @Flag(help: "Show all differences, not the first of each kind.")
        var all = false
        @Flag(help: "Print the differences as JSON.")
        var json = false

        func run() throws {
            let old = try city.city(files(before))
            let new = try city.city(files(after), beside: old)
            let comparison = try CityComparison(from: old, to: new)
            print(json ? try prettyJSON(comparison) : comparison.text(most: all ? .max : 20))
            if !comparison.isSame { throw ExitCode(ExitStatus.findings.rawValue) }
        }

        private func files(_ list: String) -> [String] {
            list.split(separator: ",").map(String.init)
        }
    }
}
