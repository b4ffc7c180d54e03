import ArgumentParser
import Cells
import Domain
import Settings

/// `tocsin cells load`: what the server would load.
extension CellsCommand {
    struct Load: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Load the cells of the settings, and say what they are or what is wrong.",
            discussion: """
                tocsin cells load --cells districts.geojson --cells grid.geojson --root NYC
                tocsin cells load --cells city.cells

                A grid image is checked in full, its checksum included.

                Exit codes: 0 loaded; 2 the cells do not load; 3 wrong usage.
                """)

        @OptionGroup(title: "Settings")
        var settings: SettingsOptions

        func run() throws {
            let cells = try settings.load().settings.cells
            let grid = try CitySource.load(cells)
            for image in cells.files where GridImage.isImage(image) {
                do {
                    try GridImage.verify(image)
                } catch {
                    throw CommandFailure.unavailable("\(image) \(error)")
                }
            }
            var counts = Array(repeating: 0, count: grid.levelNames.count)
            for index in 0..<grid.count { counts[grid.level(of: CellID(index))] += 1 }
            print("\(grouped(grid.count)) cells under \(grid.path(of: CellID(0)))")
            for (name, count) in zip(grid.levelNames, counts) where count > 0 {
                print("  \(padded(name, to: 12)) \(grouped(count))")
            }
            for (number, name) in grid.hierarchyNames.enumerated() {
                let areas = grid.areaCount(ofHierarchy: number)
                print("  \(padded(name, to: 12)) \(grouped(areas)) areas over the same ground")
            }
        }
    }
}
