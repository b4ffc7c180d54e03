import ArgumentParser
import Cells
import Domain
import Foundation
import Scenario
import Settings

/// `tocsin cells`: the grid by itself.
struct CellsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cells",
        abstract: "Generate, check and search the cells of a city.",
        subcommands: [Generate.self, Load.self, Find.self])

    struct Generate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Draw a small city that does not exist, as GeoJSON.",
            discussion: "tocsin cells generate --seed 7 --out city.geojson")

        @Option(help: "What the city follows from.")
        var seed: UInt64 = 7
        @Option(help: "The file to write (default: standard output).")
        var out: String?

        func run() throws {
            let text = CityPlan(seed: seed).geoJSON()
            guard let out else { return print(text) }
            do {
                try Data(text.utf8).write(to: URL(filePath: out))
            } catch {
                throw CommandFailure.unavailable(
                    "cannot write \(out): \(error.localizedDescription)")
            }
        }
    }

    struct Load: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Load the cells of the settings, and say what they are or what is wrong.",
            discussion:
                "tocsin cells load --cells districts.geojson --cells grid.geojson --root NYC")

        @OptionGroup(title: "Settings")
        var settings: SettingsOptions

        func run() throws {
            let grid = try CitySource.load(settings.load().settings.cells)
            var counts = Array(repeating: 0, count: grid.levelNames.count)
            for index in 0..<grid.count { counts[grid.level(of: CellID(index))] += 1 }
            print("\(grouped(grid.count)) cells under \(grid.path(of: CellID(0)))")
            for (name, count) in zip(grid.levelNames, counts) where count > 0 {
                print("  \(padded(name, to: 12)) \(grouped(count))")
            }
        }
    }

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
