import Cells
import Foundation
import Testing

@testable import Survey

/// New York's boundaries beside the package; nil where they are not.
private let boundaries: String? = {
    let root = #filePath.split(separator: "/").dropLast(3).reduce("/") { $0 + $1 + "/" }
    return ["../shared/data", "../../shared/data"].map { root + $0 + "/nyc-boundaries/" }
        .first { FileManager.default.fileExists(atPath: $0) }
}()

@Suite(
    "New York as it is drawn",
    .enabled(if: boundaries != nil, "there is no ../shared/data beside the package"))
struct RealCityTests {
    /// Two layers simplified to 20 to 30 m each differ by 50 m and mean the same.
    @Test("has the faults that it has, and no sliver counts as one")
    func newYork() throws {
        let directory = try #require(boundaries)
        let files = try ["l1_borough", "l2_community_district", "l3_grid"].map {
            try GridFile(path: directory + $0 + ".geojson")
        }
        let loader = GridLoader(root: "NYC", levelNames: ["city", "borough", "district", "grid"])
        let city = CityDraft(loader, files)
        #expect(city.count == 2242)
        var options = CheckOptions()
        options.sliverMetres = 50
        let findings = CityCheck.run(city, options).findings
        let counts = Dictionary(grouping: findings, by: \.code).mapValues(\.count)
        #expect(counts[.overlap] == nil)
        #expect(counts[.shifted] == nil)
        #expect(counts[.selfCrossing] == nil)
        #expect(counts[.unchecked] == nil)
        #expect(counts[.gap] == 3)
        #expect(counts[.outside] == 27)
        #expect(counts[.childless] == 1)
        // Van Cortlandt Park has no grid, for the tract that is mostly park went to a neighbour.
        #expect(findings.contains { $0.code == .childless && $0.cells == ["226"] })
        #expect(findings.contains { $0.code == .outside && $0.cells == ["212-042", "212"] })
    }
}
