/// A rectangle of a page that shows a rectangle of ground, north up.
struct MapPanel {
    let x: Double
    let y: Double
    let width: Double
    let height: Double
    let window: Box
    /// Pixels per metre.
    let scale: Double

    /// Shows all of `box`, in the middle of the panel.
    init(x: Double, y: Double, width: Double, height: Double, showing box: Box) {
        (self.x, self.y, self.width, self.height) = (x, y, width, height)
        scale = min(width / max(box.width, 1), height / max(box.height, 1))
        let (middle, half) = (box.middle, (width / scale / 2, height / scale / 2))
        window = Box(
            west: middle.x - half.0, south: middle.y - half.1,
            east: middle.x + half.0, north: middle.y + half.1)
    }

    func pixel(_ spot: Spot) -> (x: Double, y: Double) {
        (x + (spot.x - window.west) * scale, y + (window.north - spot.y) * scale)
    }

    func shows(_ spot: Spot) -> Bool {
        (window.west...window.east).contains(spot.x)
            && (window.south...window.north).contains(spot.y)
    }

    /// The polygons as one path; points nearer than half a pixel to the last are left out.
    func path(_ polygons: [[[Spot]]], class name: String) -> String {
        var data = ""
        for ring in polygons.joined() {
            var last: (x: Double, y: Double)?
            for (index, spot) in ring.dropLast().enumerated() {
                let at = pixel(spot)
                if let last, abs(last.x - at.x) < 0.5, abs(last.y - at.y) < 0.5 { continue }
                data += "\(index == 0 ? "M" : "L")\(at.x.short) \(at.y.short)"
                last = at
            }
            if last != nil { data += "Z" }
        }
        return data.isEmpty
            ? "" : "<path class=\"\(name)\" fill-rule=\"evenodd\" d=\"\(data)\"/>"
    }

    /// A frame, and everything drawn in it cut at it.
    func framed(_ id: String, _ elements: [String]) -> String {
        let rectangle =
            "x=\"\(x.short)\" y=\"\(y.short)\" width=\"\(width.short)\" height=\"\(height.short)\""
        return """
            <clipPath id="\(id)"><rect \(rectangle)/></clipPath>
            <rect class="frame" \(rectangle)/>
            <g clip-path="url(#\(id))">\(elements.joined(separator: "\n"))</g>
            """
    }

    /// A bar of a round length in the lower left corner.
    var scaleBar: String {
        let target = width / scale / 5
        var length = 1.0
        for step in [1.0, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4]
        where step <= target { length = step }
        let (left, bottom) = (x + 10, y + height - 10)
        let right = left + length * scale
        return """
            <line class="scale" x1="\(left.short)" y1="\(bottom.short)" x2="\(right.short)" \
            y2="\(bottom.short)"/><text class="small" x="\((right + 6).short)" \
            y="\((bottom + 4).short)">\(lengthText(length))</text>
            """
    }
}

extension CityDraft {
    /// The cells that a panel shows, of one level, as one path each.
    func paths(_ members: [Int], in panel: MapPanel, class name: String) -> [String] {
        members.compactMap { cell in
            guard let shape = cells[cell].shape, let box = shape.box, box.meets(panel.window)
            else { return nil }
            let path = panel.path(shape.polygons(), class: name)
            return path.isEmpty ? nil : path
        }
    }

    /// The codes of cells, where they have room; those that come first take theirs first.
    func labels(_ members: [Int], in panel: MapPanel, _ room: inout PanelRoom) -> [String] {
        var labels: [String] = []
        for cell in members {
            let width = Double(cells[cell].code.count) * 6.5
            guard let shape = cells[cell].shape, let box = shape.box, box.meets(panel.window),
                box.width * panel.scale > width, let spot = labelSpot(shape, box, panel)
            else { continue }
            let at = panel.pixel(spot)
            guard room.take(at, width: width, height: 12) else { continue }
            labels.append(
                "<text class=\"code\" x=\"\(at.x.short)\" y=\"\((at.y + 3.5).short)\">"
                    + "\(SVGPage.escaped(cells[cell].code))</text>")
        }
        return labels
    }

    /// A point inside the cell that the panel shows: its own, or the middle of what is seen of it.
    private func labelSpot(_ shape: Shape, _ box: Box, _ panel: MapPanel) -> Spot? {
        if let spot = shape.insidePoint, panel.shows(spot) { return spot }
        let seen = Box(
            west: max(box.west, panel.window.west), south: max(box.south, panel.window.south),
            east: min(box.east, panel.window.east), north: min(box.north, panel.window.north)
        ).middle
        return CityDraft.contains(shape.polygons(), seen) ? seen : nil
    }

    /// The city but for cells that lie far away from the rest.
    var window: Box {
        let boxes = cells.compactMap { $0.shape?.box }
        let distances = boxes.map { max(abs($0.middle.x), abs($0.middle.y)) }.sorted()
        guard let usual = distances.isEmpty ? nil : distances[distances.count * 9 / 10] else {
            return Box(west: -500, south: -500, east: 500, north: 500)
        }
        let near = boxes.filter { max(abs($0.middle.x), abs($0.middle.y)) <= usual * 4 + 1000 }
        let all = near.dropFirst().reduce(near[0]) { $0.joined($1) }
        return all.grown(by: max(all.width, all.height) * 0.02)
    }
}
