import Cells
import Testing

@testable import Survey

/// One thing wrong with the town, and what is to be found.
struct Defect: Sendable, CustomTestStringConvertible {
    let name: String
    let findings: [String]
    let make: @Sendable (inout Town) -> Void

    init(_ name: String, _ findings: [String], _ make: @escaping @Sendable (inout Town) -> Void) {
        (self.name, self.findings, self.make) = (name, findings, make)
    }

    var testDescription: String { name }

    static let shapes: [Defect] = [
        Defect("a cell that is too short by 100 m", ["gap a districts 0"]) {
            $0["a-1"].rings = [Town.ring(0.0, 0, 1, 0.75)]
        },
        Defect("a cell that is missing", ["gap b districts 1"]) { town in
            town.drafts.removeAll { $0.code == "b-4" }
        },
        Defect("a cell that reaches into its sibling", ["overlap a-1 grids 0"]) {
            $0["a-1"].rings = [Town.ring(0.0, 0, 1.25, 1)]
        },
        Defect(
            "a cell that reaches into the next district",
            ["overlap a-2 grids 1", "reaches-out a-2 grids 1"]
        ) { $0["a-2"].rings = [Town.ring(1.0, 0, 2.25, 1)] },
        Defect("a cell that reaches out of the city", ["reaches-out b-2 grids 5"]) {
            $0["b-2"].rings = [Town.ring(3.0, 0, 4.25, 1)]
        },
        Defect("a gap of 4 m", ["slivers a districts 0"]) {
            $0["a-1"].rings = [Town.ring(0.0, 0, 1, 0.99)]
        },
        Defect("an overlap of 4 m", ["slivers a districts 0"]) {
            $0["a-1"].rings = [Town.ring(0.0, 0, 1.01, 1)]
        },
        Defect("a bow tie", ["self-crossing a-1 grids 0"]) {
            $0["a-1"].rings[0].swapAt(1, 2)
        },
        Defect("a hole outside of its polygon", ["nesting a-1 grids 0"]) {
            $0["a-1"].rings.append(Town.ring(3.25, 0.25, 3.5, 0.5))
            $0["a-1"].ringCounts = [2]
        },
        Defect("a spike", ["spike a-1 grids 0"]) {
            let corner = $0["a-1"].rings[0][2]
            $0["a-1"].rings[0].insert(contentsOf: [Town.point(1.5, 1.5), corner], at: 3)
        },
        Defect("a point twice", ["repeated-point a-1 grids 0"]) {
            $0["a-1"].rings[0].insert($0["a-1"].rings[0][1], at: 1)
        },
        Defect("a border that encloses nothing", ["empty a-1 grids 0"]) {
            $0["a-1"].rings = [
                [Town.point(0, 0), Town.point(1, 1), Town.point(0, 0), Town.point(0, 0)]
            ]
        },
        Defect("a shape that could not be read", ["bad-shape a-1 grids 0"]) {
            $0["a-1"].rings = []
            $0["a-1"].ringCounts = []
            $0.problems = [
                GridProblem(DraftOrigin(file: "grids", feature: 0), .ringNotClosed)
            ]
        },
        Defect("a far part", ["reaches-out a-1 grids 0", "far-parts a-1 grids 0"]) {
            $0["a-1"].rings.append(Town.ring(10.0, 0, 10.2, 0.2))
            $0["a-1"].ringCounts = [1, 1]
        },
    ]

    static let trees: [Defect] = [
        Defect("a parent that is not there", ["orphan a-1 grids 0"]) { $0["a-1"].parent = "c" },
        Defect("no parent", ["orphan a-1 grids 0"]) { $0["a-1"].parent = "" },
        Defect("the parent next door", ["outside-parent a-1 grids 0"]) { $0["a-1"].parent = "b" },
        Defect("a code given twice", ["duplicate a-1 grids 1"]) {
            let place = $0.drafts.firstIndex { $0.code == "a-2" }!
            $0.drafts[place].code = "a-1"
        },
        Defect("a code that no path can hold", ["bad-code a 1 grids 0"]) { $0["a-1"].code = "a 1" },
        Defect("a level above the parent's", ["level a-1 grids 0"]) { $0["a-1"].level = 1 },
        Defect("a level without a name", ["level a-1 grids 0"]) { $0["a-1"].level = 3 },
        Defect("a district without grids", ["no-children b districts 1"]) { town in
            town.drafts.removeAll { $0.parent == "b" }
        },
        Defect(
            "parents in a circle", ["circle a districts 0", "circle a-1 grids 0"]
        ) {
            $0["a"].parent = "a-1"
        },
    ]
}

@Suite("A check of a city's cells")
struct CityCheckTests {
    @Test("finds nothing in a town that is whole")
    func whole() {
        #expect(Town().told() == [])
    }

    @Test("finds each defect of a shape at its feature and nothing else", arguments: Defect.shapes)
    func shapes(defect: Defect) {
        var town = Town()
        defect.make(&town)
        #expect(town.told() == defect.findings)
    }

    @Test("finds each defect of the tree at its feature and nothing else", arguments: Defect.trees)
    func trees(defect: Defect) {
        var town = Town()
        defect.make(&town)
        #expect(town.told() == defect.findings)
    }

    @Test("says where, how large, and between whom")
    func figures() throws {
        var town = Town()
        town["a-1"].rings = [Town.ring(0.0, 0, 1.25, 1)]
        let finding = try #require(town.findings().first)
        #expect(finding.cells == ["a-1", "a-2"])
        let place = try #require(finding.place)
        #expect(abs(place.longitude - 121.5045) < 0.0006)
        #expect(abs(place.latitude - 31.202) < 0.0021)
        // 0.001 degrees of longitude by 0.004 of latitude at 31.2 degrees: 95.3 m by 443.5 m.
        let size = try #require(finding.squareMetres)
        #expect(abs(size - 42_267) < 50)
    }

    @Test("lets a dedicated cell lie over ordinary ones, in its parent")
    func dedicated() {
        var town = Town()
        var station = town["a-1"]
        (station.code, station.use) = ("a-s", "station")
        station.rings = [Town.ring(0.5, 0.5, 1.5, 1.5)]
        station.origin.feature = 8
        town.drafts.append(station)
        #expect(town.told() == [])
        town["a-s"].rings = [Town.ring(1.75, 0.5, 2.75, 1.5)]
        #expect(town.told() == ["outside-parent a-s grids 8"])
    }

    @Test("holds sizes to bounds, level by level")
    func sizes() {
        var town = Town()
        town["a-1"].population = 900
        town["b-1"].population = 20
        var options = CheckOptions()
        options.populations = [2: 50...500]
        #expect(
            town.told(options) == ["too-few-people b-1 grids 4", "too-many-people a-1 grids 0"])
        options.populations = [:]
        options.areas = [2: 200_000...(.infinity)]
        #expect(town.told(options).count == 8)
        options.areas = [1: 0...100_000]
        #expect(
            Set(town.told(options)) == ["too-large a districts 0", "too-large b districts 1"])
    }

    @Test("finds exchanged latitudes and longitudes where they still are on the globe")
    func swapped() {
        var town = Town()
        town.move(toLatitude: 40.6, longitude: -73.9)
        #expect(town.told() == [])
        let whole = town
        town.swap(["a-1"])
        #expect(town.told() == ["swapped a-1 grids 0"])
        town = whole
        town.swap(town.drafts.filter { $0.origin.file == "grids" }.map(\.code))
        #expect(town.told() == ["swapped a-1 grids 0"])
        town = whole
        town.swap(town.drafts.map(\.code))
        #expect(town.findings().map(\.code) == [.swapped, .swapped, .swapped])
    }

    @Test("tells a whole file that is off the globe for it once")
    func swappedFile() {
        var town = Town()
        for index in town.drafts.indices where town.drafts[index].origin.file == "grids" {
            town.drafts[index].rings = []
            town.drafts[index].ringCounts = []
            town.problems.append(
                GridProblem(
                    town.drafts[index].origin,
                    .outOfRange(longitude: 31.2, latitude: 121.5, swapped: true)))
        }
        #expect(town.told() == ["swapped -"])
    }

    @Test("gives every shape back to libgeos")
    func leaks() {
        var town = Town()
        town["a-1"].rings = [Town.ring(0.0, 0, 1.25, 0.75)]
        let context: GEOSContext
        do {
            let city = town.city
            context = city.context
            let kept = context.shapesAlive
            #expect(kept == 11)
            _ = CityCheck.run(city)
            #expect(context.shapesAlive == kept)
        }
        #expect(context.shapesAlive == 0)
    }
}
