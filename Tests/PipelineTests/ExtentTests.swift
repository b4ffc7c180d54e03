import Domain
import Pipeline
import Testing

/// Cells of the town are 0.0001° wide, some 11 m, and lie in a row along the equator from 0° on:
/// a, b, c in d1; d, e in d2.
@Suite("The cells that an alert is evidence for")
struct ExtentTests {
    static let fire = """
        rules:
        - id: fire
          title: Fire
          status: active
          revision: 1
          match: {kind: smoke}
          score: {public-safety: {points: '80.0', confidence: '0.95', half_life: 10m}}

        """
    static let cells = ["a", "b", "c", "d", "e"]

    private func points(
        _ place: [String: String], positions: String = ""
    ) throws -> (refusal: Reject?, points: [String: Double]) {
        var town = try Town(Self.fire, modes: "modes: {normal: {}}\n" + positions)
        let refusal = town.send("smoke", at: 0, place)
        var points: [String: Double] = [:]
        for cell in Self.cells + ["d1", "d2"] {
            let value = try town.points(cell, at: 0)
            if value > 0 { points[cell] = value }
        }
        return (refusal, points)
    }

    /// In the middle of b.
    static let middle = #"{"lat":0.00005,"lon":0.00015,"accuracy_m":8}"#

    @Test("A position that is not exact goes where the catalog says")
    func uncertain() throws {
        let plain = try points(["position": Self.middle])
        #expect(plain.points == ["b": 80, "d1": 80])
        let exact = try points(
            ["position": Self.middle], positions: "positions: {uncertain: share, exact_m: 8}\n")
        #expect(exact.points == ["b": 80, "d1": 80])
        let parent = try points(
            ["position": Self.middle], positions: "positions: {uncertain: parent, exact_m: 1}\n")
        #expect(parent.points == ["d1": 80])
        let shared = try points(
            ["position": Self.middle], positions: "positions: {uncertain: share, exact_m: 1}\n"
        ).points
        let parts = Self.cells.compactMap { shared[$0] }
        #expect(parts.count == 3 && shared["b"]! > shared["a"]!, "\(shared)")
        #expect(abs(parts.reduce(0, +) - 80) < 0.01, "what is inside is shared whole: \(shared)")
    }

    @Test("An area of cells is evidence for each, and without a place stands above them")
    func areaOfCells() throws {
        let two = try points(["area": #"{"cells":["a","T/d1/c/"]}"#])
        #expect(two.refusal == nil)
        #expect(two.points == ["a": 80, "c": 80, "d1": 80])
        let unknown = try points(["area": #"{"cells":["a","z"]}"#])
        #expect(unknown.refusal == .outsideArea && unknown.points.isEmpty)
    }

    @Test("A circle and a polygon are evidence for every cell that they touch")
    func shapes() throws {
        let circle = try points(["position": Self.middle, "area": #"{"radius_m":9}"#])
        #expect(circle.points == ["a": 80, "b": 80, "c": 80, "d1": 80])
        let corners = [(0.00002, 0.00025), (0.00002, 0.00035), (0.00008, 0.0003)]
            .map { "{\"lat\":\($0.0),\"lon\":\($0.1)}" }.joined(separator: ",")
        let polygon = try points(["area": "{\"polygon\":[\(corners)]}"])
        #expect(polygon.refusal == nil)
        #expect(polygon.points == ["c": 80, "d": 80, "d1": 80, "d2": 80])
        let far = #"{"polygon":[{"lat":5,"lon":5},{"lat":5,"lon":6},{"lat":6,"lon":6}]}"#
        #expect(try points(["area": far]).refusal == .outsideArea)
        #expect(try points(["area": #"{"radius_m":9}"#]).refusal == .missingField)
    }
}
