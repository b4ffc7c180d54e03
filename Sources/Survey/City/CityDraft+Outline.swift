import Cells

extension CityDraft {
    /// Puts every cell's rings on the plane.
    mutating func outline() {
        for index in cells.indices where !cells[index].draft.rings.isEmpty {
            do throws(ShapeFailure) {
                // In two steps: a cell changed while the city is asked would copy all cells.
                let drawn = try outline(of: cells[index].draft)
                cells[index].shape = drawn.shape
                cells[index].fault = drawn.fault
                cells[index].area = drawn.shape?.area ?? 0
            } catch {
                cells[index].fault = (error.description, nil)
            }
        }
    }

    /// Spikes and repeated points enclose nothing and are left out; where rings cross, the ground
    /// is what an odd number of them goes around, as `cells find` sees it.
    private func outline(
        of draft: CellDraft
    ) throws(ShapeFailure) -> (shape: Shape?, fault: (reason: String, place: Spot?)?) {
        let polygons = polygons(draft)
        guard !polygons.isEmpty else { return (nil, nil) }
        let drawn = try Shape(context, polygons: polygons)
        guard let fault = drawn.fault() else { return (drawn, nil) }
        return (try drawn.repaired(), draft.ringCounts.isEmpty ? nil : fault)
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
