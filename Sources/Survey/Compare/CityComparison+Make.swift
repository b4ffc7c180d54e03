import Cells

extension CityComparison {
    /// What differs in `after`, which lies on the same plane.
    package init(from before: CityDraft, to after: CityDraft) throws(ShapeFailure) {
        var work = Comparing(before, after)
        work.compareProperties()
        try work.compareShapes()
        try work.followGround()
        self.init(work.differences())
    }
}

/// A comparison under way.
private struct Comparing {
    let before: CityDraft
    let after: CityDraft
    private var found: [CellDifference] = []
    private var added: [Int]
    private var removed: [Int]
    /// Cells of both whose ground is not the same: the number before, after.
    private var reshaped: [(before: Int, after: Int)] = []

    init(_ before: CityDraft, _ after: CityDraft) {
        self.before = before
        self.after = after
        added = after.cells.indices.filter { before.numbers[after.cells[$0].code] == nil }
        removed = before.cells.indices.filter { after.numbers[before.cells[$0].code] == nil }
    }

    /// Pairs of the same code.
    private var pairs: [(before: Int, after: Int)] {
        before.cells.indices.compactMap { index in
            after.numbers[before.cells[index].code].map { (index, $0) }
        }
    }

    mutating func compareProperties() {
        for pair in pairs {
            let (old, new) = (before.cells[pair.before], after.cells[pair.after])
            let places = (
                "\(old.draft.parent) \(before.levelName(old.level))",
                "\(new.draft.parent) \(after.levelName(new.level))"
            )
            note(.moved, old.code, places.0, places.1)
            note(.renamed, old.code, old.draft.name, new.draft.name)
            note(.changed, old.code, Comparing.properties(old), Comparing.properties(new))
        }
    }

    private mutating func note(
        _ kind: CellDifference.Kind, _ code: String, _ was: String, _ now: String
    ) {
        guard was != now else { return }
        found.append(CellDifference(kind: kind, code: code, was: was, is: now))
    }

    private static func properties(_ cell: SurveyedCell) -> String {
        let use = cell.draft.use.isEmpty ? "no use" : "use \(cell.draft.use)"
        let neighbours = cell.draft.neighbours.map {
            ", beside \($0.sorted().joined(separator: " "))"
        }
        var text = "\(cell.draft.population) people, \(use)"
        if cell.draft.vulnerability > 0 { text += ", vulnerability \(cell.draft.vulnerability)" }
        if cell.draft.access > 0 { text += ", access \(cell.draft.access)" }
        return text + (neighbours ?? "")
    }

    /// Cells whose ground differs by more than rounding.
    mutating func compareShapes() throws(ShapeFailure) {
        for pair in pairs {
            let (old, new) = (before.cells[pair.before], after.cells[pair.after])
            guard old.draft.rings != new.draft.rings else { continue }
            guard let was = old.shape, let now = new.shape else {
                let words = (
                    old.shape == nil ? "no shape" : "a shape",
                    new.shape == nil ? "no shape" : "a shape"
                )
                note(.reshaped, old.code, words.0, words.1)
                continue
            }
            let common = try was.intersection(now).area
            let moved = was.area + now.area - 2 * common
            guard moved > CheckOptions.roundingMetres * was.perimeter else { continue }
            reshaped.append(pair)
            found.append(
                CellDifference(
                    kind: .reshaped, code: old.code, was: areaText(was.area),
                    is: areaText(now.area), share: min(1, common / max(was.area, 1))))
        }
    }

    /// What must be common for ground to be said to have gone from one to the other.
    private static let mostly = 0.8

    /// Splits, merges and new codes, by the ground of cells that came and went.
    mutating func followGround() throws(ShapeFailure) {
        let splits = try parts(
            of: removed + reshaped.map(\.before), in: before,
            among: added + reshaped.map(\.after), in: after)
        let merges = try parts(
            of: added + reshaped.map(\.after), in: after,
            among: removed + reshaped.map(\.before), in: before)
        for (whole, parts) in splits where parts.count == 1 && merges[parts[0]] == [whole] {
            recode(whole, parts[0])
        }
        for (whole, parts) in splits.sorted(by: { $0.key < $1.key }) where parts.count > 1 {
            settle(.split, before.cells[whole].code, parts.map { after.cells[$0].code })
        }
        for (whole, parts) in merges.sorted(by: { $0.key < $1.key }) where parts.count > 1 {
            settle(.merged, after.cells[whole].code, parts.map { before.cells[$0].code })
        }
    }

    /// For each cell the cells of the other city that lie in it for the most part, where they fill
    /// it.
    private func parts(
        of wholes: [Int], in city: CityDraft, among candidates: [Int], in other: CityDraft
    ) throws(ShapeFailure) -> [Int: [Int]] {
        let tree = try ShapeTree(
            city.context,
            candidates.compactMap { index in other.cells[index].shape.map { (index, $0) } })
        var found: [Int: [Int]] = [:]
        for whole in wholes {
            guard let shape = city.cells[whole].shape else { continue }
            var parts: [Int] = []
            var filled = 0.0
            for candidate in tree.near(shape) {
                guard let part = other.cells[candidate].shape,
                    other.cells[candidate].level == city.cells[whole].level
                else { continue }
                let common = try shape.intersection(part).area
                guard common >= part.area * Comparing.mostly, part.area > 0 else { continue }
                parts.append(candidate)
                filled += common
            }
            if filled >= shape.area * Comparing.mostly { found[whole] = parts }
        }
        return found
    }

    private mutating func recode(_ old: Int, _ new: Int) {
        let codes = (before.cells[old].code, after.cells[new].code)
        guard codes.0 != codes.1 else { return }
        settle(.recoded, codes.0, [codes.1])
    }

    /// Those that came and went are told once.
    private mutating func settle(
        _ kind: CellDifference.Kind, _ code: String, _ others: [String]
    ) {
        let told = Set(others + [code])
        added.removeAll { told.contains(after.cells[$0].code) }
        removed.removeAll { told.contains(before.cells[$0].code) }
        found.append(CellDifference(kind: kind, code: code, others: others))
    }

    func differences() -> [CellDifference] {
        let come = added.map {
            CellDifference(kind: .added, code: after.cells[$0].code)
        }
        let gone = removed.map {
            CellDifference(kind: .removed, code: before.cells[$0].code)
        }
        let order = Dictionary(
            uniqueKeysWithValues: CellDifference.Kind.allCases.enumerated().map { ($1, $0) })
        return (found + come + gone).enumerated()
            .sorted {
                (order[$0.element.kind] ?? 0, $0.offset) < (order[$1.element.kind] ?? 0, $1.offset)
            }
            .map(\.element)
    }
}
