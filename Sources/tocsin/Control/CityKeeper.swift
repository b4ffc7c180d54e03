import Cells
import Settings

/// Knows from which files the grid that runs was read, and whether they are others by now.
struct CityKeeper {
    private let cells: CellFiles
    private var known: [String?]

    /// Made before the cells are read: what is written meanwhile counts as changed.
    init(_ cells: CellFiles) {
        self.cells = cells
        known = CityKeeper.prints(cells)
    }

    /// The grid of the files as they are now, and their prints; nil when nothing has changed.
    ///
    /// **Fails**: `ReloadRefusal`, when they do not load.
    func changed() throws(ReloadRefusal) -> ChangedCity? {
        let prints = CityKeeper.prints(cells)
        guard prints != known else { return nil }
        return ChangedCity(grid: try load(), prints: prints)
    }

    /// **Fails**: `ReloadRefusal`, when the files do not load.
    func load() throws(ReloadRefusal) -> Grid {
        do {
            return try CitySource.load(cells)
        } catch {
            throw ReloadRefusal(reason: error.message, findings: [])
        }
    }

    /// The grid of files with these prints runs now.
    mutating func note(_ prints: [String?]) { known = prints }

    static func prints(of changed: borrowing ChangedCity?) -> [String?]? {
        switch changed {
        case .some(let city): city.prints
        case .none: nil
        }
    }

    static func hierarchies(of changed: borrowing ChangedCity?) -> [String]? {
        switch changed {
        case .some(let city): city.grid.hierarchyNames
        case .none: nil
        }
    }

    private static func prints(_ cells: CellFiles) -> [String?] {
        (cells.files + cells.hierarchies.map(\.path)).map(FilePrint.of)
    }
}

/// A grid that is not the one that runs.
struct ChangedCity: ~Copyable {
    let grid: Grid
    let prints: [String?]
}
