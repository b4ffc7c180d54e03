import Cells
import Domain
import Testing

@Suite struct GridQueryTests {
    private func shares(
        _ latitude: Double, _ longitude: Double, _ accuracy: Double, in grid: borrowing Grid
    ) -> CellShares {
        var shares = CellShares()
        grid.locate(latitude: latitude, longitude: longitude, accuracy: accuracy, into: &shares)
        return shares
    }

    private func codes(_ shape: QueryShape, in grid: borrowing Grid) -> [String] {
        var list = CellList(grid)
        grid.cells(within: shape, into: &list)
        var codes: [String] = []
        for index in 0..<list.count { codes.append(grid.code(of: list.cell(index))) }
        return codes.sorted()
    }

    @Test func `An exact position has one cell, with all of the share`() throws {
        let grid = try Lattice.grid(6)
        let shares = shares(0.0025, 0.0035, 0, in: grid)
        #expect(shares.count == 1)
        #expect(grid.code(of: shares.cell(0)) == "r2c3")
        #expect(shares.share(0) == CellShares.whole)
        #expect(shares.outside == 0)
    }

    @Test func `A circle around a corner is shared by the four cells that meet there`() throws {
        let grid = try Lattice.grid(6)
        let shares = shares(0.003, 0.003, 50, in: grid)
        #expect(shares.count == 4)
        for index in 0..<4 { #expect((14...18).contains(shares.share(index))) }
        #expect(shares.outside == 0)
    }

    @Test func `What lies beside the city is counted, and what finds no room is too`() throws {
        let grid = try Lattice.grid(10)
        let beside = shares(0, 0.005, 40, in: grid)
        #expect((28...36).contains(beside.outside))
        let wide = shares(0.005, 0.005, 400, in: grid)
        #expect(wide.count == CellShares.capacity)
        var sum = wide.outside + wide.dropped
        for index in 0..<wide.count { sum += wide.share(index) }
        #expect(sum == CellShares.whole)
        for index in 1..<wide.count { #expect(wide.share(index) <= wide.share(index - 1)) }
    }

    @Test(arguments: [(91.0, 0.0, 10.0), (0, .nan, 10), (0, 0, -1), (0, 0, .nan)])
    func `What is no place or no accuracy has no cells`(
        latitude: Double, longitude: Double, accuracy: Double
    ) throws {
        let grid = try Lattice.grid(4)
        let shares = shares(latitude, longitude, accuracy, in: grid)
        #expect(shares.count == 0)
        #expect(shares.outside == 0)
    }

    @Test func `A circle touches the cells within its radius`() throws {
        let grid = try Lattice.grid(8)
        // A square's side is 111 m; its middle is 56 m from its sides, 79 m from its corners.
        func circle(_ metres: Double) throws -> [String] {
            codes(
                try #require(QueryShape(latitude: 0.0035, longitude: 0.0035, radius: metres)),
                in: grid)
        }
        #expect(try circle(0) == ["r3c3"])
        #expect(try circle(50) == ["r3c3"])
        #expect(try circle(60) == ["r2c3", "r3c2", "r3c3", "r3c4", "r4c3"])
        #expect(try circle(80).count == 9)
        #expect(try circle(50_000).count == 64)
        #expect(QueryShape(latitude: 0, longitude: 0, radius: 50_001) == nil)
        #expect(QueryShape(latitude: 0, longitude: 0, radius: .nan) == nil)
    }

    @Test func `A polygon touches the cells that it cuts, holds or lies in`() throws {
        let grid = try Lattice.grid(8)
        func polygon(_ corners: [(Double, Double)]) -> [String] {
            var shape = QueryShape()
            for (latitude, longitude) in corners {
                let isAdded = shape.add(latitude: latitude, longitude: longitude)
                #expect(isAdded)
            }
            return codes(shape, in: grid)
        }
        #expect(polygon([(0.0032, 0.0032), (0.0032, 0.0038), (0.0038, 0.0035)]) == ["r3c3"])
        #expect(
            polygon([(0.0032, 0.0032), (0.0032, 0.0042), (0.0034, 0.0035)]) == ["r3c3", "r3c4"])
        let all = polygon([(-1, -1), (-1, 1), (1, 1), (1, -1)])
        #expect(all.count == 64)
    }

    @Test func `A polygon takes 64 corners, all on the globe`() {
        var shape = QueryShape()
        let offGlobe = shape.add(latitude: 91, longitude: 0)
        #expect(!offGlobe)
        for number in 0..<64 {
            let isAdded = shape.add(latitude: 0, longitude: Double(number))
            #expect(isAdded)
        }
        let oneMore = shape.add(latitude: 0, longitude: 0)
        #expect(!oneMore)
    }

    @Test func `More cells than a list holds are left out, and that is said`() throws {
        let grid = try Lattice.grid(66)
        var list = CellList(grid)
        let everything = try #require(QueryShape(latitude: 0.03, longitude: 0.03, radius: 20_000))
        grid.cells(within: everything, into: &list)
        let (count, isTruncated) = (list.count, list.isTruncated)
        #expect(count == CellList.capacity)
        #expect(isTruncated)
        let few = try #require(QueryShape(latitude: 0.03, longitude: 0.03, radius: 10))
        grid.cells(within: few, into: &list)
        let (fewCount, isFewTruncated) = (list.count, list.isTruncated)
        #expect(fewCount == 4)
        #expect(!isFewTruncated)
    }

    @Test func `The common ancestor is the nearest cell above both`() throws {
        var files = [Lattice.city(2)]
        files.append(
            Lattice.file([
                Lattice.feature(#""id":"a","parent":"r0c0""#, Lattice.square(0, 0)),
                Lattice.feature(#""id":"b","parent":"r0c0""#, Lattice.square(0, 0)),
            ]))
        let grid = try GridLoader(root: "X").load(files)
        let (a, b, other) = (grid.find("a"), grid.find("b"), grid.find("r1c1"))
        #expect(grid.commonAncestor(of: a, b) == grid.find("r0c0"))
        #expect(grid.commonAncestor(of: a, other) == CellID(0))
        #expect(grid.commonAncestor(of: a, a) == a)
        #expect(grid.commonAncestor(of: grid.find("r0c0"), b) == grid.find("r0c0"))
    }
}
