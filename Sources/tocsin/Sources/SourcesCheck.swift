import ArgumentParser
import Registry
import RuleBook

/// `tocsin sources check`: what is wrong with a registry.
extension SourcesCommand {
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a registry against its format, the city and the catalog.",
            discussion: """
                tocsin sources check sources.csv
                tocsin sources check sources.csv --cells city.geojson --root CITY --json

                Says everything that is wrong at once, each with its line, column and a stable code: \
                fields that are none, sources that are there twice, places off the globe, with \
                latitude and longitude exchanged, or outside of the city, cells and kinds that are not \
                there. Cells and catalog are those of the settings.

                Exit codes: 0 nothing wrong; 1 problems; 2 a file cannot be read; 3 wrong usage.
                """)

        @Argument(help: "The registry (default: the settings' sources.registry).")
        var file: String?
        @OptionGroup(title: "Settings")
        var settings: SettingsOptions
        @Flag(help: "Print the problems as a JSON list.")
        var json = false

        func run() throws {
            let draft = try RegistryPlace(file, settings).checked()
            do {
                let registry = try draft.finish()
                print(json ? "[]" : Self.summary(registry))
            } catch {
                print(json ? try prettyJSON(error.problems) : error.description)
                throw ExitCode(ExitStatus.findings.rawValue)
            }
        }

        private static func summary(_ registry: SourceRegistry) -> String {
            let sources = registry.sources
            let placed = sources.count { $0.position != nil }
            let inCells = sources.count { $0.position == nil && !$0.cell.isEmpty }
            return """
                \(grouped(sources.count)) sources, nothing wrong: \(grouped(placed)) at a position, \
                \(grouped(inCells)) in a cell, \(grouped(sources.count - placed - inCells)) without a \
                place; \(grouped(sources.count { $0.period != nil })) report by themselves
                """
        }
    }
}
