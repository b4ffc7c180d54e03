import Cells

extension CityDraft {
    /// A cell among its neighbours, as SVG.
    package func picture(of cell: Int) throws(ShapeFailure) -> String {
        var page = SVGPage(width: 640, height: 690)
        page.text(cells[cell].draft.name, x: 20, y: 34, class: "title")
        guard let shape = cells[cell].shape, let box = shape.box else {
            page.text("has no shape", x: 20, y: 60)
            return page.finished
        }
        let panel = MapPanel(
            x: 20, y: 50, width: 600, height: 600,
            showing: box.grown(by: max(box.width, box.height) * 0.35))
        let level = members(of: cells[cell].level ?? 0).filter { $0 != cell }
        var elements = paths(level, in: panel, class: "cell")
        elements += paths([cell], in: panel, class: "own")
        elements += paths(cells[cell].children, in: panel, class: "outline")
        var room = PanelRoom(panel)
        elements += labels([cell] + level, in: panel, &room)
        page.add(panel.framed("map", elements))
        page.add(panel.scaleBar)
        page.text(
            "\(path(of: cell)), \(areaText(cells[cell].area))", x: 20, y: 674, class: "small")
        return page.finished
    }

    /// A cell among its neighbours in letters, for a terminal; empty when it has no shape.
    package func sketch(of cell: Int) throws(ShapeFailure) -> String {
        guard let shape = cells[cell].shape, let box = shape.box else { return "" }
        let (columns, rows) = (48, 20)
        // A letter is twice as high as wide.
        let panel = MapPanel(
            x: 0, y: 0, width: Double(columns), height: Double(rows) * 2,
            showing: box.grown(by: max(box.width, box.height) * 0.2))
        let beside = Array(try neighbours(of: cell).prefix(26))
        let grounds = ([cell] + beside).map { cells[$0].shape?.polygons() ?? [] }
        let marks: [Character] =
            ["#"] + beside.indices.map { Character(Unicode.Scalar(UInt8(97 + $0))) }
        let lines = (0..<rows).map { row in
            String(
                (0..<columns).map { column in
                    let spot = Spot(
                        x: panel.window.west + (Double(column) + 0.5) / panel.scale,
                        y: panel.window.north - (Double(row) * 2 + 1) / panel.scale)
                    let owner = grounds.firstIndex { CityDraft.contains($0, spot) }
                    return owner.map { marks[$0] } ?? "."
                })
        }
        let key = zip(marks.dropFirst(), beside).map { "\($0) \(cells[$1].code)" }
        return (lines + ["# \(cells[cell].code)  " + key.joined(separator: "  ")])
            .joined(separator: "\n")
    }

    static func contains(_ polygons: [[[Spot]]], _ spot: Spot) -> Bool {
        var isInside = false
        for ring in polygons.joined() {
            for (a, b) in zip(ring, ring.dropFirst()) where (a.y > spot.y) != (b.y > spot.y) {
                let crossing = a.x + (spot.y - a.y) / (b.y - a.y) * (b.x - a.x)
                if spot.x < crossing { isInside.toggle() }
            }
        }
        return isInside
    }
}
