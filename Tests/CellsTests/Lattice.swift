import Cells

/// A city of equal squares, a thousandth of a degree wide, from (0, 0) to the north-east:
/// `r<row>c<column>` below the root `X`.
enum Lattice {
    static func square(_ column: Int, _ row: Int, width: Int = 1, height: Int = 1) -> String {
        let (west, south) = (column * 10_000, row * 10_000)
        let (east, north) = (west + width * 10_000, south + height * 10_000)
        let corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
        let texts = corners.map { "[\(Double($0.0) / 1e7),\(Double($0.1) / 1e7)]" }
        return "[[" + texts.joined(separator: ",") + "]]"
    }

    static func feature(_ properties: String, _ coordinates: String) -> String {
        #"{"type":"Feature","properties":{\#(properties)},"#
            + #""geometry":{"type":"Polygon","coordinates":\#(coordinates)}}"#
    }

    static func file(_ features: [String], name: String = "city.geojson") -> GridFile {
        let text = features.joined(separator: ",")
        return GridFile(
            name: name, bytes: Array(#"{"type":"FeatureCollection","features":[\#(text)]}"#.utf8))
    }

    static func city(_ size: Int) -> GridFile {
        var features: [String] = []
        for row in 0..<size {
            for column in 0..<size {
                let properties =
                    #""id":"r\#(row)c\#(column)","parent":"X","name":"Square \#(row)","#
                    + #""vulnerability":0.85,"access":0.1,"population":\#(row * 7)"#
                features.append(feature(properties, square(column, row)))
            }
        }
        return file(features)
    }

    /// A west and an east half.
    static func halves(_ size: Int) -> HierarchyFiles {
        let half = size / 2
        return HierarchyFiles(
            name: "police",
            files: [
                file(
                    [
                        feature(
                            #""id":"W","level":"precinct","name":"West""#,
                            square(0, 0, width: half, height: size)),
                        feature(
                            #""id":"E","level":"precinct""#,
                            square(half, 0, width: half, height: size)),
                    ], name: "police.geojson")
            ])
    }

    static func grid(_ size: Int) throws -> Grid {
        try GridLoader(root: "X").load([city(size)], hierarchies: [halves(size)])
    }
}
