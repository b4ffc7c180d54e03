import Cells

/// A cell with all that is below it, as a tree to read.
package struct CityBranch: Encodable {
    package let code: String
    package let name: String
    package let level: String
    package let use: String
    /// Cells below it, on all levels.
    package let cellsBelow: Int
    /// Its own ground; where it has no shape, its children's.
    package let squareMetres: Double
    /// Its own; where it says none, its children's.
    package let population: Int
    package let children: [CityBranch]
}

extension CityDraft {
    package func branch(at cell: Int) -> CityBranch { branch(at: cell, depth: 0) }

    /// A circle of parents ends where the levels do.
    private func branch(at cell: Int, depth: Int) -> CityBranch {
        let own = cells[cell]
        let children =
            depth <= levelNames.count ? own.children.map { branch(at: $0, depth: depth + 1) } : []
        let area = own.area > 0 ? own.area : children.reduce(0) { $0 + $1.squareMetres }
        let people = own.draft.population
        return CityBranch(
            code: own.code, name: own.draft.name, level: levelName(own.level), use: own.draft.use,
            cellsBelow: children.reduce(0) { $0 + 1 + $1.cellsBelow }, squareMetres: area.rounded(),
            population: people > 0 ? people : children.reduce(0) { $0 + $1.population },
            children: children)
    }
}

extension CityBranch {
    /// Indented lines.
    ///
    /// - Parameter depth: how many levels below the branch's own.
    package func text(depth: Int) -> String {
        lines(depth: depth, indent: 0).joined(separator: "\n")
    }

    /// The same branch with so many levels below it.
    package func cut(depth: Int) -> CityBranch {
        CityBranch(
            code: code, name: name, level: level, use: use, cellsBelow: cellsBelow,
            squareMetres: squareMetres, population: population,
            children: depth > 0 ? children.map { $0.cut(depth: depth - 1) } : [])
    }

    private func lines(depth: Int, indent: Int) -> [String] {
        var line = String(repeating: "  ", count: indent) + code
        if name != code { line += "  \(name)" }
        var facts = [level]
        if !use.isEmpty { facts.append(use) }
        if cellsBelow > 0 { facts.append("\(cellsBelow) cells below") }
        if squareMetres > 0 { facts.append(areaText(squareMetres)) }
        if population > 0 { facts.append("\(population) people") }
        line += "  (" + facts.joined(separator: ", ") + ")"
        guard depth > 0 else { return [line] }
        return [line] + children.flatMap { $0.lines(depth: depth - 1, indent: indent + 1) }
    }
}
