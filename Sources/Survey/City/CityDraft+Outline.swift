import Cells

extension CityDraft {
    /// Puts every cell's rings on the plane.
    mutating func outline() {
        for index in cells.indices where !cells[index].draft.rings.isEmpty {
            do throws(ShapeFailure) {
                try outline(&cells[index])
            } catch {
                cells[index].fault = (error.description, nil)
            }
        }
    }

    /// Spikes and repeated points enclose nothing and are left out; where rings cross, the ground
    /// is what an odd number of them goes around, as `cells find` sees it.
    private func outline(_ cell: inout SurveyedCell) throws(ShapeFailure) {
        let polygons = polygons(cell.draft)
        guard !polygons.isEmpty else { return }
        let drawn = try Shape(context, polygons: polygons)
        cell.shape = drawn
        if let fault = drawn.fault() {
            cell.shape = try drawn.repaired()
            if !cell.draft.ringCounts.isEmpty { cell.fault = fault }
        }
        cell.area = cell.shape?.area ?? 0
    }

    private func polygons(_ draft: CellDraft) -> [[[Spot]]] {
        let rings = draft.rings.map { RingFlaw.cleaned($0) }
        var rest = rings[...]
        var polygons: [[[FixedPoint]]] = []
        for count in draft.ringCounts.isEmpty ? rings.map({ _ in 1 }) : draft.ringCounts {
            polygons.append(rest.prefix(count).filter { !$0.isEmpty })
            rest = rest.dropFirst(count)
        }
        return polygons.filter { !$0.isEmpty }
            .map { polygon in polygon.map { ring in ring.map { ground.spot($0) } } }
    }
}
