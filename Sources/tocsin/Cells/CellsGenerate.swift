import ArgumentParser
import Foundation
import Scenario

/// `tocsin cells generate`: a city that does not exist.
extension CellsCommand {
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
}
