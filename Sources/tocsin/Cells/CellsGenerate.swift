import ArgumentParser
import Foundation
import Scenario

/// `tocsin cells generate`: a city that does not exist.
extension CellsCommand {
    struct Generate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Draw a city that does not exist, as GeoJSON.",
            discussion: """
                A small one:               tocsin cells generate --out city.geojson
                As large as Chengdu:       tocsin cells generate --micro 126449 --out city.geojson
                A town, and its picture:   tocsin cells generate --micro 2000 --out town.geojson \\
                                                                 --svg town.svg

                The small city has five levels and some two hundred grids. One drawn by --micro has \
                six levels, as many micro-grids as you say, and dedicated cells over them. The same \
                seed gives the same bytes on every machine. The root's code is HB: give commands \
                that read the file --root HB.

                Exit codes: 0 written; 2 a file cannot be written; 3 wrong usage.
                """)

        @Option(help: "What the city follows from.")
        var seed: UInt64 = 7
        @Option(help: "How many micro-grids, 200 to 200000 (default: the small city, without any).")
        var micro: Int?
        @Option(help: "The file to write (default: standard output).")
        var out: String?
        @Option(help: "Draw the city into this file as well, as SVG; needs --micro.")
        var svg: String?

        func validate() throws {
            if let micro, MetropolisPlan(seed: seed, microGrids: micro) == nil {
                throw ValidationError("--micro takes 200 to 200000, not \(micro)")
            }
            if svg != nil, micro == nil {
                throw ValidationError("--svg draws a city of micro-grids: give --micro as well")
            }
        }

        func run() throws {
            guard let micro, let plan = MetropolisPlan(seed: seed, microGrids: micro) else {
                return try writeSmallCity()
            }
            let city = plan.draw { StandardError.progress("drawing: \(grouped($0)) cells") }
            StandardError.progress("writing \(grouped(city.cellCount)) cells")
            let file = try OutputFile(out)
            try city.writeGeoJSON { bytes throws(CommandFailure) in try file.write(bytes) }
            if let svg {
                let picture = try OutputFile(svg)
                try city.writePicture { bytes throws(CommandFailure) in try picture.write(bytes) }
            }
            StandardError.progress("")
            StandardError.say(summary(of: city))
        }

        private func writeSmallCity() throws(CommandFailure) {
            try OutputFile(out).write(Array(CityPlan(seed: seed).geoJSON().utf8))
        }

        private func summary(of city: Metropolis) -> String {
            let drawn = "drew \(grouped(city.cellCount)) cells, \(grouped(city.microGrids)) of them"
            let use = out.map { "; to use them: --cells \($0) --root \(city.plan.root)" } ?? ""
            return drawn + " micro-grids\(use)"
        }
    }
}
