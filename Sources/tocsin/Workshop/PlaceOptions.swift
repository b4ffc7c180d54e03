import ArgumentParser
import RuleBook
import Settings

/// Where alerts of the past were: the city they are located in, and who stood where in it.
struct PlaceOptions: ParsableArguments {
    @Option(help: "A GeoJSON file of cells; repeat it, parents first (default: the settings').")
    var grid: [String] = []
    @Option(help: "The code of the root cell.")
    var root: String?
    @Option(help: "The registry of sources (default: the settings' sources.registry).")
    var registry: String?
    @Option(help: "The settings file.")
    var config: String?

    /// Loads the city anew: each run over a recording takes one for itself.
    func load() throws(CommandFailure) -> PastPlace {
        let options: SettingsOptions
        do {
            options = try SettingsOptions.parse(arguments)
        } catch {
            throw .usage("\(error)")
        }
        return try PastPlace(try options.load().settings)
    }

    private var arguments: [String] {
        grid.flatMap { ["--cells", $0] } + (root.map { ["--root", $0] } ?? [])
            + (registry.map { ["--set", "\(SettingKey.sourcesRegistry.rawValue)=\($0)"] } ?? [])
            + (config.map { ["--config", $0] } ?? [])
    }
}
