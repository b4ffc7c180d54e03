import Cells
import Domain
import Foundation
import Testing

/// An independent answer to "which cell": every ring of every cell, a ray to the north instead of
/// the east, and borders decided by moving the point by an infinitesimal step east and a smaller
/// one north.
private struct Oracle {
    struct Shape {
        var code: String
        var level: Int
        var rings: [[(x: Int, y: Int)]]
        var west: Int
        var east: Int
        var south: Int
        var north: Int
    }

    var shapes: [Shape] = []
    /// Shapes by hundredths of a degree of longitude, so that the test ends in time.
    var columns: [Int: [Int]] = [:]

    init(_ files: [GridFile]) throws {
        for file in files {
            let collection = try JSONDecoder().decode(Collection.self, from: Data(file.bytes))
            shapes += try collection.features.map(Oracle.shape)
        }
        for (index, shape) in shapes.enumerated() {
            for column in shape.west / 100_000 - 1...shape.east / 100_000 + 1 {
                columns[column, default: []].append(index)
            }
        }
    }

    private struct Collection: Decodable { var features: [Feature] }

    private struct Feature: Decodable {
        struct Properties: Decodable { var id: String, level: Int }
        struct Geometry: Decodable {
            private enum Key: String, CodingKey { case type, coordinates }
            var polygons: [[[[Double]]]]
            init(from decoder: any Decoder) throws {
                let keys = try decoder.container(keyedBy: Key.self)
                let isSingle = try keys.decode(String.self, forKey: .type) == "Polygon"
                polygons =
                    isSingle
                    ? [try keys.decode([[[Double]]].self, forKey: .coordinates)]
                    : try keys.decode([[[[Double]]]].self, forKey: .coordinates)
            }
        }
        var properties: Properties
        var geometry: Geometry
    }

    private static func shape(_ feature: Feature) throws -> Shape {
        let rings = feature.geometry.polygons.joined().map { ring in
            ring.map { (x: Int(($0[0] * 1e7).rounded()), y: Int(($0[1] * 1e7).rounded())) }
        }
        let (longitudes, latitudes) = (rings.joined().map(\.x), rings.joined().map(\.y))
        return Shape(
            code: feature.properties.id, level: feature.properties.level, rings: rings,
            west: try #require(longitudes.min()), east: try #require(longitudes.max()),
            south: try #require(latitudes.min()), north: try #require(latitudes.max()))
    }

    func holds(_ shape: Shape, _ x: Int, _ y: Int) -> Bool {
        var inside = false
        for ring in shape.rings {
            for index in 1..<ring.count where (ring[index - 1].x > x) != (ring[index].x > x) {
                let (a, b) = (ring[index - 1], ring[index])
                let (west, east) = a.x < b.x ? (a, b) : (b, a)
                let (width, rise) = (east.x - west.x, east.y - west.y)
                let side = width * (y - west.y) - rise * (x - west.x)
                // On the edge, the step east decides; along a level edge, the step north.
                if side != 0 ? side < 0 : rise > 0 { inside.toggle() }
            }
        }
        return inside
    }

    /// The codes of the deepest cells that hold a point; here every cell of the last level is a
    /// leaf.
    func locate(_ x: Int, _ y: Int) -> [String] {
        let near = (columns[x / 100_000] ?? []).filter {
            shapes[$0].west <= x && x <= shapes[$0].east && shapes[$0].south <= y
                && y <= shapes[$0].north
        }
        for level in [3, 2, 1] {
            let holding = near.filter { shapes[$0].level == level && holds(shapes[$0], x, y) }
            if !holding.isEmpty { return holding.map { shapes[$0].code } }
        }
        return []
    }
}

private struct Dice {
    var state: UInt64
    mutating func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }
}

private let boundaries = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../shared/data/nyc-boundaries").standardizedFileURL

private func isAbsent() -> Bool { !FileManager.default.fileExists(atPath: boundaries.path) }

@Suite(.disabled(if: isAbsent(), "the shared boundaries of New York are absent"))
struct LocateOracleTests {
    private static let files = ["l1_borough", "l2_community_district", "l3_grid"]

    private static func read() throws -> [GridFile] {
        try files.map {
            try GridFile(path: boundaries.appendingPathComponent("\($0).geojson").path)
        }
    }

    private static func grid() throws -> Grid {
        let levelNames = ["city", "borough", "community district", "grid"]
        return try GridLoader(root: "NYC", levelNames: levelNames).load(read())
    }

    private static func oracle() throws -> Oracle { try Oracle(read()) }

    private func compare(
        _ points: some Sequence<(x: Int, y: Int)>, _ grid: borrowing Grid, _ oracle: Oracle
    ) -> (count: Int, leaves: Int, differences: [String]) {
        var (count, leaves, differences): (Int, Int, [String]) = (0, 0, [])
        for (x, y) in points {
            let cell = grid.locate(latitude: Double(y) / 1e7, longitude: Double(x) / 1e7)
            let holding = oracle.locate(x, y).map { grid.find($0) }
            let expected = holding.min { $0.index < $1.index } ?? .none
            count += 1
            if cell != .none, grid.isLeaf(cell) { leaves += 1 }
            if cell != expected {
                differences.append("(\(x), \(y)): cell \(cell.index), not \(expected.index)")
            }
        }
        return (count, leaves, differences)
    }

    @Test func `New York has its three levels below the root`() throws {
        let grid = try Self.grid()
        #expect(grid.count == 1 + 5 + 71 + 2166)
        let cell = grid.find("NYC/3/311/311-042")
        #expect(grid.path(of: cell) == "NYC/3/311/311-042/")
        #expect(grid.find("311-042") == cell)
        #expect(grid.path(of: grid.parent(of: cell)) == "NYC/3/311/")
        #expect(grid.level(of: cell) == 3)
        for index in 1..<grid.count {
            #expect(grid.parent(of: CellID(index)).int < index)
        }
    }

    @Test func `Twenty thousand random positions are where brute force says`() throws {
        let grid = try Self.grid()
        let oracle = try Self.oracle()
        var dice = Dice(state: 11)
        let points = (0..<20_000).map { _ in
            (x: -742_600_000 + dice.next(5_700_000), y: 404_900_000 + dice.next(4_300_000))
        }
        let result = compare(points, grid, oracle)
        #expect(result.differences.isEmpty, "\(result.differences.prefix(5))")
        #expect(result.leaves > 5_000)
    }

    @Test func `Vertices and points on edges are where brute force says`() throws {
        let grid = try Self.grid()
        let oracle = try Self.oracle()
        var points: [(x: Int, y: Int)] = []
        for ring in oracle.shapes.flatMap(\.rings) {
            for (index, (a, b)) in zip(ring, ring.dropFirst()).enumerated() where index % 31 == 0 {
                points += [a, (x: (a.x + b.x) / 2, y: (a.y + b.y) / 2), (x: a.x, y: b.y)]
            }
        }
        #expect(points.count > 10_000)
        let result = compare(points, grid, oracle)
        #expect(result.differences.isEmpty, "\(result.differences.prefix(5))")
    }

    @Test func `Nearly every leaf of New York is reached by its own anchor`() throws {
        let grid = try Self.grid()
        var (reached, covered) = (0, 0)
        for index in 0..<grid.count where grid.isLeaf(CellID(index)) {
            let position = grid.anchor(of: CellID(index))
            let anchor = try #require(position)
            let cell = grid.locate(latitude: anchor.latitude, longitude: anchor.longitude)
            if cell == CellID(index) { reached += 1 } else { covered += 1 }
        }
        // The source is quantised: a sliver may lie wholly under its neighbour.
        #expect(reached >= 2_160, "\(covered) are covered by others")
    }
}
