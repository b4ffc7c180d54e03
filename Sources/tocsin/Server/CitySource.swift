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
        if let image = cells.files.first(where: GridImage.isImage) {
            guard cells.files.count == 1, cells.hierarchies.isEmpty else {
                throw .usage(
                    "\(image) is a whole city: name it alone, without other files and hierarchies")
            }
            return try mapped(image)
        }
        return try grid(of: cells, GridLoader(cells))
    }

    /// The grid of an image.
    static func mapped(_ path: String) throws(CommandFailure) -> Grid {
        do {
            return try Grid.mapped(path)
        } catch {
            throw .unavailable("the cells do not load\n\(path): \(error)")
        }
    }

    /// The grid of GeoJSON files.
    static func grid(
        of cells: CellFiles, _ loader: GridLoader
    ) throws(CommandFailure) -> Grid {
        var hierarchies: [HierarchyFiles] = []
        for entry in cells.hierarchies {
            let file = try file(entry.path)
            if let place = hierarchies.firstIndex(where: { $0.name == entry.name }) {
                hierarchies[place].files.append(file)
            } else {
                hierarchies.append(HierarchyFiles(name: entry.name, files: [file]))
            }
        }
        return try grid(of: files(cells), loader, hierarchies)
    }

    /// The files of the cells, in memory.
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
        of files: [GridFile], _ loader: GridLoader, _ hierarchies: [HierarchyFiles] = []
    ) throws(CommandFailure) -> Grid {
        do {
            return try loader.load(files, hierarchies: hierarchies)
        } catch {
            let problems = error.problems.map { "  \($0)" }.joined(separator: "\n")
            throw .unavailable("the cells do not load\n\(problems)")
        }
    }
}

extension GridLoader {
    /// A loader for files as the settings describe them.
    init(_ cells: CellFiles) {
        self.init(root: cells.root, levelNames: cells.levels)
        properties.id = cells.properties.id
        properties.parent = cells.properties.parent
        properties.level = cells.properties.level
        properties.name = cells.properties.name
        properties.population = cells.properties.population
        properties.use = cells.properties.use
        properties.vulnerability = cells.properties.vulnerability
        properties.access = cells.properties.access
    }
}
