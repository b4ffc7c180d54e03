import Cells

extension CityDraft {
    /// Finds parents and children, and the level of each cell that does not say.
    mutating func connect() {
        for index in cells.indices.dropFirst() {
            guard let parent = numbers[cells[index].draft.parent], parent != index else { continue }
            cells[index].parent = parent
            cells[parent].children.append(index)
        }
        for index in cells.indices { cells[index].level = cells[index].draft.level }
        var queue = cells.indices.filter { cells[$0].level != nil }
        while let cell = queue.popLast() {
            for child in cells[cell].children where cells[child].level == nil {
                cells[child].level = (cells[cell].level ?? 0) + 1
                queue.append(child)
            }
        }
    }

    /// The cells that lie on a circle of parents.
    var circle: Set<Int> {
        var found: Set<Int> = []
        var isReached = [Bool](repeating: false, count: cells.count)
        for start in cells.indices where !isReached[start] {
            var trail: [Int] = []
            var at: Int? = start
            while let cell = at, !isReached[cell] {
                isReached[cell] = true
                trail.append(cell)
                at = cells[cell].parent
            }
            if let cell = at, let entry = trail.firstIndex(of: cell) {
                found.formUnion(trail[entry...])
            }
        }
        return found
    }

    /// The cell and all below it, each parent before its children.
    func subtree(of cell: Int) -> [Int] {
        var found = [cell]
        var at = 0
        while at < found.count, found.count <= cells.count {
            found += cells[found[at]].children
            at += 1
        }
        return found
    }
}
