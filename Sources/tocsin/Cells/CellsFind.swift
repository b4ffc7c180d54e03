import ArgumentParser
import Cells
import Domain
import RuleBook
import Settings

/// `tocsin cells find`: which cell a place is in, and which cells an area touches.
extension CellsCommand {
    struct Find: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Find cells by position, path, code or area.",
            discussion: """
                tocsin cells find 40.6086,-73.9730 --cells city.cells
                tocsin cells find 311-042 --cells city.cells --json
                tocsin cells find 40.6086,-73.9730 --accuracy 50
                tocsin cells find 40.6086,-73.9730 --radius 300
                tocsin cells find --polygon "40.60,-73.98 40.61,-73.98 40.61,-73.97"

                Exit codes: 0 found; 1 no such cell; 2 the cells do not load; 3 wrong usage.
                """)

        @Argument(help: "A position as LAT,LON in degrees, a path, or a code.")
        var place: String?
        @Option(help: "How exact the position is, in metres: the cells that it may be in.")
        var accuracy: Double?
        @Option(help: "The leaves within so many metres of the position.")
        var radius: Double?
        @Option(help: "The leaves that a polygon touches: 3 to 64 times LAT,LON.")
        var polygon: String?
        @Flag(help: "Print what was found as JSON.")
        var json = false
        @OptionGroup(title: "Settings")
        var settings: SettingsOptions

        func validate() throws {
            let ways = [accuracy != nil, radius != nil, polygon != nil].count { $0 }
            guard ways <= 1 else {
                throw ValidationError("give one of --accuracy, --radius and --polygon")
            }
            guard (place == nil) == (polygon != nil) else {
                throw ValidationError(
                    place == nil ? "name a place, or a --polygon" : "a --polygon needs no place")
            }
            if ways == 1, polygon == nil, position == nil {
                throw ValidationError("--accuracy and --radius need a position: LAT,LON")
            }
            if let accuracy, !(0...Grid.accuracyMetresMax ~= accuracy) {
                throw ValidationError("--accuracy is 0 to 50000 metres")
            }
        }

        func run() throws {
            let shape = try shape()
            let grid = try CitySource.load(settings.load().settings.cells)
            let found = shape.map { within($0, grid) } ?? here(in: grid)
            guard !found.cells.isEmpty else {
                throw CommandFailure.findings("no cell at \(place ?? "the polygon")")
            }
            if json { return print(try prettyJSON(found)) }
            for line in found.lines { print(line) }
        }

        private var position: (latitude: Double, longitude: Double)? {
            place.flatMap(CellsCommand.position)
        }

        /// The circle or polygon that is asked for, if any.
        private func shape() throws(CommandFailure) -> QueryShape? {
            if let radius, let position {
                if let circle = QueryShape(
                    latitude: position.latitude, longitude: position.longitude, radius: radius)
                {
                    return circle
                }
                throw .usage("--radius is 0 to 50000 metres around a position on the globe")
            }
            guard let polygon else { return nil }
            var shape = QueryShape()
            let corners = polygon.split(separator: " ")
            for corner in corners {
                guard let at = CellsCommand.position(String(corner)),
                    shape.add(latitude: at.latitude, longitude: at.longitude)
                else { throw .usage("--polygon: \"\(corner)\" is no corner; 64 LAT,LON at most") }
            }
            guard corners.count >= 3 else { throw .usage("--polygon wants 3 corners or more") }
            return shape
        }

        private func within(_ shape: QueryShape, _ grid: borrowing Grid) -> FoundCells {
            var list = CellList(grid)
            grid.cells(within: shape, into: &list)
            var found = FoundCells()
            for index in 0..<list.count {
                found.cells.append(FoundCell(list.cell(index), grid))
            }
            found.isTruncated = list.isTruncated
            return found
        }

        private func here(in grid: borrowing Grid) -> FoundCells {
            guard let position else { return FoundCells(only: grid.find(place ?? ""), grid) }
            let (latitude, longitude) = position
            guard let accuracy else {
                var found = FoundCells(
                    only: grid.locate(latitude: latitude, longitude: longitude), grid)
                found.setAreas(latitude, longitude, grid)
                return found
            }
            var shares = CellShares()
            grid.locate(
                latitude: latitude, longitude: longitude, accuracy: accuracy, into: &shares)
            return FoundCells(shares, grid)
        }
    }

    /// `LAT,LON` in degrees.
    static func position(_ text: String) -> (latitude: Double, longitude: Double)? {
        let numbers = text.split(separator: ",", omittingEmptySubsequences: false)
            .map { Double($0) }
        guard numbers.count == 2, let latitude = numbers[0], let longitude = numbers[1] else {
            return nil
        }
        return (latitude, longitude)
    }
}
