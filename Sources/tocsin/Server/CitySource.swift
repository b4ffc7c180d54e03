import Cells
import Foundation
import Scenario
import Settings

/// The grid that the server scores.
enum CitySource {
    /// The cells of the settings' files, or a small generated city where there are none.
    ///
    /// **Fails**: with every problem that the files have.
    static func load(_ cells: CellFiles) throws(CommandFailure) -> Grid {
        if cells.files.isEmpty { return try generated(CityPlan(seed: 7)) }
        return try grid(of: files(cells), loader(cells))
    }

    /// What reads the settings' files.
    static func loader(_ cells: CellFiles) -> GridLoader {
        var loader = GridLoader(root: cells.root, levelNames: cells.levels)
        loader.properties.id = cells.properties.id
        loader.properties.parent = cells.properties.parent
        loader.properties.level = cells.properties.level
        loader.properties.name = cells.properties.name
        loader.properties.population = cells.properties.population
        loader.properties.use = cells.properties.use
        return loader
    }

    static func files(_ cells: CellFiles) throws(CommandFailure) -> [GridFile] {
        var files: [GridFile] = []
        for path in cells.files { files.append(try file(path)) }
        return files
    }

    /// The grid of a city that does not exist.
    static func generated(_ plan: CityPlan) throws(CommandFailure) -> Grid {
        let file = GridFile(name: "the generated city", bytes: Array(plan.geoJSON().utf8))
        return try grid(of: [file], GridLoader(root: plan.root))
    }

    private static func file(_ path: String) throws(CommandFailure) -> GridFile {
        do {
            return GridFile(name: path, bytes: Array(try Data(contentsOf: URL(filePath: path))))
        } catch {
            throw .unavailable("cannot read the cells of \(path): \(error.localizedDescription)")
        }
    }

    private static func grid(
        of files: [GridFile], _ loader: GridLoader
    ) throws(CommandFailure) -> Grid {
        do {
            return try loader.load(files)
        } catch {
            throw .unavailable("the cells do not load\n\(error)")
        }
    }
}
