import Cells
import Domain
import Foundation
import Testing

/// A closed ring through some points, in whole units.
private func ring(_ points: [(Int32, Int32)]) -> [FixedPoint] {
    (points + [points[0]]).map { FixedPoint(x: $0.0, y: $0.1) }
}

private func cell(_ code: String, _ points: [(Int32, Int32)]) -> CellDraft {
    var draft = CellDraft(
        code: code, parent: "X", name: code, origin: DraftOrigin(file: "test", feature: 0))
    draft.rings = [ring(points)]
    return draft
}

private func square(_ code: String, _ x: Int32, _ y: Int32, side: Int32 = 1000) -> CellDraft {
    cell(code, [(x, y), (x + side, y), (x + side, y + side), (x, y + side)])
}

private func grid(_ drafts: [CellDraft]) throws -> Grid {
    var builder = GridBuilder(root: "X", levelNames: ["city", "grid", "micro"])
    for draft in drafts { builder.add(draft) }
    return try builder.build()
}

private func neighbours(_ grid: borrowing Grid, _ code: String) -> [String] {
    let cell = grid.find(code)
    return (0..<grid.neighbourCount(cell)).map { grid.code(of: grid.neighbour(cell, $0)) }
}

@Suite struct NeighbourTests {
    @Test func `Cells that share an edge or a corner are neighbours`() throws {
        let grid = try grid([
            square("a", 0, 0), square("b", 1000, 0), square("c", 1000, 1000), square("d", 3000, 0),
        ])
        #expect(neighbours(grid, "a") == ["b", "c"])
        #expect(neighbours(grid, "b") == ["a", "c"])
        #expect(neighbours(grid, "c") == ["a", "b"])
        #expect(neighbours(grid, "d").isEmpty)
        #expect(neighbours(grid, "X").isEmpty)
    }

    @Test func `A vertex on another's edge makes neighbours, a gap of two units does not`() throws {
        let grid = try grid([
            square("long", 0, 0, side: 9000), square("beside", 9000, 3000),
            square("apart", 9002, 6000), square("inside", 2000, 2000),
        ])
        #expect(neighbours(grid, "long") == ["beside"])
        #expect(neighbours(grid, "apart").isEmpty)
        #expect(neighbours(grid, "inside").isEmpty)
    }

    @Test func `A vertex that rounding moved off a slanted edge still lies on it`() throws {
        let grid = try grid([
            cell("below", [(0, 0), (3000, 0), (3000, 1000)]),
            cell("above", [(1000, 334), (1000, 2000), (0, 2000)]),
        ])
        #expect(neighbours(grid, "below") == ["above"])
    }

    @Test func `Cells of different levels are not neighbours`() throws {
        var micro = square("m", 1000, 0)
        micro.parent = "b"
        let grid = try grid([square("a", 0, 0), square("b", 5000, 0), micro])
        #expect(neighbours(grid, "a").isEmpty)
    }

    @Test func `A cell that names its neighbours has those, both ways, whatever its shape`() throws
    {
        var a = square("a", 0, 0)
        a.neighbours = ["far"]
        let grid = try grid([
            a, square("touching", 1000, 0), square("far", 9000, 0), square("corner", 1000, 1000),
        ])
        #expect(neighbours(grid, "a") == ["far"])
        #expect(neighbours(grid, "far") == ["a"])
        #expect(neighbours(grid, "touching") == ["corner"])
    }

    @Test func `A neighbour that is not there or of another level is a problem`() throws {
        var a = square("a", 0, 0)
        a.neighbours = ["nowhere", "X"]
        let error = #expect(throws: GridError.self) { _ = try grid([a]) }
        #expect(
            error?.problems.map(\.fault) == [.unknownNeighbour("nowhere"), .neighbourLevel("X")])
    }

    @Test func `A GeoJSON feature may name its neighbours`() throws {
        let shape = #""geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}"#
        let features = [#"{"id":"a","parent":"X","neighbours":["7"]}"#, #"{"id":7,"parent":"X"}"#]
            .map { #"{"type":"Feature","properties":\#($0),\#(shape)}"# }
        let text = #"{"type":"FeatureCollection","features":[\#(features.joined(separator: ","))]}"#
        let grid = try GridLoader(root: "X").load([GridFile(name: "t", bytes: Array(text.utf8))])
        #expect(neighbours(grid, "a") == ["7"])
        #expect(neighbours(grid, "7") == ["a"])
    }

    @Test func `Surroundings come ring after ring, each cell once, without the middle`() throws {
        let grid = try grid((0..<25).map { square("c\($0)", $0 % 5 * 1000, $0 / 5 * 1000) })
        var around = Surroundings(grid)
        around.gather(grid.find("c12"), rings: 2, in: grid)
        let rings = (0..<around.count).map { around.ring($0) }
        #expect(rings == Array(repeating: 1, count: 8) + Array(repeating: 2, count: 16))
        let cells = Set((0..<around.count).map { grid.code(of: around.cell($0)) })
        #expect(cells.count == 24 && !cells.contains("c12"))
        around.gather(grid.find("c0"), rings: 1, in: grid)
        #expect((0..<around.count).map { grid.code(of: around.cell($0)) } == ["c1", "c5", "c6"])
    }

    @Test func `Surroundings beyond their room are counted`() throws {
        let grid = try grid((0..<400).map { square("c\($0)", $0 % 20 * 1000, $0 / 20 * 1000) })
        var around = Surroundings(grid)
        around.gather(grid.find("c210"), rings: 20, in: grid)
        let (count, dropped) = (around.count, around.dropped)
        #expect(count == 256)
        #expect(dropped > 0)
    }
}

private let boundaries = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../shared/data/nyc-boundaries").standardizedFileURL

private func isAbsent() -> Bool { !FileManager.default.fileExists(atPath: boundaries.path) }

@Suite(.disabled(if: isAbsent(), "the shared boundaries of New York are absent"))
struct CityNeighbourTests {
    @Test func `Tracts of New York that share a vertex are neighbours, both ways`() throws {
        let file = try GridFile(path: boundaries.appendingPathComponent("l3_grid.geojson").path)
        let above = try ["l1_borough", "l2_community_district"].map {
            try GridFile(path: boundaries.appendingPathComponent("\($0).geojson").path)
        }
        let loader = GridLoader(root: "NYC", levelNames: ["city", "borough", "district", "grid"])
        let grid = try loader.load(above + [file])
        var degrees = 0
        for number in 0..<grid.count {
            let cell = CellID(number)
            let around = (0..<grid.neighbourCount(cell)).map { grid.neighbour(cell, $0) }
            #expect(around.map(\.int) == Set(around.map(\.int)).sorted())
            for other in around {
                #expect(grid.level(of: other) == grid.level(of: cell))
                let back = (0..<grid.neighbourCount(other)).map { grid.neighbour(other, $0) }
                #expect(back.contains(cell))
            }
            if grid.isLeaf(cell) { degrees += around.count }
        }
        let missed = try pairsSharingAVertex(file, grid).filter { a, b in
            !(0..<grid.neighbourCount(a)).contains { grid.neighbour(a, $0) == b }
        }
        #expect(missed.isEmpty, "\(missed.prefix(3))")
        // Tracts are blocks of streets: five to seven around each.
        #expect((4 * 2166...8 * 2166).contains(degrees))
    }

    private func pairsSharingAVertex(
        _ file: GridFile, _ grid: borrowing Grid
    ) throws -> [(CellID, CellID)] {
        let json = try JSONSerialization.jsonObject(with: Data(file.bytes)) as? [String: Any]
        var owners: [FixedPoint: Set<String>] = [:]
        for feature in json?["features"] as? [[String: Any]] ?? [] {
            let properties = feature["properties"] as? [String: Any]
            let id = try #require(properties?["id"] as? String)
            let geometry = feature["geometry"] as? [String: Any]
            let polygons = (geometry?["coordinates"] as? [[[[Double]]]]) ?? []
            let rings =
                polygons.flatMap { $0 } + ((geometry?["coordinates"] as? [[[Double]]]) ?? [])
            for point in rings.joined() {
                let place = try #require(FixedPoint(latitude: point[1], longitude: point[0]))
                owners[place, default: []].insert(id)
            }
        }
        #expect(owners.count > 10_000)
        return owners.values.flatMap { ids in
            ids.flatMap { a in ids.filter { $0 != a }.map { (grid.find(a), grid.find($0)) } }
        }
    }
}
