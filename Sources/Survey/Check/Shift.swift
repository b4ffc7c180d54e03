/// How far one layer lies from another. **Units**: metres.
struct Shift {
    var east: Double
    var north: Double

    var metres: Double { (east * east + north * north).squareRoot() }

    func isNear(_ other: Shift) -> Bool {
        let off = Shift(east: east - other.east, north: north - other.north).metres
        return off <= max(Shift.nearMetres, metres * 0.15)
    }

    /// What borders of one city drawn by two offices differ by at most.
    private static let nearMetres = 40.0

    /// `512 m to the south-east`.
    var text: String {
        let vertical = abs(north) < abs(east) * 0.4 ? "" : north > 0 ? "north" : "south"
        let horizontal = abs(east) < abs(north) * 0.4 ? "" : east > 0 ? "east" : "west"
        let direction = [vertical, horizontal].filter { !$0.isEmpty }.joined(separator: "-")
        return "\(lengthText(metres)) to the \(direction)"
    }
}

/// A parent whose children would fit if they were moved.
struct ShiftSuspect {
    let fit: Fit
    let shift: Shift
    /// The datum that moves as far, in words.
    let datum: String?
}

extension Fit {
    /// What may lie outside before a move is looked for, and what must be left of it after.
    private static let outsideShareMin = 0.03
    private static let outsideShareLeft = 0.4
    /// Children as a whole are as large as their parent, or nearly.
    private static let areaRatios = 0.7...1.4
    /// BD-09 lies up to 1.3 km from WGS84. **Units**: metres.
    private static let shifts = 30.0...3000.0

    /// Whether the children lie beside the parent as a whole; by which datum, when one does that.
    func suspect(_ ground: Ground) throws(ShapeFailure) -> ShiftSuspect? {
        guard let outside, isDivision, let parentShape = parentShape else { return nil }
        let area = together.area
        guard outside.area > area * Fit.outsideShareMin,
            Fit.areaRatios.contains(area / max(parentShape.area, 1)),
            let from = parentShape.centroid, let to = together.centroid
        else { return nil }
        let shift = Shift(east: to.x - from.x, north: to.y - from.y)
        guard Fit.shifts.contains(shift.metres) else { return nil }
        let moved = try together.moved(east: -shift.east, north: -shift.north)
        let left = try moved.subtracting(parentShape).area
        guard left < outside.area * Fit.outsideShareLeft else { return nil }
        let datum = Datum.shifts(at: ground.place(from)).first { $0.shift.isNear(shift) }
        return ShiftSuspect(fit: self, shift: shift, datum: datum?.words)
    }
}
