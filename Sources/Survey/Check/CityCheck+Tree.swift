import Cells
import Domain

extension CityCheck {
    /// Codes, parents, levels, paths: what a loader would refuse, and divisions that stop early.
    mutating func findTreeProblems() {
        let circle = city.circle
        let deepest = city.levels.last { city.levelNames.indices.contains($0) } ?? 0
        for cell in city.cells.indices {
            if circle.contains(cell) {
                report(.circle, cell, "its parent \(city.cells[cell].draft.parent) lies below it")
            }
            guard cell > 0 else { continue }
            findCodeProblems(cell)
            if !circle.contains(cell) { findLevelProblems(cell) }
            findMissingChildren(cell, deepest: deepest)
        }
    }

    private mutating func findCodeProblems(_ cell: Int) {
        let draft = city.cells[cell].draft
        if !GridBuilder.isCode(draft.code) {
            report(.badCode, cell, GridFault.badCode(draft.code).description)
        }
        if let first = city.numbers[draft.code], first != cell {
            report(.duplicate, cell, "the code is also that of \(feature(of: first))")
        }
        if draft.parent.isEmpty {
            report(.orphan, cell, "it has no parent, and its code is not the root's, \(city.root)")
        } else if city.numbers[draft.parent] == nil {
            report(.orphan, cell, "its parent \(draft.parent) is in none of the files")
        }
    }

    private func feature(of cell: Int) -> String {
        let origin = city.cells[cell].draft.origin
        return origin.file.isEmpty ? "the root" : "feature \(origin.feature) of \(origin.file)"
    }

    private mutating func findLevelProblems(_ cell: Int) {
        guard let level = city.cells[cell].level else { return }
        if !city.levelNames.indices.contains(level) {
            return report(.level, cell, "there is no name for its level \(level)")
        }
        guard let parent = city.cells[cell].parent, let above = city.cells[parent].level
        else { return }
        let names = (city.levelName(level), city.levelName(above))
        if level <= above {
            report(.level, cell, "its level \(names.0) is not below its parent's, \(names.1)")
        } else if level > above + 1, city.cells[cell].draft.use.isEmpty {
            // A dedicated cell stands wherever it belongs.
            report(.levelSkipped, cell, "a \(names.0) directly under a \(names.1)")
        }
        let bytes = city.path(of: cell).utf8.count
        if bytes > Limits.cellPathBytesMax {
            report(.pathTooLong, cell, "its path is \(bytes) bytes; \(Limits.cellPathBytesMax) fit")
        }
    }

    /// A cell without children beside divided ones.
    private mutating func findMissingChildren(_ cell: Int, deepest: Int) {
        let own = city.cells[cell]
        guard let level = own.level, level < deepest, own.children.isEmpty, !own.isDedicated,
            own.parent.flatMap({ city.cells[$0].level }).map({ $0 < level }) ?? true
        else { return }
        let next = city.levels.first { $0 > level }
        report(.childless, cell, "a \(city.levelName(level)) without any \(city.levelName(next))")
    }
}
