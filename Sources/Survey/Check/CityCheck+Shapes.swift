import Cells

extension CityCheck {
    /// What is wrong with each cell's shape by itself.
    mutating func findShapeProblems() {
        for cell in city.cells.indices where !city.cells[cell].draft.rings.isEmpty {
            tell("looking at shapes", cell, of: city.cells.count)
            if city.cells[cell].fault == nil, city.cells[cell].area == 0 {
                report(.empty, cell, "its border encloses nothing")
                continue
            }
            findFlaws(cell)
            findFault(cell)
            findFarParts(cell)
        }
    }

    private mutating func findFlaws(_ cell: Int) {
        var repeated: [FixedPoint] = []
        for flaw in city.cells[cell].draft.rings.flatMap(RingFlaw.all) {
            switch flaw {
            case .repeatedPoint(let point): repeated.append(point)
            case .spike(let point):
                report(
                    .spike, cell, "its border runs out to a point and back over itself",
                    place: Place(point))
            }
        }
        if let first = repeated.first {
            let times = repeated.count == 1 ? "a point twice" : "\(repeated.count) points twice"
            report(.repeatedPoint, cell, "its border gives \(times) in a row", place: Place(first))
        }
    }

    private mutating func findFault(_ cell: Int) {
        guard let fault = city.cells[cell].fault else { return }
        let place = fault.place.map(city.ground.place)
        if fault.reason.contains("ntersection") {
            report(.selfCrossing, cell, "its border crosses itself", place: place)
        } else {
            report(
                .nesting, cell, "its rings do not nest (\(fault.reason.lowercased()))", place: place
            )
        }
    }

    /// A part further from the rest than the cell is wide is likely another cell's.
    private mutating func findFarParts(_ cell: Int) {
        let own = city.cells[cell]
        guard own.isSound, own.children.isEmpty, own.draft.rings.count > 1, let shape = own.shape
        else { return }
        do throws(ShapeFailure) {
            let parts = try shape.parts().sorted { $0.area > $1.area }
            let far = parts.dropFirst().map { ($0, $0.distance(to: parts[0])) }
                .filter { $0.1 > max(CityCheck.farMetres, 2 * own.area.squareRoot()) }
            guard let furthest = far.max(by: { $0.1 < $1.1 }) else { return }
            report(
                .farParts, cell,
                "\(areaText(furthest.0.area)) of it lie \(lengthText(furthest.1)) from the rest",
                pieces: far.map(\.0))
        } catch {
            report(error, cell)
        }
    }

    /// Parts on two sides of a river or a station belong together.
    private static let farMetres = 500.0

    /// Cells whose latitude and longitude are exchanged; a whole file's are one finding.
    mutating func findSwaps() {
        var byFile: [String: [Int]] = [:]
        for cell in city.cells.indices where city.cells[cell].isSwapped {
            byFile[city.cells[cell].draft.origin.file, default: []].append(cell)
        }
        for (file, cells) in byFile.sorted(by: { $0.key < $1.key }) {
            let all = city.cells.count { $0.draft.origin.file == file && !$0.draft.rings.isEmpty }
            if cells.count == all, all > 1 {
                report(
                    .swapped, cells[0], and: Array(cells.dropFirst()),
                    "latitude and longitude are exchanged in all \(all) cells of \(file)")
            } else {
                for cell in cells {
                    report(.swapped, cell, "its latitude and longitude are exchanged")
                }
            }
        }
    }
}
