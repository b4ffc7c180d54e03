import Cells

extension CityCheck {
    /// Reports the layers that are moved as a whole, a file's level each; returns the suspects that
    /// are not part of one.
    mutating func tellShifts(_ suspects: [ShiftSuspect]) -> [Fit] {
        var layers: [Layer: [ShiftSuspect]] = [:]
        for suspect in suspects { layers[layer(of: suspect.fit), default: []].append(suspect) }
        var rest: [Fit] = []
        for (layer, members) in layers.sorted(by: { $0.key < $1.key }) {
            let middle = Shift(
                east: CityCheck.middle(members.map(\.shift.east)),
                north: CityCheck.middle(members.map(\.shift.north)))
            let alike = members.filter { $0.shift.isNear(middle) }
            if isLayer(alike, layer) {
                tellShift(alike, by: middle, layer)
                rest += members.filter { !$0.shift.isNear(middle) }.map(\.fit)
            } else {
                rest += members.map(\.fit)
            }
        }
        return rest
    }

    /// One parent's children may lie elsewhere for many reasons; several move alike for one.
    private func isLayer(_ suspects: [ShiftSuspect], _ layer: Layer) -> Bool {
        if suspects.count > 1 || suspects.contains(where: { $0.datum != nil }) { return true }
        let parents = Set(
            city.cells.indices.filter { self.layer(of: $0) == layer }
                .compactMap { city.cells[$0].parent })
        return suspects.count == 1 && parents.count == 1
    }

    private mutating func tellShift(
        _ suspects: [ShiftSuspect], by shift: Shift, _ layer: Layer
    ) {
        let parents = suspects.map(\.fit.parent)
        let children = suspects.flatMap(\.fit.children)
        for child in children { shifted.formUnion(city.subtree(of: child)) }
        let datum = suspects.compactMap(\.datum).first.map { "; \($0)" } ?? ""
        let whose =
            parents.count == 1 ? "their parent" : "their parents, \(parents.count) of them"
        report(
            .shifted, children[0], and: parents,
            "\(children.count) cells of \(layer.file), level \(city.levelName(layer.level)), lie "
                + "\(shift.text) of \(whose)\(datum)")
    }

    private static func middle(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    private func layer(of fit: Fit) -> Layer { layer(of: fit.children[0]) }

    private func layer(of cell: Int) -> Layer {
        Layer(
            file: city.cells[cell].draft.origin.file, level: city.cells[cell].level ?? Int.max)
    }
}

/// The cells of one level in one file.
private struct Layer: Hashable, Comparable {
    var file: String
    var level: Int

    static func < (a: Layer, b: Layer) -> Bool { (a.level, a.file) < (b.level, b.file) }
}
