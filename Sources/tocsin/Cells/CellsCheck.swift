import ArgumentParser
import RuleBook
import Survey

/// `tocsin cells check`: what is wrong with a city's cells.
extension CellsCommand {
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check how the cells of a city are drawn: gaps, overlaps, parents, sizes.",
            discussion: """
                tocsin cells check districts.geojson grid.geojson --root NYC
                tocsin cells check city.geojson --min-area grid:2000 --max-area grid:1km2
                tocsin cells check city.geojson --map id=code --map parent=up --svg wrong.svg

                Also a city that does not load is checked as far as possible. Ground that no circle \
                of --sliver metres fits into is a sliver: added up for each parent, a note. A size is \
                LEVEL:NUMBER, square metres or with ha or km2; without LEVEL it holds for every cell.

                Exit codes: 0 no errors; 1 errors, with --strict also warnings; 2 a file cannot be \
                read; 3 wrong usage.
                """)

        @Argument(help: "GeoJSON files of cells (default: those of the settings).")
        var files: [String] = []
        @OptionGroup var city: CityOptions
        @Option(help: "What is narrower than this many metres is a sliver.")
        var sliver = CheckOptions().sliverMetres
        @Option(help: "The least area of a cell; may be repeated.")
        var minArea: [LevelBound] = []
        @Option(help: "The greatest area of a cell; may be repeated.")
        var maxArea: [LevelBound] = []
        @Option(help: "The least number of people (or households, as the property counts).")
        var minPopulation: [LevelBound] = []
        @Option(help: "The greatest number of people.")
        var maxPopulation: [LevelBound] = []
        @Flag(help: "Show all findings, not the worst of each kind.")
        var all = false
        @Flag(help: "Warnings count as errors.")
        var strict = false
        @Flag(help: "Print the findings as JSON.")
        var json = false
        @Option(help: "A file for a picture of what is wrong where.")
        var svg: String?

        func run() throws {
            let draft = try city.city(files)
            let report = CityCheck.run(draft, try options(draft)) { step in
                StandardError.progress(
                    "\(step.step): \(grouped(step.done)) of \(grouped(step.count))")
            }
            StandardError.progress("")
            print(json ? try prettyJSON(report.document) : report.text(most: all ? .max : 8))
            if let svg { try writeText(report.picture(), to: svg) }
            let isBad = report.count(.error) > 0 || (strict && report.count(.warning) > 0)
            if isBad { throw ExitCode(ExitStatus.findings.rawValue) }
        }

        private func options(_ draft: CityDraft) throws(CommandFailure) -> CheckOptions {
            guard sliver >= 0.1, sliver <= 1000 else {
                throw .usage("--sliver is a width of 0.1 to 1000 metres")
            }
            var options = CheckOptions()
            options.sliverMetres = sliver
            options.areas = try LevelBound.ranges(minArea, maxArea, draft.levelNames)
            options.populations = try LevelBound.ranges(
                minPopulation, maxPopulation, draft.levelNames)
            return options
        }
    }
}
