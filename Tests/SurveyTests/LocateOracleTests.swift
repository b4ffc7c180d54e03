import Cells
import Domain
import Foundation
import GEOSOracle
import Testing

private let data = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../shared/data").standardizedFileURL

private func isAbsent() -> Bool { !FileManager.default.fileExists(atPath: data.path) }

@Suite("Locating, with GEOS as the oracle", .disabled(if: isAbsent(), "the shared data is absent"))
struct LocateOracleTests {
    private struct City: ~Copyable {
        let grid: Grid
        let oracle: GEOSOracle
        let codes: [String]

        init() throws {
            let directory = data.appendingPathComponent("nyc-boundaries")
            let files = try ["l1_borough", "l2_community_district", "l3_grid"].map {
                try GridFile(path: directory.appendingPathComponent("\($0).geojson").path)
            }
            let levels = ["city", "borough", "district", "tract"]
            let loader = GridLoader(root: "NYC", levelNames: levels)
            grid = try loader.load(files)
            let leaves = loader.drafts([files[2]]).cells
            oracle = GEOSOracle(leaves.map(\.rings))
            codes = leaves.map(\.code)
        }

        /// The tracts that hold a point, by GEOS and by the grid: nil when they agree.
        ///
        /// On a border GEOS names all that touch, of which the grid picks one.
        func difference(_ x: Int, _ y: Int) -> String? {
            let cell = grid.locate(latitude: Double(y) / 1e7, longitude: Double(x) / 1e7)
            // Some districts, parks mostly, have no tracts and are leaves themselves.
            let isTract = cell != .none && grid.level(of: cell) == 3
            let holders = oracle.holders(x: x, y: y).map { codes[$0] }
            if isTract ? holders.contains(grid.code(of: cell)) : holders.isEmpty { return nil }
            return "(\(x), \(y)): \(isTract ? grid.code(of: cell) : "none") of \(holders)"
        }
    }

    @Test("every located request of a day but at most one lies in one tract, the one GEOS finds")
    func requests() throws {
        let city = try City()
        let file = data.appendingPathComponent("nyc-311/nyc311_2013-12-25.csv")
        var (located, outside, differences) = (0, 0, [String]())
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
        {
            // From the end: texts before may hold commas in quotes, the last three columns do not.
            let columns = line.split(separator: ",", omittingEmptySubsequences: false)
            let (first, second) = (columns[columns.count - 3], columns[columns.count - 2])
            guard let latitude = Double(first), let longitude = Double(second) else { continue }
            located += 1
            let cell = city.grid.locate(latitude: latitude, longitude: longitude)
            if cell == .none || city.grid.level(of: cell) != 3 { outside += 1 }
            let point = try #require(FixedPoint(latitude: latitude, longitude: longitude))
            if let found = city.difference(Int(point.x), Int(point.y)) { differences.append(found) }
        }
        #expect(located > 1_000)
        #expect(outside <= 1)
        #expect(differences == [])
    }

    @Test("a million random points over New York lie where GEOS finds them")
    func randomPoints() throws {
        let city = try City()
        var state: UInt64 = 311
        func next(_ low: Int, _ high: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return low + Int((state >> 33) % UInt64(high - low))
        }
        var differences: [String] = []
        for _ in 0..<1_000_000 {
            let (x, y) = (next(-742_600_000, -736_900_000), next(404_900_000, 409_200_000))
            if let found = city.difference(x, y) { differences.append(found) }
        }
        #expect(differences == [])
    }
}
