import Cells
import Pipeline
import Registry
import RuleBook
import Settings

/// A city as the server would have it, for runs over alerts of the past.
struct PastPlace: ~Copyable {
    let grid: Grid
    private let registry: SourceRegistry

    init(_ settings: Settings) throws(CommandFailure) {
        let grid = try CitySource.load(settings.cells)
        var draft = try RegistryFile.draft(settings.sources.registry)
        draft.take(grid.answers(draft.questions()))
        registry = try RegistryFile.finish(draft)
        self.grid = grid
    }

    /// The registered sources, whose alerts may leave out their place.
    var sources: [SourcePlan] { registry.plans }

    /// The files with what rules know of the city.
    func joined(_ files: RuleFiles) -> RuleFiles {
        var files = files
        files.tables[TableText.registryName] = registry.table
        files.hierarchies = grid.hierarchyNames
        return files
    }

    consuming func takeGrid() -> Grid { grid }
}
