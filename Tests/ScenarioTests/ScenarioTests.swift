import Cells
import Domain
import Scenario
import Testing

/// A planned city as a grid.
func grid(of plan: CityPlan) throws -> Grid {
    let file = GridFile(name: "plan", bytes: Array(plan.geoJSON().utf8))
    let levelNames = ["city", "district", "street", "community", "grid"]
    return try GridLoader(root: plan.root, levelNames: levelNames).load([file])
}

@Suite struct CityPlanTests {
    @Test func `The same seed draws the same city and another seed another`() {
        #expect(CityPlan(seed: 7).geoJSON() == CityPlan(seed: 7).geoJSON())
        #expect(CityPlan(seed: 7).geoJSON() != CityPlan(seed: 8).geoJSON())
    }

    @Test(arguments: [1, 7, 42, UInt64.max])
    func `A city has five levels and about two hundred leaves`(seed: UInt64) throws {
        let grid = try grid(of: CityPlan(seed: seed))
        var perLevel = [0, 0, 0, 0, 0]
        for index in 0..<grid.count { perLevel[grid.level(of: CellID(index))] += 1 }
        #expect(perLevel[..<4] == [1, 4, 12, 24])
        #expect((180...220).contains(perLevel[4]))
    }

    @Test(arguments: [1, 7, 42, UInt64.max])
    func `Every leaf is reached by its own anchor, its path and its code`(seed: UInt64) throws {
        let grid = try grid(of: CityPlan(seed: seed))
        for index in 0..<grid.count where grid.isLeaf(CellID(index)) {
            let cell = CellID(index)
            let position = grid.anchor(of: cell)
            let anchor = try #require(position)
            #expect(grid.locate(latitude: anchor.latitude, longitude: anchor.longitude) == cell)
            #expect(grid.find(grid.path(of: cell)) == cell)
            #expect(grid.find(grid.code(of: cell)) == cell)
            #expect(grid.level(of: cell) == 4)
        }
    }

    /// Seamless: the leaves of the two banks hold every point that the city holds, so that no point
    /// of the city is left to a parent; the river between them belongs to nobody.
    @Test(arguments: [1, 7, 42])
    func `No position in the city falls between its leaves`(seed: UInt64) throws {
        let grid = try grid(of: CityPlan(seed: seed))
        var dice = SeededGenerator(seed: seed)
        var (inside, outside) = (0, 0)
        for _ in 0..<20_000 {
            let cell = grid.locate(
                latitude: 31.2 + dice.between(-0.02, 0.02),
                longitude: 121.5 + dice.between(-0.02, 0.02))
            if cell == .none {
                outside += 1
            } else {
                inside += 1
                #expect(grid.isLeaf(cell) == true)
            }
        }
        #expect(inside > 6_000)
        #expect(outside > 1_000)
    }

    @Test func `The river has nobody in it and both banks have somebody`() throws {
        let grid = try grid(of: CityPlan(seed: 7))
        let row = (-200...200).map {
            grid.locate(latitude: 31.2, longitude: 121.5 + Double($0) * 1e-4) != .none
        }
        let edges = zip(row, row.dropFirst()).count { $0 != $1 }
        #expect(edges == 4)
    }

    @Test func `A parent has as many people as its children, and every use occurs`() throws {
        let grid = try grid(of: CityPlan(seed: 7))
        var sums = [Int](repeating: 0, count: grid.count)
        var uses: Set<String> = []
        for index in 1..<grid.count {
            sums[grid.parent(of: CellID(index)).int] += grid.population(of: CellID(index))
            uses.insert(grid.use(of: CellID(index)))
        }
        for index in 0..<grid.count where grid.isLeaf(CellID(index)) == false {
            #expect(grid.population(of: CellID(index)) == sums[index])
        }
        #expect(
            uses == [
                "", "public-building", "school", "hospital", "market", "station", "datacenter",
            ])
    }

    @Test func `A city can be drawn elsewhere and larger`() throws {
        var plan = CityPlan(seed: 3)
        (plan.latitude, plan.longitude, plan.root) = (-33.9, -70.6, "S")
        plan.splits = [CityPlan.Split(3, 2), .init(2, 2), .init(3, 4), .init(4, 3)]
        let grid = try grid(of: plan)
        #expect(grid.count > 3_000)
        #expect(grid.find("S/1/101/10112/10112-01") != .none)
        for index in 0..<grid.count where grid.isLeaf(CellID(index)) {
            let position = grid.anchor(of: CellID(index))
            let anchor = try #require(position)
            #expect(
                grid.locate(latitude: anchor.latitude, longitude: anchor.longitude) == CellID(index)
            )
        }
    }
}
