import Cells
package import Domain

// Stage 4: position, cell path or area → cell, and the cells that it is evidence for.
//
// A position wins over a cell; that they differ is counted. Says no with `outsideArea` (the
// position or area lies outside the map, or the map has no such cell) and `missingField` (the
// alert has none of them).

extension Walk {
    @_noAllocation @_noLocks
    package mutating func locate() throws(Refusal) {
        extent.clear()
        let named =
            alert.present.contains(.cell)
            ? grid.find(alert.texts, alert.cell.first, alert.cell.end)
            : CellID(0xFFFF_FFFF)
        guard alert.present.contains(.position) else {
            sighting.position = nil
            guard alert.present.contains(.cell) else { return try locateByArea() }
            guard named.index != .max else { throw Refusal(.outsideArea, .cell, at: 0) }
            sighting.cell = named
            return try extend()
        }
        let cell = grid.locate(
            latitude: alert.position.latitude, longitude: alert.position.longitude)
        guard cell.index != .max else { throw Refusal(.outsideArea, .position, at: 0) }
        if alert.present.contains(.cell) && named != cell { counters.cellMismatches &+= 1 }
        sighting.cell = cell
        sighting.position = alert.position
        try extend()
    }

    /// Its area alone says where it is.
    @_noAllocation @_noLocks
    private mutating func locateByArea() throws(Refusal) {
        guard alert.present.contains(.areaCells) || alert.present.contains(.areaPolygon) else {
            throw Refusal(.missingField, .position, at: 0)
        }
        sighting.cell = CellID(0xFFFF_FFFF)
        try extend()
    }
}
