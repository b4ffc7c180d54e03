import ArgumentParser
import Cells
import Domain
import Foundation
import RuleBook
import Settings

/// `tocsin cells import`: GeoJSON to a grid image.
extension CellsCommand {
    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Turn GeoJSON files into one grid image, which loads in a blink.",
            discussion: """
                tocsin cells import boroughs.geojson tracts.geojson --root NYC \
                --levels city,borough,tract --map id=code --hierarchy police=precincts.geojson \
                --out city.cells
                tocsin cells import --verify city.cells

                Name the image in cells.files, alone. What is not given is taken from the settings.

                Exit codes: 0 written, or sound; 2 the files do not load; 3 wrong usage.
                """)

        @Argument(help: "GeoJSON files (default: cells.files).")
        var files: [String] = []
        @OptionGroup var city: CityOptions
        @Option(help: "Areas over the same ground: police=police.geojson (cells.hierarchies).")
        var hierarchy: [String] = []
        @Option(help: "The image to write.")
        var out: String?
        @Option(help: "An image whose checksum to check, and nothing else.")
        var verify: String?
        @Flag(help: "Print what was done as JSON.")
        var json = false

        func run() throws {
            if let verify { return try check(verify) }
            guard let out else { throw CommandFailure.usage("name the image to write with --out") }
            let cells = try source()
            guard !cells.files.isEmpty else {
                throw CommandFailure.usage("name the GeoJSON files to import")
            }
            if let image = cells.files.first(where: GridImage.isImage) {
                throw CommandFailure.usage("\(image) is a grid image already")
            }
            let clock = ContinuousClock()
            let start = clock.now
            StandardError.progress("reading \(cells.files.joined(separator: ", ")) …")
            let grid = try CitySource.grid(of: cells, GridLoader(cells))
            StandardError.progress("writing \(grouped(grid.count)) cells to \(out) …")
            let bytes = grid.image()
            try CellsCommand.write(bytes, to: out)
            StandardError.progress("")
            try report(ImportedImage(out, grid, bytes.count, clock.now - start))
        }

        private func source() throws(CommandFailure) -> CellFiles {
            var city = city
            if !hierarchy.isEmpty {
                city.settings.add(.cellsHierarchies, hierarchy.joined(separator: ","))
            }
            return try city.cellFiles(files)
        }

        private func check(_ path: String) throws(CommandFailure) {
            do {
                try GridImage.verify(path)
            } catch {
                throw .unavailable("\(path) \(error)")
            }
            print("\(path) is sound")
        }

        private func report(_ image: ImportedImage) throws {
            if json { return print(try prettyJSON(image)) }
            print(
                "\(image.path): \(grouped(image.cells)) cells, \(grouped(image.bytes)) bytes, "
                    + "\(grouped(image.indexBytes)) of them to locate; "
                    + "\(oneDecimal(image.seconds)) s")
        }
    }

    /// Writes a file beside its place and moves it there, so that whoever has mapped the one before
    /// keeps it.
    static func write(_ bytes: [UInt8], to path: String) throws(CommandFailure) {
        do {
            try Data(bytes).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw .unavailable("cannot write \(path): \(error.localizedDescription)")
        }
    }
}

/// What an import came to.
private struct ImportedImage: Encodable {
    let path: String
    let cells: Int
    let hierarchies: [String]
    let bytes: Int
    let indexBytes: Int
    let seconds: Double

    init(_ path: String, _ grid: borrowing Grid, _ bytes: Int, _ duration: Duration) {
        self.path = path
        cells = grid.count
        hierarchies = grid.hierarchyNames
        self.bytes = bytes
        indexBytes = grid.indexBytes
        seconds = duration.seconds
    }
}
