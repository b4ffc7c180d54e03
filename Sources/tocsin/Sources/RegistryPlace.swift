import Cells
import Registry
import RuleBook
import Settings

/// A registry's file with the city and the catalog that it is held against.
struct RegistryPlace {
    let path: String
    private let settings: Settings

    /// **Fails**: with exit code 3 when neither an argument nor a setting names the file.
    init(_ file: String?, _ options: SettingsOptions) throws(CommandFailure) {
        settings = try options.load().settings
        guard let path = file ?? settings.sources.registry else {
            throw .usage("name the registry's file, or set sources.registry")
        }
        self.path = path
    }

    func grid() throws(CommandFailure) -> Grid { try CitySource.load(settings.cells) }

    /// The registry's sources, each in its cell.
    func located(in grid: borrowing Grid) throws(CommandFailure) -> RegistryDraft {
        var draft = try RegistryFile.draft(path)
        draft.take(grid.answers(draft.questions()))
        return draft
    }

    /// The same, their kinds too held against the catalog.
    func checked() throws(CommandFailure) -> RegistryDraft {
        var draft = try located(in: grid())
        let rules = try ServerRules.load(
            settings.rules, SourceRegistry(), hierarchies: nil, tables: .optional)
        draft.check(kinds: rules.catalog.kinds.map(\.name))
        return draft
    }
}
