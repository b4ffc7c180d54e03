import ArgumentParser
import Cells
import RuleBook
import Settings

/// Where alerts of the past were: the grid they are located in.
struct PlaceOptions: ParsableArguments {
    @Option(help: "A GeoJSON file of cells; repeat it, parents first (default: the settings').")
    var grid: [String] = []
    @Option(help: "The code of the root cell.")
    var root: String?
    @Option(help: "The settings file.")
    var config: String?

    /// Loads the grid anew: each run over a recording takes one for itself.
    func load() throws(CommandFailure) -> Grid {
        let options: SettingsOptions
        do {
            options = try SettingsOptions.parse(arguments)
        } catch {
            throw .usage("\(error)")
        }
        return try CitySource.load(try options.load().settings.cells)
    }

    private var arguments: [String] {
        grid.flatMap { ["--cells", $0] } + (root.map { ["--root", $0] } ?? [])
            + (config.map { ["--config", $0] } ?? [])
    }
}
