extension CityPlan {
    /// All cells, each parent before its children; populations add up.
    func cells() -> [PlannedCell] {
        var dice = SeededGenerator(seed: seed, purpose: 2)
        var cells = [
            PlannedCell(
                code: root, parent: "", level: 0, name: name, columns: 0..<columns, rows: 0..<rows)
        ]
        var names = CityNames(&dice)
        divide(0, &cells, &names, &dice)
        dedicate(&cells, &dice)
        return cells
    }

    /// Cuts a cell into those of the next level, and these on; its population is theirs together.
    private func divide(
        _ index: Int, _ cells: inout [PlannedCell], _ names: inout CityNames,
        _ dice: inout SeededGenerator
    ) {
        let parent = cells[index]
        guard parent.level < splits.count else {
            cells[index].population = 200 + dice.below(700)
            return
        }
        let isLeaf = parent.level == splits.count - 1
        for (number, area) in parts(of: parent, &dice).enumerated() {
            let child = cells.count
            cells.append(
                PlannedCell(
                    code: code(number + 1, under: parent, isLeaf), parent: parent.code,
                    level: parent.level + 1, name: names.name(number + 1, under: parent, isLeaf),
                    columns: area.columns, rows: area.rows))
            divide(child, &cells, &names, &dice)
            cells[index].population += cells[child].population
        }
    }

    private func parts(
        of parent: PlannedCell, _ dice: inout SeededGenerator
    ) -> [(columns: Range<Int>, rows: Range<Int>)] {
        let split = splits[parent.level]
        let width = parent.columns.count / split.columns
        let height = parent.rows.count / split.rows
        var parts: [(columns: Range<Int>, rows: Range<Int>)] = []
        for row in 0..<split.rows {
            let south = parent.rows.lowerBound + row * height
            for column in 0..<split.columns {
                let west = parent.columns.lowerBound + column * width
                parts.append((west..<west + width, south..<south + height))
            }
        }
        guard parent.level == splits.count - 1, split.columns > 1 else { return parts }
        // One pair of neighbours in every second community is one large cell.
        if dice.below(2) == 0 {
            let first = dice.below(split.rows) * split.columns + dice.below(split.columns - 1)
            parts[first].columns =
                parts[first].columns.lowerBound..<parts[first + 1].columns.upperBound
            parts.remove(at: first + 1)
        }
        return parts
    }

    /// `1`, `102`, `1021`, `1021-07`: the digits of those above come first. A level's codes are
    /// equally long, so that no two cells share one.
    private func code(_ number: Int, under parent: PlannedCell, _ isLeaf: Bool) -> String {
        let split = splits[parent.level]
        let least = isLeaf || parent.level == 1 ? 2 : 1
        let width = max(least, String(split.columns * split.rows).count)
        let digits = String(number)
        let zeros = String(repeating: "0", count: max(0, width - digits.count))
        return (parent.level == 0 ? "" : parent.code) + (isLeaf ? "-" : "") + zeros + digits
    }

    /// Gives some of the grids a use.
    private func dedicate(_ cells: inout [PlannedCell], _ dice: inout SeededGenerator) {
        let leaves = cells.indices.filter { cells[$0].level == splits.count }
        var free = dice.shuffled(leaves)
        for (use, per200) in uses {
            for _ in 0..<max(1, per200 * leaves.count / 200) {
                guard let leaf = free.popLast() else { return }
                cells[leaf].use = use
                cells[leaf].name += " (\(use))"
            }
        }
    }
}

/// Names of districts and streets, each used once before any comes again with a number.
private struct CityNames {
    private var districts: [String]
    private var streets: [String]
    private var drawn = (districts: 0, streets: 0)

    init(_ dice: inout SeededGenerator) {
        districts = dice.shuffled([
            "Riverside", "Old Town", "Hillside", "Northgate", "Southbank", "Lakeview", "Eastfield",
            "Westport",
        ])
        streets = dice.shuffled([
            "Willow", "Lotus", "Bamboo", "Maple", "Orchid", "Plum", "Osmanthus", "Camphor",
            "Ginkgo",
            "Pine", "Magnolia", "Peony", "Mulberry", "Cedar", "Jasmine", "Chestnut", "Lilac",
            "Poplar",
        ])
    }

    mutating func name(_ number: Int, under parent: PlannedCell, _ isLeaf: Bool) -> String {
        if isLeaf { return "\(parent.name)-\(number)" }
        switch parent.level {
        case 0:
            drawn.districts += 1
            return CityNames.draw(drawn.districts - 1, from: districts)
        case 1:
            drawn.streets += 1
            return CityNames.draw(drawn.streets - 1, from: streets) + " Street"
        default: return "\(parent.name) \(number)"
        }
    }

    private static func draw(_ index: Int, from names: [String]) -> String {
        let round = index / names.count
        return names[index % names.count] + (round == 0 ? "" : " \(round + 1)")
    }
}
