import Cells

extension CityCheck {
    /// Ground that two ordinary cells of one level have both.
    mutating func findOverlaps() {
        for level in city.levels {
            let members = city.members(of: level).filter {
                city.cells[$0].isSound && !city.cells[$0].isDedicated
            }
            do throws(ShapeFailure) {
                try findOverlaps(among: members, city.levelName(level))
            } catch {
                report(error, members[0])
            }
        }
    }

    private mutating func findOverlaps(
        among members: [Int], _ levelName: String
    ) throws(ShapeFailure) {
        let entries = members.compactMap { index in
            city.cells[index].shape.map { (number: index, shape: $0) }
        }
        let tree = try ShapeTree(city.context, entries)
        for (done, (cell, shape)) in entries.enumerated() {
            tell("looking for overlaps among \(levelName) cells", done, of: entries.count)
            for other in tree.near(shape) where other > cell && isComparable(cell, other) {
                do throws(ShapeFailure) {
                    try findOverlap(cell, other)
                } catch {
                    report(error, cell)
                }
            }
        }
    }

    /// Not two of one code, nor a cell and its parent on one level, which are said; not one of a
    /// layer that is moved and one that is not.
    private func isComparable(_ a: Int, _ b: Int) -> Bool {
        let (first, second) = (city.cells[a], city.cells[b])
        return first.code != second.code && first.parent != b && second.parent != a
            && shifted.contains(a) == shifted.contains(b)
    }

    private mutating func findOverlap(_ a: Int, _ b: Int) throws(ShapeFailure) {
        guard let first = city.cells[a].shape, let second = city.cells[b].shape else { return }
        let common = try first.intersection(second)
        guard common.area > 0 else { return }
        let pieces = try Pieces(common, width: options.sliverMetres)
        slivers[commonParent(a, b), default: SliverSum()].add(pieces.slivers)
        guard !pieces.real.isEmpty else { return }
        let area = pieces.real.reduce(0) { $0 + $1.area }
        let smaller = min(city.cells[a].area, city.cells[b].area)
        let percent = min(area / max(smaller, 1) * 100, 100)
        report(
            .overlap, a, and: [b],
            "\(areaText(area)) are also ground of \(city.cells[b].code)"
                + " (\(percent.formatted(percent < 10 ? 1 : 0)) % of the smaller)",
            pieces: pieces.real)
    }

    /// The nearest cell above both; the root when nothing else is.
    private func commonParent(_ a: Int, _ b: Int) -> Int {
        var above: Set<Int> = []
        var at = city.cells[a].parent
        while let cell = at, above.insert(cell).inserted { at = city.cells[cell].parent }
        at = city.cells[b].parent
        var steps = 0
        while let cell = at, steps <= city.levelNames.count {
            if above.contains(cell) { return cell }
            at = city.cells[cell].parent
            steps += 1
        }
        return 0
    }
}
