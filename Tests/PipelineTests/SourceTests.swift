import Cells
import Domain
import Foundation
import Pipeline
import Testing

@Suite("Registered sources in the walk")
struct SourceTests {
    /// `acme/a` stands at 31.2, 121.49 and sends smoke and gas only; `acme/b` is known by its cell.
    static func plans() throws -> [SourcePlan] {
        let grid = try City.grid()
        var fixed = SourcePlan(name: "acme/a")
        fixed.position = Position(latitude: 31.2, longitude: 121.49, accuracyMetres: 20)
        fixed.cell = grid.locate(latitude: 31.2, longitude: 121.49)
        fixed.kinds = [KindPattern("smoke"), KindPattern("gas.*")].compactMap { $0 }
        var celled = SourcePlan(name: "acme/b")
        celled.cell = CellID(grid.count - 1)
        return [fixed, celled, SourcePlan(name: "acme/moving")]
    }

    static func city(_ policy: AdmissionPolicy = AdmissionPolicy()) throws -> City {
        var city = try City(policy)
        #expect(city.walk.replaceSources(try plans()) == 0)
        return city
    }

    /// Alerts without a place.
    static func placeless(_ id: String, _ source: String, kind: String = "smoke") -> String {
        alert(id, source: source, ["position": "", "kind": "\"\(kind)\"", "measures": ""])
    }

    @Test("An alert without a place is where its source stands")
    func placeOfSource() throws {
        var city = try Self.city()
        let grid = try City.grid()
        #expect(city.take(Self.placeless("p-1", "acme/a")) == nil)
        #expect(city.take(Self.placeless("p-2", "acme/b"), from: "acme/b") == nil)
        let cells = city.alertCells()
        #expect(cells == [grid.locate(latitude: 31.2, longitude: 121.49), CellID(grid.count - 1)])
        let moving = Self.placeless("p-3", "acme/moving")
        #expect(city.take(moving, from: "acme/moving") == .missingField)
        #expect(city.take(Self.placeless("p-4", "acme/c"), from: "acme/c") == .missingField)
    }

    @Test("A place in the alert wins, and one far from the source's is counted")
    func ownPlaceWins() throws {
        var city = try Self.city()
        let near = #"{"lat":31.2045,"lon":121.49}"#
        let vague = #"{"lat":31.21,"lon":121.49,"accuracy_m":700}"#
        let far = #"{"lat":31.21,"lon":121.49}"#
        for (id, place) in [("n", near), ("v", vague)] {
            #expect(city.take(alert(id, ["position": place])) == nil)
        }
        #expect(city.walk.counters.positionMismatches == 0)
        #expect(city.take(alert("f", ["position": far])) == nil)
        #expect(city.walk.counters.positionMismatches == 1)
        let grid = try City.grid()
        #expect(city.alertCells().last == grid.locate(latitude: 31.21, longitude: 121.49))
        #expect(city.take(alert("b", source: "acme/b", ["position": far]), from: "acme/b") == nil)
        #expect(city.walk.counters.positionMismatches == 1)
    }

    @Test("A source sends its kinds only, by name and by prefix")
    func kinds() throws {
        var city = try Self.city()
        let verdicts = ["smoke", "gas.concentration", "noise.level"].map {
            city.take(Self.placeless("k-\($0)", "acme/a", kind: $0))
        }
        #expect(verdicts == [nil, nil, .notAllowed])
        let noise = Self.placeless("k-b", "acme/b", kind: "noise.level")
        #expect(city.take(noise, from: "acme/b") == nil)
    }

    @Test("Who is not let in takes no place from those who are")
    func strangersTakeNoPlace() throws {
        var policy = AdmissionPolicy()
        policy.sourcesMax = 3
        policy.refusesUnregistered = true
        var city = try Self.city(policy)
        for stranger in ["x/1", "x/2", "x/3", "x/4"] {
            let body = alert("s", source: stranger)
            #expect(city.take(body, from: stranger) == .unknownSource)
        }
        for friend in ["acme/a", "acme/b"] {
            #expect(city.take(alert("f", source: friend), from: friend) == nil)
        }
        #expect(city.walk.sources(from: 0, atMost: 9).standings.map(\.name).count == 3)
        var listed = AdmissionPolicy()
        (listed.allowed, listed.sourcesMax) = (["acme/"], 1)
        var other = try City(listed)
        #expect(other.take(alert("l", source: "x/1"), from: "x/1") == .unknownSource)
        #expect(other.take(alert("l")) == nil)
    }

    @Test(
        "Another registry keeps what is known of a source that stays, and shuts out one that goes")
    func replaced() throws {
        var policy = AdmissionPolicy()
        policy.refusesUnregistered = true
        var city = try Self.city(policy)
        for number in [1, 2, 3] {
            #expect(city.take(alert("r-\(number)", sequence: number)) == nil)
        }
        let stays = try #require(try Self.plans().first)
        var fresh = SourcePlan(name: "acme/new")
        fresh.cell = CellID(7)
        #expect(city.walk.replaceSources([stays, fresh]) == 0)
        #expect(city.take(alert("r-5", sequence: 5)) == nil)
        #expect(city.walk.counters.lost == 1)
        #expect(city.take(alert("r-3", sequence: 3)) == .duplicate)
        #expect(city.take(alert("g", source: "acme/b"), from: "acme/b") == .unknownSource)
        #expect(city.take(Self.placeless("n", "acme/new"), from: "acme/new") == nil)
        let standing = try #require(city.walk.sources(from: 0, atMost: 1).standings.first)
        #expect(standing.name == "acme/a" && standing.accepted == 4 && standing.lost == 1)
    }

    @Test("A registry for which there is no room changes nothing")
    func noRoom() throws {
        var policy = AdmissionPolicy()
        policy.sourcesMax = 3
        var city = try Self.city(policy)
        let more = ["m/1", "m/2"].map { SourcePlan(name: $0) }
        #expect(city.walk.replaceSources(more) == 2)
        #expect(city.take(Self.placeless("k", "acme/a", kind: "noise.level")) == .notAllowed)
    }

    @Test("What was refused may be sent again, under its number, and is no repeat")
    func refusedAgain() throws {
        var policy = AdmissionPolicy()
        policy.ratePerSource = 1
        var city = try City(policy)
        for number in 1...2 { #expect(city.take(alert("t-\(number)", sequence: number)) == nil) }
        #expect(city.take(alert("t-3", sequence: 3)) == .throttled)
        #expect(city.take(alert("t-4", sequence: 4), after: 2) == nil)
        #expect(city.take(alert("t-3", sequence: 3), after: 2) == nil)
        #expect(city.take(alert("t-5", sequence: 5), after: 4) == nil)
        #expect(city.walk.counters.lost == 0)
        let outside = #"{"lat":0,"lon":0}"#
        for _ in 0..<2 {
            let refusal = city.take(alert("o", ["position": outside]), after: 60)
            #expect(refusal == .outsideArea)
        }
        #expect(city.take(alert("t-5", sequence: 5), after: 90) == .duplicate)
    }
}

extension City {
    /// The cells of the alerts journaled since the last call.
    mutating func alertCells() -> [CellID] {
        alertRecords().map { record in
            let index = (0..<4).reduce(0) { $0 | Int(record[32 + $1]) << (8 * $1) }
            return CellID(index)
        }
    }
}
