import Domain

/// Drafts to a grid: resolves parents, numbers the cells, makes the paths, and finds what does not
/// fit.
public struct GridBuilder {
    /// Code of the root: `NYC`.
    public let root: String
    /// Names of the levels, the root's first; at least one.
    public let levelNames: [String]
    private var drafts: [CellDraft] = []
    private var hierarchies: [HierarchyDraft] = []
    private var numbers: [String: Int] = [:]
    public private(set) var problems: [GridProblem] = []

    public static let codeBytesMax = 31

    /// The root is there from the start, without a shape; a draft with its code describes it
    /// further.
    public init(root: String, levelNames: [String]) {
        precondition(!levelNames.isEmpty, "a grid needs a name for the root's level")
        self.root = root
        self.levelNames = levelNames
        let origin = DraftOrigin(file: "root", feature: 0)
        let draft = CellDraft(code: root, parent: "", level: 0, name: root, origin: origin)
        drafts = [draft]
        if !GridBuilder.isCode(root) { report(draft, .badCode(root)) }
    }

    /// Adds a cell; parents may come later.
    public mutating func add(_ draft: CellDraft) {
        if draft.code == root, draft.parent.isEmpty, numbers[root] == nil {
            numbers[root] = 0
            drafts[0] = draft
            drafts[0].level = 0
            return
        }
        guard GridBuilder.isCode(draft.code) else { return report(draft, .badCode(draft.code)) }
        guard !draft.parent.isEmpty else { return report(draft, .missingParent) }
        if draft.code == root || numbers[draft.code] != nil {
            let first = drafts[numbers[draft.code] ?? 0].origin
            return report(draft, .duplicateCode(draft.code, first: first))
        }
        numbers[draft.code] = drafts.count
        drafts.append(draft)
    }

    /// Adds another hierarchy whose areas are not drawn: cells say which of them they lie in.
    public mutating func add(hierarchy name: String, areas: [String]) {
        let drafts = areas.enumerated().map { number, code in
            AreaDraft(
                code: code, name: code, rings: [],
                origin: DraftOrigin(file: name, feature: number))
        }
        add(HierarchyDraft(name: name, areas: drafts))
    }

    /// Adds another hierarchy over the same ground.
    mutating func add(_ hierarchy: HierarchyDraft) {
        let name = hierarchy.name
        if hierarchies.count == HierarchyDraft.countMax {
            report(name, .tooManyHierarchies(limit: HierarchyDraft.countMax))
        }
        if !GridBuilder.isCode(name) { report(name, .badHierarchyName(name)) }
        if hierarchies.contains(where: { $0.name == name }) {
            report(name, .duplicateHierarchy(name))
        }
        if hierarchy.areas.isEmpty { report(name, .emptyHierarchy(name)) }
        var first: [String: DraftOrigin] = [:]
        for area in hierarchy.areas {
            if !GridBuilder.isCode(area.code) {
                report(GridProblem(area.origin, .badCode(area.code)))
            } else if let origin = first.updateValue(area.origin, forKey: area.code) {
                report(GridProblem(area.origin, .duplicateCode(area.code, first: origin)))
            }
        }
        hierarchies.append(hierarchy)
    }

    private mutating func report(_ hierarchy: String, _ fault: GridFault) {
        report(GridProblem(file: hierarchy, fault))
    }

    public mutating func report(_ problem: GridProblem) { problems.append(problem) }

    private mutating func report(_ draft: CellDraft, _ fault: GridFault) {
        report(GridProblem(draft.origin, fault))
    }

    /// The grid, when nothing was wrong with any part of it.
    public consuming func build() throws(GridError) -> Grid {
        numbers[root] = 0
        if drafts.count == 1, problems.isEmpty { report(drafts[0], .noCells) }
        var cells = ordered()
        nameNeighbours(&cells)
        guard problems.isEmpty else { throw GridError(problems: problems) }
        do throws(GridFault) {
            return try Grid(cells, levelNames: levelNames, hierarchies)
        } catch {
            throw GridError(problems: [GridProblem(file: root, error)])
        }
    }

    /// Whether a cell can have this code: 1 to 31 ASCII letters, digits, `.`, `_` and `-`.
    public static func isCode(_ code: String) -> Bool {
        (1...codeBytesMax).contains(code.utf8.count)
            && code.utf8.allSatisfy { isNameByte($0) }
    }

    /// What the wire protocol lets stand in a cell path: letters, digits, `.`, `_`, `-`.
    static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

/// A draft with its place in the tree.
struct PlacedCell {
    var draft: CellDraft
    var parent: Int?
    var level: Int
    var path: String
    var subtreeEnd = 0
    /// Numbers of the neighbours that it names.
    var neighbours: [Int] = []
}

extension GridBuilder {
    /// The cells, each followed by its subtree. Reports unknown parents, circles, levels that do
    /// not descend and paths that are too long.
    private mutating func ordered() -> [PlacedCell] {
        var children = [[Int]](repeating: [], count: drafts.count)
        for (number, draft) in drafts.enumerated().dropFirst() {
            if let parent = numbers[draft.parent] {
                children[parent].append(number)
            } else {
                report(draft, .unknownParent(draft.parent))
            }
        }
        let (cells, isPlaced) = place(children)
        for (number, draft) in drafts.enumerated() where !isPlaced[number] {
            reportUnplaced(number, draft)
        }
        return cells
    }

    /// Walks down from the root; the stack holds who is still to be placed, under whom.
    private mutating func place(_ children: [[Int]]) -> (cells: [PlacedCell], isPlaced: [Bool]) {
        var cells: [PlacedCell] = []
        var isPlaced = [Bool](repeating: false, count: drafts.count)
        var stack: [(number: Int, parent: Int?)] = [(0, nil)]
        while let (number, parent) = stack.popLast() {
            isPlaced[number] = true
            let above = parent.map { cells[$0] }
            check(drafts[number], under: above)
            cells.append(placed(drafts[number], parent, under: above))
            let index = cells.count - 1
            for child in children[number].reversed() { stack.append((child, index)) }
        }
        for index in cells.indices.reversed() {
            cells[index].subtreeEnd = max(cells[index].subtreeEnd, index + 1)
            guard let parent = cells[index].parent else { continue }
            cells[parent].subtreeEnd = max(cells[parent].subtreeEnd, cells[index].subtreeEnd)
        }
        return (cells, isPlaced)
    }

    private func placed(_ draft: CellDraft, _ parent: Int?, under above: PlacedCell?) -> PlacedCell
    {
        let level = draft.level ?? (above?.level ?? -1) + 1
        return PlacedCell(
            draft: draft, parent: parent, level: level,
            path: (above?.path ?? "") + draft.code + "/")
    }

    private mutating func check(_ draft: CellDraft, under above: PlacedCell?) {
        guard let above else { return }
        let cell = placed(draft, nil, under: above)
        if cell.level <= above.level {
            report(draft, .levelOrder(level: cell.level, parent: above.level))
        } else if !levelNames.indices.contains(cell.level) {
            report(draft, .unknownLevel("\(cell.level)"))
        }
        let bytes = cell.path.utf8.count
        if bytes > Limits.cellPathBytesMax { report(draft, .pathTooLong(bytes: bytes)) }
    }

    /// Looks up the neighbours that cells name; reports those that are not there or of another
    /// level.
    private mutating func nameNeighbours(_ cells: inout [PlacedCell]) {
        guard drafts.contains(where: { $0.neighbours != nil }) else { return }
        var places: [String: Int] = [:]
        for (place, cell) in cells.enumerated() { places[cell.draft.code] = place }
        for place in cells.indices {
            let draft = cells[place].draft
            for code in draft.neighbours ?? [] where code != draft.code {
                guard let neighbour = places[code] else {
                    report(draft, .unknownNeighbour(code))
                    continue
                }
                if cells[neighbour].level == cells[place].level {
                    cells[place].neighbours.append(neighbour)
                } else {
                    report(draft, .neighbourLevel(code))
                }
            }
        }
    }

    /// A cell that cannot be reached lies below an unknown parent, which is said there, or on a
    /// circle.
    private mutating func reportUnplaced(_ number: Int, _ draft: CellDraft) {
        var above = numbers[draft.parent]
        var steps = 0
        while let next = above, next != number, steps <= drafts.count {
            above = numbers[drafts[next].parent]
            steps += 1
        }
        if above == number { report(draft, .cyclicParent(draft.parent)) }
    }
}
