import Cells
import Domain
import Scoring

/// The cells that an alert is evidence for, each with its share: those that its position may lie
/// in, or those of its area. None of them: its own cell alone.
struct Extent: BitwiseCopyable {
    static var capacity: Int { 64 }

    private var cells = [64 of CellID](repeating: CellID(0))
    private var shares = [64 of Double](repeating: 0)
    private(set) var count = 0

    @_noAllocation @_noLocks
    func cell(_ index: Int) -> CellID { cells[index] }

    /// **Range**: above 0, to 1.
    @_noAllocation @_noLocks
    func share(_ index: Int) -> Double { shares[index] }

    @_noAllocation @_noLocks
    mutating func clear() { count = 0 }

    /// Adds a cell once; false when there is no room.
    @_noAllocation @_noLocks
    mutating func add(_ cell: CellID, share: Double) -> Bool {
        var at = 0
        while at < count {
            if cells[at] == cell { return true }
            at += 1
        }
        if count == 64 { return false }
        cells[count] = cell
        shares[count] = share
        count += 1
        return true
    }
}

extension Walk {
    /// Finds the alert's extent, when it has one; its cell is known, or `.none` where only its area
    /// tells of it.
    @_noAllocation @_noLocks
    mutating func extend() throws(Refusal) {
        if alert.present.contains(.areaCells) { return try extendOverCells() }
        if alert.present.contains(.areaPolygon) { return try extendOverPolygon() }
        guard let position = sighting.position else { return }
        if alert.present.contains(.areaRadius) { return extendOverCircle(around: position) }
        extendOverAccuracy(of: position)
    }

    /// Each cell that the alert names. Without a place of its own the alert stands in their common
    /// parent.
    @_noAllocation @_noLocks
    private mutating func extendOverCells() throws(Refusal) {
        var at = 0
        var parent = CellID(0xFFFF_FFFF)
        while at < alert.areaCellCount {
            let cell = grid.find(alert.texts, alert.areaCells[at].first, alert.areaCells[at].end)
            guard cell.index != .max else { throw Refusal(.outsideArea, .areaCells, at: 0) }
            _ = extent.add(cell, share: 1)
            parent = parent.index == .max ? cell : grid.commonAncestor(of: parent, cell)
            at += 1
        }
        if sighting.cell.index == .max { sighting.cell = parent }
    }

    @_noAllocation @_noLocks
    private mutating func extendOverPolygon() throws(Refusal) {
        var shape = QueryShape()
        var at = 0
        while at < alert.areaCornerCount {
            let corner = alert.areaCorners[at]
            _ = shape.add(latitude: corner.latitude, longitude: corner.longitude)
            at += 1
        }
        grid.cells(within: shape, into: &touched)
        guard touched.count > 0 else {
            if sighting.cell.index != .max { return }
            throw Refusal(.outsideArea, .areaPolygon, at: 0)
        }
        extendOverTouched()
    }

    @_noAllocation @_noLocks
    private mutating func extendOverCircle(around position: Position) {
        let radius = alert.areaRadiusMetres < 50_000 ? alert.areaRadiusMetres : 50_000
        guard
            let shape = QueryShape(
                latitude: position.latitude, longitude: position.longitude, radius: radius)
        else { return }
        grid.cells(within: shape, into: &touched)
        extendOverTouched()
    }

    /// Every cell that the area touches; where those are more than an extent holds, the smallest
    /// cell that holds them all.
    @_noAllocation @_noLocks
    private mutating func extendOverTouched() {
        var at = 0
        var fits = !touched.isTruncated
        var parent = CellID(0xFFFF_FFFF)
        while at < touched.count {
            let cell = touched.cell(at)
            if fits { fits = extent.add(cell, share: 1) }
            parent = parent.index == .max ? cell : grid.commonAncestor(of: parent, cell)
            at += 1
        }
        if touched.isTruncated { parent = CellID(0) }
        if !fits {
            extent.clear()
            _ = extent.add(parent, share: 1)
        }
        if sighting.cell.index == .max { sighting.cell = parent }
    }

    /// A position that is not exact goes where the catalog says.
    @_noAllocation @_noLocks
    private mutating func extendOverAccuracy(of position: Position) {
        let plan = rules.table.positions
        guard plan.uncertain != .cell else { return }
        guard position.accuracyMetres > plan.exactMetres else { return }
        grid.locate(
            latitude: position.latitude, longitude: position.longitude,
            accuracy: position.accuracyMetres, into: &shares)
        if plan.uncertain == .parent {
            var at = 0
            while at < shares.count {
                sighting.cell = grid.commonAncestor(of: sighting.cell, shares.cell(at))
                at += 1
            }
            if shares.dropped > 0 { sighting.cell = CellID(0) }
            return
        }
        share()
    }

    /// What lies outside of the city is nobody's: the rest is shared.
    @_noAllocation @_noLocks
    private mutating func share() {
        let inside = CellShares.whole - shares.outside - shares.dropped
        guard shares.count > 1, inside > 0 else { return }
        var at = 0
        while at < shares.count {
            let part = Double(shares.share(at)) / Double(inside)
            _ = extent.add(shares.cell(at), share: part)
            at += 1
        }
        sighting.cell = extent.cell(0)
    }
}
