import Cells
import Domain
import Testing

private let square = "[[0,0],[1,0],[1,1],[0,1],[0,0]]"

private func feature(
    _ properties: String, _ type: String = "Polygon", _ coordinates: String = "[\(square)]"
) -> String {
    """
    {"type":"Feature","properties":{\(properties)},
     "geometry":{"type":"\(type)","coordinates":\(coordinates)}}
    """
}

private func collection(_ features: [String]) -> GridFile {
    let text = #"{"type":"FeatureCollection","features":["# + features.joined(separator: ",") + "]}"
    return GridFile(name: "city.geojson", bytes: Array(text.utf8))
}

private func faults(_ files: [GridFile]) -> [GridProblem] {
    do throws(GridError) {
        _ = try GridLoader(root: "X").load(files)
        return []
    } catch {
        return error.problems
    }
}

private let good = #""id":"a","parent":"X""#

@Suite struct GridLoaderTests {
    @Test func `All properties of a feature reach the grid`() throws {
        let file = collection([
            feature(#""id":"X","name":"Port City","population":900"#),
            feature(
                #""id":7,"parent":"X","level":"street","name":"Quay","#
                    + #""population":1200,"use":"market""#
            ),
        ])
        let grid = try GridLoader(root: "X").load([file])
        let quay = grid.find("X/7/")
        #expect(grid.name(of: CellID(0)) == "Port City")
        #expect(grid.name(of: quay) == "Quay")
        #expect(grid.level(of: quay) == 2)
        #expect(grid.levelName(of: quay) == "street")
        #expect(grid.population(of: quay) == 1200)
        #expect(grid.use(of: quay) == "market")
        #expect(grid.code(of: quay) == "7")
    }

    @Test func `A child may stand in an earlier file than its parent`() throws {
        let child = collection([feature(#""id":"b","parent":"a""#)])
        let parent = collection([feature(good)])
        let grid = try GridLoader(root: "X").load([child, parent])
        #expect(grid.path(of: CellID(2)) == "X/a/b/")
    }

    @Test func `Other property names can be mapped`() throws {
        var loader = GridLoader(root: "X")
        loader.properties.id = "code"
        loader.properties.parent = "up"
        let grid = try loader.load([collection([feature(#""code":"a","up":"X","id":"no""#)])])
        #expect(grid.find("a") == CellID(1))
    }

    @Test(arguments: [
        (feature(#""parent":"X""#), GridFault.missingID),
        (feature(#""id":"","parent":"X""#), .badCode("")),
        (feature(#""id":"a/b","parent":"X""#), .badCode("a/b")),
        (feature(#""id":"网格","parent":"X""#), .badCode("网格")),
        (feature(#""id":"a b","parent":"X""#), .badCode("a b")),
        (feature(#""id":"a""#), .missingParent),
        (feature(#""id":"a","parent":"nowhere""#), .unknownParent("nowhere")),
        (feature(#""id":"a","parent":"a""#), .cyclicParent("a")),
        (feature(good + #","level":"hamlet""#), .unknownLevel("hamlet")),
        (feature(good + #","level":9"#), .unknownLevel("9")),
        (feature(good + #","level":0"#), .levelOrder(level: 0, parent: 0)),
        (feature(good + #","level":1.5"#), .badProperty("level")),
        (feature(good + #","population":-1"#), .badProperty("population")),
        (feature(good, "Point", "[0,0]"), .wrongGeometry("Point")),
        (#"{"type":"Feature","properties":{\#(good)},"geometry":null}"#, .missingGeometry),
        (feature(good, "Polygon", #"["x"]"#), .badCoordinates),
        (feature(good, "Polygon", "[[[0],[1,0],[1,1],[0]]]"), .badCoordinates),
        (feature(good, "Polygon", "[[[0,0],[1,0],[0,0]]]"), .ringTooShort(points: 3)),
        (feature(good, "Polygon", "[[[0,0],[1,0],[1,1],[0,1]]]"), .ringNotClosed),
        (
            feature(good, "Polygon", "[[[31,121],[31,122],[32,122],[31,121]]]"),
            .outOfRange(longitude: 31, latitude: 121, swapped: true)
        ),
        (
            feature(good, "Polygon", "[[[500,0],[1,0],[1,1],[500,0]]]"),
            .outOfRange(longitude: 500, latitude: 0, swapped: false)
        ),
    ])
    func `Each fault of a feature is named with its place`(text: String, fault: GridFault) {
        let sound = feature(#""id":"sound","parent":"X""#)
        #expect(
            faults([collection([sound, text])])
                == [GridProblem(file: "city.geojson", feature: 1, fault)])
    }

    @Test(arguments: [
        ("{", GridFault.notJSON), ("", .notJSON), ("[]", .notFeatureCollection),
        (#"{"type":"Feature","features":[]}"#, .notFeatureCollection),
        (#"{"type":"FeatureCollection"}"#, .notFeatureCollection),
    ])
    func `Each fault of a file is named`(text: String, fault: GridFault) {
        let file = GridFile(name: "f", bytes: Array(text.utf8))
        #expect(faults([file]) == [GridProblem(file: "f", fault)])
    }

    @Test func `All problems of all files are collected`() {
        let first = collection([feature(good), feature(#""parent":"X""#), feature(good)])
        let second = GridFile(name: "second", bytes: Array("no".utf8))
        let origin = DraftOrigin(file: "city.geojson", feature: 0)
        #expect(
            faults([first, second]) == [
                GridProblem(file: "city.geojson", feature: 1, .missingID),
                GridProblem(file: "city.geojson", feature: 2, .duplicateCode("a", first: origin)),
                GridProblem(file: "second", .notJSON),
            ])
    }

    @Test func `Cells on a circle are named, those below it are not`() {
        let file = collection([
            feature(#""id":"a","parent":"b""#), feature(#""id":"b","parent":"a""#),
            feature(#""id":"c","parent":"a""#), feature(#""id":"ok","parent":"X""#),
        ])
        #expect(
            faults([file]) == [
                GridProblem(file: "city.geojson", feature: 0, .cyclicParent("b")),
                GridProblem(file: "city.geojson", feature: 1, .cyclicParent("a")),
            ])
    }

    @Test func `A path longer than the protocol allows is refused`() {
        var features: [String] = []
        var parent = "X"
        for index in 0..<5 {
            let code = String(repeating: "\(index)", count: 31)
            features.append(feature(#""id":"\#(code)","parent":"\#(parent)""#))
            parent = code
        }
        #expect(faults([collection(features)]) == [])
        var loader = GridLoader(root: "X", levelNames: (0...9).map { "l\($0)" })
        for index in 5..<9 {
            let code = String(repeating: "\(index)", count: 31)
            features.append(feature(#""id":"\#(code)","parent":"\#(parent)""#))
            parent = code
        }
        loader.root = "X"
        #expect(throws: GridError.self) { _ = try loader.load([collection(features)]) }
    }

    @Test func `No cells at all is a problem`() {
        #expect(faults([collection([])]) == [GridProblem(file: "root", feature: 0, .noCells)])
    }

    @Test func `A missing file says so`() {
        #expect(throws: GridError.self) { _ = try GridFile(path: "/nonexistent.geojson") }
    }
}
