import Cells
import Domain
import Testing

private func load(_ text: String) -> Result<String, GridError> {
    do throws(GridError) {
        let grid = try GridLoader(root: "X").load([GridFile(name: "f", bytes: Array(text.utf8))])
        return .success(grid.name(of: CellID(1)))
    } catch {
        return .failure(error)
    }
}

private func city(_ members: String = "", name: String = #""Quay""#, tail: String = "") -> String {
    #"{"type":"FeatureCollection",\#(members)"features":[{"type":"Feature","properties":"#
        + #"{"id":"a","parent":"X","name":\#(name)},"geometry":{"coordinates":"#
        + #"[[[0,0],[1.0e0,0],[1,1.5,7],[0,1],[0,0]]],"type":"Polygon"}}]}\#(tail)"#
}

@Suite struct GeoJSONReaderTests {
    @Test(arguments: [
        (city(), "Quay"), ("\u{FEFF}" + city(), "Quay"), (city(tail: " \n\t\r"), "Quay"),
        (city(#""crs":{"a":[1,{"b":null}],"c":true},"#), "Quay"),
        (city(#""bbox":[-1.5e-3,0,0.25E+2,1],"#), "Quay"),
        (city(name: #""Caf\u00e9 \"\\\/\b\f\n\r\t""#), "Café \"\\/\u{8}\u{C}\n\r\t"),
        (city(name: #""\ud83d\ude00 网格""#), "😀 网格"), (city(name: "7"), "7"),
        (city(name: "null"), "a"),
    ])
    func `What JSON allows is read`(text: String, name: String) throws {
        #expect(try load(text).get() == name)
    }

    @Test(arguments: [
        city(tail: "x"), city(#""a":01,"#), city(#""a":.5,"#), city(#""a":1.,"#),
        city(#""a":-,"#), city(#""a":1e,"#), city(#""a":+1,"#), city(#""a":nul,"#),
        city(#""a":NaN,"#), city(#""a":1e999,"#.replacing("1e999", with: "[1,]")),
        city(#""a":"\x","#), city(#""a":"\u12g4","#), city("\"a\":\"\n\","),
        city(#""a",:1,"#), city(#"a:1,"#), city(#","#), city(name: #""\ud83d""#),
        String(city().dropLast()), String(city().dropLast(9)),
        city(#""a":"# + String(repeating: "[", count: 100_000)),
    ])
    func `What JSON does not allow is refused`(text: String) {
        guard case .failure(let error) = load(text) else {
            Issue.record("was read")
            return
        }
        #expect(error.problems == [GridProblem(file: "f", .notJSON)])
    }

    @Test(arguments: [
        (#""vulnerability":1.01"#, "vulnerability"), (#""vulnerability":-0.1"#, "vulnerability"),
        (#""access":"high""#, "access"), (#""access":[1]"#, "access"),
    ])
    func `A portion is a number from 0 to 1`(member: String, property: String) {
        let text = city().replacing(#""id":"a""#, with: #""id":"a",\#(member)"#)
        guard case .failure(let error) = load(text) else {
            Issue.record("was read")
            return
        }
        #expect(error.problems.map(\.fault) == [.badProperty(property)])
    }
}
