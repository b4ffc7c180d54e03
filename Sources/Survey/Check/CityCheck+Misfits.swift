import Cells

extension CityCheck {
    /// How children and parents fit: gaps, cells outside, layers that are moved as a whole.
    mutating func findMisfits() {
        do throws(ShapeFailure) {
            let entries = city.cells.indices.compactMap { index in
                city.cells[index].shape.map { (number: index, shape: $0) }
            }
            let tree = try ShapeTree(city.context, entries)
            var suspects: [ShiftSuspect] = []
            let circle = city.circle
            for parent in city.cells.indices
            where !city.cells[parent].children.isEmpty && !circle.contains(parent) {
                tell("holding cells against their parents", parent, of: city.cells.count)
                compare(parent, tree, &suspects)
            }
            for fit in tellShifts(suspects) { compare(fit, tree) }
        } catch {
            report(error, 0)
        }
    }

    private mutating func compare(
        _ parent: Int, _ tree: borrowing ShapeTree, _ suspects: inout [ShiftSuspect]
    ) {
        do throws(ShapeFailure) {
            guard let fit = try Fit(of: parent, in: city) else { return }
            if let suspect = try fit.suspect(city.ground) {
                suspects.append(suspect)
            } else {
                compare(fit, tree)
            }
        } catch {
            report(error, parent)
        }
    }

    private mutating func compare(_ fit: Fit, _ tree: borrowing ShapeTree) {
        do throws(ShapeFailure) {
            try findOutside(fit)
            if fit.isDivision { try findGaps(fit, tree) }
        } catch {
            report(error, fit.parent)
        }
    }

    private mutating func findOutside(_ fit: Fit) throws(ShapeFailure) {
        guard let own = fit.parentShape, let outside = fit.outside else { return }
        let pieces = try Pieces(outside, width: options.sliverMetres)
        slivers[fit.parent, default: SliverSum()].add(pieces.slivers)
        let boxes = pieces.real.compactMap(\.box)
        guard !boxes.isEmpty else { return }
        for child in fit.children {
            guard let shape = city.cells[child].shape, let box = shape.box,
                boxes.contains(where: { $0.meets(box) })
            else { continue }
            let out = try Pieces(try shape.subtracting(own), width: options.sliverMetres).real
            if !out.isEmpty { reportOutside(child, fit.parent, out) }
        }
    }

    private mutating func reportOutside(_ child: Int, _ parent: Int, _ pieces: [Shape]) {
        let outside = pieces.reduce(0) { $0 + $1.area }
        let share = outside / max(city.cells[child].area, 1)
        let percent = min(share * 100, 100).formatted(share < 0.1 ? 1 : 0)
        let isMisplaced = share >= CheckOptions.outsideShare
        report(
            isMisplaced ? .outside : .reachesOut, child, and: [parent],
            "\(areaText(outside)) of it, \(percent) %, lie outside of its parent "
                + city.cells[parent].code, pieces: pieces)
    }

    /// Ground of the parent that no cell of the next level has, whosever child that is.
    private mutating func findGaps(_ fit: Fit, _ tree: borrowing ShapeTree) throws(ShapeFailure) {
        let pieces = try Pieces(try fit.uncovered(in: city), width: options.sliverMetres)
        slivers[fit.parent, default: SliverSum()].add(pieces.slivers)
        let levels = Set(fit.children.map { city.cells[$0].level })
        var gaps: [Shape] = []
        for piece in pieces.real where !fit.isNearBroken(piece) {
            let others = tree.near(piece).filter { cell in
                let level = city.cells[cell].level
                return city.cells[cell].parent != fit.parent
                    && (level == nil || levels.contains(level))
            }
            guard let cover = try Shape.union(others.compactMap { city.cells[$0].shape }) else {
                gaps.append(piece)
                continue
            }
            let left = try Pieces(try piece.subtracting(cover), width: options.sliverMetres)
            gaps += left.real
        }
        if !gaps.isEmpty { reportGaps(gaps, fit) }
    }

    private mutating func reportGaps(_ gaps: [Shape], _ fit: Fit) {
        let level = city.levelName(fit.children.first.flatMap { city.cells[$0].level })
        let largest = gaps.max { $0.area < $1.area }
        let beside = fit.children.filter { child in
            guard let largest, let shape = city.cells[child].shape else { return false }
            return shape.distance(to: largest) <= CheckOptions.roundingMetres
        }
        let area = areaText(gaps.reduce(0) { $0 + $1.area })
        let words =
            gaps.count == 1
            ? "\(area) of it belong to no \(level)"
            : "\(area) of it in \(gaps.count) pieces belong to no \(level), the largest of "
                + areaText(largest?.area ?? 0)
        report(
            .gap, fit.parent, and: Array(beside.prefix(CityCheck.besideMax)), words, pieces: gaps)
    }

    /// Cells beside a gap that are named.
    private static let besideMax = 8
}
