import Cells
package import Domain

// Stage 4: position or cell path → cell.
//
// A position wins over a cell; that they differ is counted. Says no with `outsideArea` (the
// position lies outside the map, or the map has no such cell) and `missingField` (the alert has
// neither).

extension Walk {
    @_noAllocation @_noLocks
    package mutating func locate() throws(Refusal) {
        let named =
            alert.present.contains(.cell)
            ? grid.find(alert.texts, alert.cell.first, alert.cell.end)
            : CellID(0xFFFF_FFFF)
        guard alert.present.contains(.position) else {
            guard alert.present.contains(.cell) else {
                throw Refusal(.missingField, .position, at: 0)
            }
            guard named.index != .max else { throw Refusal(.outsideArea, .cell, at: 0) }
            sighting.cell = named
            sighting.position = nil
            return
        }
        let cell = grid.locate(
            latitude: alert.position.latitude, longitude: alert.position.longitude)
        guard cell.index != .max else { throw Refusal(.outsideArea, .position, at: 0) }
        if alert.present.contains(.cell) && named != cell { counters.cellMismatches &+= 1 }
        sighting.cell = cell
        sighting.position = alert.position
    }
}
