package import Cells

/// A cell of a city that need not hang together.
struct SurveyedCell {
    var draft: CellDraft
    /// Index in the level names; nil when it is below an unknown parent and does not say.
    var level: Int?
    /// Numbers of cells.
    var parent: Int?
    var children: [Int] = []
    /// The ground, repaired where the rings cross; nil when there is none to speak of.
    var shape: Shape?
    /// What is wrong with the rings, and where, when the shape had to be repaired.
    var fault: (reason: String, place: Spot?)?
    /// Latitude and longitude were exchanged, and are put right here.
    var isSwapped = false
    /// **Units**: square metres.
    var area = 0.0

    var code: String { draft.code }
    /// Whether the shape can be held against others'.
    var isSound: Bool { shape != nil && fault == nil }
    var isDedicated: Bool { !draft.use.isEmpty }
}

/// All cells of a city as they are drawn, with their shapes on a plane, whether or not they would
/// load.
///
/// Cell 0 is the root. **Owner**: one thread.
package struct CityDraft {
    package let root: String
    package let levelNames: [String]
    /// What kept features from being read whole.
    package let problems: [GridProblem]
    let context: GEOSContext
    let ground: Ground
    var cells: [SurveyedCell]
    /// Code to cell; the first where two share one.
    private(set) var numbers: [String: Int]

    /// Reads, orders and measures the cells of some files.
    ///
    /// - Parameter other: a city to put it on the same plane with.
    package init(_ loader: GridLoader, _ files: [GridFile], beside other: CityDraft? = nil) {
        let (drafts, problems) = loader.drafts(files)
        self.init(
            root: loader.root, levelNames: loader.levelNames, drafts: drafts, problems: problems,
            beside: other)
    }

    package init(
        root: String, levelNames: [String], drafts: [CellDraft], problems: [GridProblem] = [],
        beside other: CityDraft? = nil
    ) {
        self.root = root
        self.levelNames = levelNames
        self.problems = problems
        let untouched = CityDraft.rootFirst(root, drafts)
        let (ordered, swapped) = Swaps.undone(untouched)
        cells = ordered.map { SurveyedCell(draft: $0) }
        for cell in swapped { cells[cell].isSwapped = true }
        numbers = Dictionary(
            ordered.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
        ground = other?.ground ?? Ground(middle: CityDraft.middle(of: ordered))
        context = other?.context ?? GEOSContext()
        connect()
        outline()
    }

    /// How many cells are described; the root counts when a feature describes it.
    package var count: Int { cells.count - (cells[0].draft.origin.file.isEmpty ? 1 : 0) }

    /// The draft of the root before all others; one without a shape when there is none.
    private static func rootFirst(_ root: String, _ drafts: [CellDraft]) -> [CellDraft] {
        var drafts = drafts
        if let index = drafts.firstIndex(where: { $0.code == root && $0.parent.isEmpty }) {
            drafts.swapAt(0, index)
        } else {
            let nowhere = DraftOrigin(file: "", feature: 0)
            drafts.insert(
                CellDraft(code: root, parent: "", level: 0, name: root, origin: nowhere), at: 0)
        }
        drafts[0].level = 0
        return drafts
    }

    /// The middle one of the cells' first points, each axis by itself: some cells far away do not
    /// move it.
    private static func middle(of drafts: [CellDraft]) -> FixedPoint {
        let points = drafts.compactMap { $0.rings.first?.first }
        guard !points.isEmpty else { return FixedPoint(x: 0, y: 0) }
        return FixedPoint(
            x: points.map(\.x).sorted()[points.count / 2],
            y: points.map(\.y).sorted()[points.count / 2])
    }
}

extension CityDraft {
    /// The number of the cell with a code or path; nil when there is none.
    package func find(_ text: String) -> Int? {
        if let number = numbers[text] { return number }
        let codes = text.split(separator: "/").map(String.init)
        guard let last = codes.last, let number = numbers[last] else { return nil }
        return path(of: number) == codes.joined(separator: "/") + "/" ? number : nil
    }

    /// The codes from the root down; an unknown parent or a circle ends it with `?`.
    package func path(of cell: Int) -> String {
        var codes: [String] = []
        var at: Int? = cell
        while let number = at, codes.count <= levelNames.count {
            codes.append(cells[number].code)
            at = cells[number].parent
        }
        if codes.last != root { codes.append("?") }
        return codes.reversed().joined(separator: "/") + "/"
    }

    package func levelName(_ level: Int?) -> String {
        guard let level else { return "no level" }
        return levelNames.indices.contains(level) ? levelNames[level] : "level \(level)"
    }

    /// The cells of a level, in the files' order.
    func members(of level: Int) -> [Int] { cells.indices.filter { cells[$0].level == level } }

    /// The levels that have cells, from the root's down.
    var levels: [Int] { Set(cells.compactMap(\.level)).sorted() }
}
