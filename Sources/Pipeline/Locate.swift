import Cells
package import Domain

// Stage 4: position, cell path, area or registered source → cell, and the cells that the alert is
// evidence for.
//
// A position wins over a cell, both over an area, and all over where the registry says that the
// source stands; that they differ is counted. Says no with `outsideArea` (the position or area lies
// outside the map, or the map has no such cell) and `missingField` (the alert has none of them, and
// nobody knows where its source is).

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
        if admission.seats[sighting.source.int].isAway(alert.position) {
            counters.positionMismatches &+= 1
        }
        sighting.cell = cell
        sighting.position = alert.position
        try extend()
    }

    /// Its area says where it is, or else what the registry has for its source.
    @_noAllocation @_noLocks
    private mutating func locateByArea() throws(Refusal) {
        sighting.cell = CellID(0xFFFF_FFFF)
        if !alert.present.contains(.areaCells) && !alert.present.contains(.areaPolygon) {
            let seat = admission.seats[sighting.source.int]
            guard seat.isRegistered, seat.cell != .max else {
                throw Refusal(.missingField, .position, at: 0)
            }
            sighting.cell = CellID(Int(seat.cell))
            sighting.position = seat.hasPosition ? seat.position : nil
        }
        try extend()
    }
}
