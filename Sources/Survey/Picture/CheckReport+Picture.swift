import Cells

/// Places of a page's parts. **Units**: pixels.
private enum Layout {
    static let margin = 20.0
    static let map = 900.0
    static let side = 400.0
    static let inset = 250.0
    static let insetsMax = 10
    /// Pins beyond these hide the map.
    static let pinsMax = 60
    /// More cells than these are only a grey area.
    static let cellsMax = 6000
    /// Problems this small on the map are shown enlarged.
    static let smallPixels = 40.0
}

extension CheckReport {
    /// The city as SVG, what is wrong highlighted and numbered as in the text, the small problems
    /// enlarged.
    package func picture() -> String {
        let window = city.window
        let mapHeight = min(max(Layout.map * window.height / window.width, 300), 1100)
        let panel = MapPanel(
            x: Layout.margin, y: 60, width: Layout.map, height: mapHeight, showing: window)
        let chosen = small(on: panel)
        let rows = (chosen.count + 4) / 5
        let bottom = 60 + max(mapHeight, 560)
        var page = SVGPage(
            width: Layout.margin * 3 + Layout.map + Layout.side,
            height: bottom + Double(rows) * (Layout.inset + 46) + Layout.margin)
        page.text(
            "\(city.cells[0].draft.name): \(summaryOfCounts)", x: Layout.margin, y: 36,
            class: "title")
        page.add(panel.framed("map", map(panel)))
        page.add(panel.scaleBar)
        drawLegend(on: &page, x: Layout.margin * 2 + Layout.map, to: bottom - 20)
        for (place, number) in chosen.enumerated() {
            drawInset(
                number, at: (Double(place % 5), bottom + Double(place / 5) * (Layout.inset + 46)),
                on: &page)
        }
        return page.finished
    }

    private var summaryOfCounts: String {
        FindingSeverity.allCases.map { severity in
            let count = count(severity)
            return "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
        }.joined(separator: ", ")
    }

    private func map(_ panel: MapPanel) -> [String] {
        let drawn = city.levels.map { city.members(of: $0).filter { city.cells[$0].shape != nil } }
            .filter { !$0.isEmpty }
        let fine = drawn.last { $0.count <= Layout.cellsMax } ?? []
        var elements = city.paths(fine, in: panel, class: "cell")
        if let top = drawn.first { elements += city.paths(top, in: panel, class: "outline") }
        for finding in findings.reversed() where !finding.ground.isEmpty {
            elements.append(panel.path(finding.ground, class: finding.severity.rawValue))
        }
        return elements + pins(panel)
    }

    /// The worst find their places first.
    private func pins(_ panel: MapPanel) -> [String] {
        var room = PanelRoom(panel)
        var pins: [String] = []
        for (index, finding) in findings.enumerated().prefix(Layout.pinsMax)
        where finding.severity < .note {
            guard let spot = spot(of: finding), panel.shows(spot) else { continue }
            pins.append(pin(index + 1, finding.severity, panel.pixel(spot), &room))
        }
        return pins.reversed()
    }

    private func spot(of finding: CellFinding) -> Spot? {
        finding.place.map { city.ground.spot($0) }
    }

    private func pin(
        _ number: Int, _ severity: FindingSeverity, _ at: (x: Double, y: Double),
        _ room: inout PanelRoom
    ) -> String {
        let (x, y) = room.pin(near: at)
        return """
            <path class="lead" d="M\(at.x.short) \(at.y.short)L\(x.short) \(y.short)"/>\
            <circle class="pin \(severity.rawValue)" cx="\(x.short)" cy="\(y.short)" r="9"/>\
            <text class="number" x="\(x.short)" y="\((y + 3.5).short)">\(number)</text>
            """
    }

    private func drawLegend(on page: inout SVGPage, x: Double, to bottom: Double) {
        var y = 72.0
        for code in FindingCode.allCases.sorted(by: { $0.severity < $1.severity }) {
            let count = findings.count { $0.code == code }
            guard count > 0 else { continue }
            page.add(
                "<rect class=\"\(code.severity.rawValue)\" x=\"\(x.short)\" y=\"\((y - 11).short)\" "
                    + "width=\"14\" height=\"14\"/>")
            page.text("\(code.title): \(count)", x: x + 22, y: y)
            y += 22
        }
        if findings.isEmpty { page.text("nothing found", x: x, y: y) }
        listFindings(on: &page, x: x, y: y + 10, to: bottom)
    }

    private func listFindings(on page: inout SVGPage, x: Double, y: Double, to bottom: Double) {
        let count = min(findings.count, max(Int((bottom - y) / 15), 5))
        for (index, finding) in findings.enumerated().prefix(count) {
            let words = "\(index + 1)  \(finding.cells.first ?? ""): \(finding.words)"
            page.text(
                words.count > 66 ? words.prefix(65) + "…" : words, x: x,
                y: y + Double(index) * 15, class: "small")
        }
        guard count < findings.count else { return }
        page.text(
            "… and \(findings.count - count) more: see the text", x: x,
            y: y + Double(count) * 15, class: "small")
    }

    /// Numbers in `findings` of problems too small to see on the map, the first of them.
    private func small(on panel: MapPanel) -> [Int] {
        let numbers = findings.indices.filter { index in
            let finding = findings[index]
            guard finding.severity < .note, finding.place != nil else { return false }
            guard let box = CheckReport.box(of: finding.ground) else { return true }
            return max(box.width, box.height) * panel.scale < Layout.smallPixels
        }
        return Array(numbers.prefix(Layout.insetsMax))
    }

    static func box(of ground: [[[Spot]]]) -> Box? {
        let spots = ground.joined().joined()
        guard let first = spots.first else { return nil }
        return spots.reduce(Box(west: first.x, south: first.y, east: first.x, north: first.y)) {
            $0.joined(Box(west: $1.x, south: $1.y, east: $1.x, north: $1.y))
        }
    }

    private func drawInset(
        _ index: Int, at place: (column: Double, y: Double), on page: inout SVGPage
    ) {
        let finding = findings[index]
        guard let spot = spot(of: finding) else { return }
        let point = Box(west: spot.x, south: spot.y, east: spot.x, north: spot.y)
        let box = CheckReport.box(of: finding.ground) ?? point
        let panel = MapPanel(
            x: Layout.margin + place.column * (Layout.inset + 15), y: place.y + 30,
            width: Layout.inset, height: Layout.inset,
            showing: box.grown(by: max(40, max(box.width, box.height) * 0.6)))
        let around = city.cells.indices.filter { $0 > 0 && city.cells[$0].children.isEmpty }
        let own = finding.cells.compactMap { city.numbers[$0] }
        var elements = city.paths(around, in: panel, class: "cell")
        elements += city.paths(own, in: panel, class: "outline")
        elements.append(panel.path(finding.ground, class: finding.severity.rawValue))
        var room = PanelRoom(panel)
        let pin = pin(index + 1, finding.severity, panel.pixel(spot), &room)
        elements += city.labels(own + around.filter { !own.contains($0) }, in: panel, &room)
        elements.append(pin)
        page.add(panel.framed("inset\(index)", elements))
        page.add(panel.scaleBar)
        let size = finding.squareMetres.map { ", " + areaText($0) } ?? ""
        page.text(
            "\(index + 1)  \(finding.cells.first ?? "") \(finding.code.rawValue.dropFirst(6))\(size)",
            x: panel.x, y: panel.y - 6, class: "small")
    }
}
