public import Domain

/// Which cell goes on with what each cell of a grid held, when another grid takes its place.
///
/// A cell is known by its code. One whose code is gone hands on to the cell that its anchor now
/// lies in, at its own level or above; one without a shape to the heir of its parent.
public struct CellSuccession: Sendable {
    /// By cell of the grid that was.
    public let heirs: [CellID]
    /// By cell of the grid that is: the one whose ground it has, by code or by its anchor.
    public let origins: [CellID]
    /// By cell of the grid that was: whether it is still there, under the same path.
    public let isSame: [Bool]
    /// What is not as it was, in the order of the cells.
    public let fates: [CellFate]

    public init(from old: borrowing Grid, to new: borrowing Grid) {
        let heirs = CellSuccession.followed(old, new)
        let origins = CellSuccession.followed(new, old)
        isSame = heirs.indices.map { old.path(of: CellID($0)) == new.path(of: heirs[$0]) }
        fates = CellSuccession.fates(old, new, heirs, origins)
        (self.heirs, self.origins) = (heirs, origins)
    }

    /// Where a position lies that lay in a cell that was; the cell's heir where that is not so, or
    /// where the position was not known.
    public func place(
        of cell: CellID, at position: Position?, from old: borrowing Grid, to new: borrowing Grid
    ) -> CellID {
        guard cell != .none else { return .none }
        guard let position,
            old.locate(latitude: position.latitude, longitude: position.longitude) == cell
        else { return heirs[cell.int] }
        let found = new.locate(latitude: position.latitude, longitude: position.longitude)
        return found == .none ? heirs[cell.int] : found
    }

    /// By cell of one grid, the cell of the other that it is followed by. Parents come before their
    /// children.
    private static func followed(
        _ grid: borrowing Grid, _ other: borrowing Grid
    ) -> [CellID] {
        var followed = [CellID(0)]
        for number in 1..<max(1, grid.count) {
            let cell = CellID(number)
            let same = other.find(grid.code(of: cell))
            if same != .none {
                followed.append(same)
            } else {
                let above = followed[grid.parent(of: cell).int]
                followed.append(atAnchor(of: cell, grid, other) ?? above)
            }
        }
        return followed
    }

    /// The cell at another's anchor, not below its level; nil where there is none.
    private static func atAnchor(
        of cell: CellID, _ grid: borrowing Grid, _ other: borrowing Grid
    ) -> CellID? {
        guard let anchor = grid.anchor(of: cell) else { return nil }
        var found = other.locate(latitude: anchor.latitude, longitude: anchor.longitude)
        guard found != .none else { return nil }
        while other.level(of: found) > grid.level(of: cell) { found = other.parent(of: found) }
        return found
    }

    private static func fates(
        _ old: borrowing Grid, _ new: borrowing Grid, _ heirs: [CellID], _ origins: [CellID]
    ) -> [CellFate] {
        var parts = [Int: [CellID]]()
        var fates: [CellFate] = []
        for number in 1..<max(1, new.count)
        where old.find(new.code(of: CellID(number))) == .none {
            let origin = origins[number]
            if old.level(of: origin) == new.level(of: CellID(number)) {
                parts[origin.int, default: []].append(CellID(number))
            } else {
                fates.append(
                    CellFate(kind: .added, cell: new.path(of: CellID(number)), into: []))
            }
        }
        let heirCounts = heirs.indices.reduce(into: [Int: Int]()) { counts, number in
            counts[heirs[number].int, default: 0] += 1
        }
        for number in heirs.indices {
            let fate = fate(
                CellID(number), old, new, heirs[number],
                (parts[number] ?? [], heirCounts[heirs[number].int] ?? 0))
            if let fate { fates.append(fate) }
        }
        return fates
    }

    /// - Parameter found: the new cells on its ground, and how many cells its heir succeeds.
    private static func fate(
        _ cell: CellID, _ old: borrowing Grid, _ new: borrowing Grid, _ heir: CellID,
        _ found: (parts: [CellID], siblings: Int)
    ) -> CellFate? {
        let into = found.parts.contains(heir) ? found.parts : [heir] + found.parts
        let isThere = old.code(of: cell) == new.code(of: heir)
        var kind: CellFate.Kind
        if into.count > 1 {
            kind = .split
        } else if isThere {
            guard cell.index != 0, parentCode(cell, old) != parentCode(heir, new) else {
                return nil
            }
            kind = .moved
        } else if old.level(of: cell) != new.level(of: heir) {
            kind = .removed
        } else {
            kind = found.siblings > 1 ? .merged : .recoded
        }
        return CellFate(
            kind: kind, cell: old.path(of: cell), into: into.map { new.path(of: $0) })
    }

    private static func parentCode(_ cell: CellID, _ grid: borrowing Grid) -> String {
        cell.index == 0 ? "" : grid.code(of: grid.parent(of: cell))
    }
}
