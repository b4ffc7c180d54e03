import ArgumentParser
import Cells
import Domain
import Settings

/// `tocsin cells find`: which cell a place is in.
extension CellsCommand {
    struct Find: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Find a cell by position, path or code.",
            discussion: """
                tocsin cells find 40.6086,-73.9730 --cells … --root NYC
                tocsin cells find 311-042 --cells … --root NYC

                Exit codes: 0 found; 1 no such cell; 2 the cells do not load; 3 wrong usage.
                """)

        @Argument(help: "A position as LAT,LON in degrees, a path, or a code.")
        var place: String
        @OptionGroup(title: "Settings")
        var settings: SettingsOptions

        func run() throws {
            let grid = try CitySource.load(settings.load().settings.cells)
            let cell = find(in: grid)
            guard cell != .none else { throw CommandFailure.findings("no cell at \(place)") }
            print("\(grid.path(of: cell))  \(grid.levelName(of: cell))  \(grid.name(of: cell))")
        }

        private func find(in grid: borrowing Grid) -> CellID {
            let numbers = place.split(separator: ",").map { Double($0) }
            if numbers.count == 2, let latitude = numbers[0], let longitude = numbers[1] {
                return grid.locate(latitude: latitude, longitude: longitude)
            }
            return grid.find(place)
        }
    }
}
