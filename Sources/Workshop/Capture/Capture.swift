public import Cells
public import Domain
import Foundation
public import RuleBook
import Scoring

/// Turns a task of the past into a test case: what was fed to its cell, and what was decided.
public struct Capture: ~Copyable {
    private var replay: Replay
    private let facts: GridFacts
    private let rulePaths: [String]
    private let catalogPath: String

    public init(_ files: RuleFiles, _ grid: consuming Grid) throws {
        facts = GridFacts(grid)
        rulePaths = files.rules.map(\.path)
        catalogPath = files.catalog.path
        replay = Replay(try RuleBook.load(files), grid, keeping: [.revisions, .alerts])
    }

    /// The test file of the task.
    ///
    /// - Parameters:
    ///   - lead: how long before the task opened the feed begins.
    ///   - directory: where the file is to stand; it names rules and catalog from there.
    ///
    /// **Fails**: with `NothingThere` when these rules over this recording open no such task.
    public consuming func testFile(
        of incident: String, in recording: Recording, lead: Interval, directory: String
    ) throws -> CapturedTest {
        for alert in recording.alerts { try replay.take(alert) }
        if let last = recording.alerts.last { try replay.bench.settle(at: last.received) }
        let revisions = replay.bench.ledger.revisions.filter {
            $0.task.incident.hasPrefix(incident)
        }
        guard let first = revisions.first else {
            throw NothingThere(text: "these rules open no task \(incident) over this recording")
        }
        let cells = facts.around(first.task.cell)
        let end = revisions.last?.time ?? first.time
        let fed = replay.bench.ledger.alerts.filter {
            cells.contains($0.cell) && $0.time <= end
                && first.time.nanoseconds - $0.time.nanoseconds <= lead.nanoseconds
        }
        let start = fed.map(\.time).min() ?? first.time
        let captured = CapturedCase(
            start: start, alerts: fed, revisions: revisions,
            cells: cells.sorted { $0.int < $1.int })
        return CapturedTest(
            captured, facts, catalog: catalogPath, rules: rulePaths, directory: directory)
    }
}

/// What a captured case is made of.
struct CapturedCase {
    var start: Timestamp
    var alerts: [Ledger.Alert]
    var revisions: [Ledger.Revision]
    var cells: [CellID]

    init(
        start: Timestamp, alerts: [Ledger.Alert], revisions: [Ledger.Revision], cells: [CellID]
    ) {
        // To a whole second, so that the times in the case are short.
        let seconds = start.nanoseconds / 1_000_000_000
        self.start = Timestamp(nanoseconds: seconds * 1_000_000_000)
        (self.alerts, self.revisions, self.cells) = (alerts, revisions, cells)
    }
}

/// What a case says of the cells it is about.
struct GridFacts: Sendable {
    private var cells: [TestCell] = []
    private var paths: [String: CellID] = [:]
    private var neighbours: [[CellID]] = []

    init(_ grid: borrowing Grid) {
        for number in 0..<grid.count {
            let cell = CellID(number)
            var fact = TestCell(code: grid.code(of: cell), name: grid.name(of: cell))
            let parent = grid.parent(of: cell)
            if parent.index != .max, parent.int != 0 { fact.parent = grid.code(of: parent) }
            fact.population = grid.population(of: cell)
            fact.use = grid.use(of: cell)
            fact.vulnerability = grid.vulnerability(of: cell)
            fact.access = grid.access(of: cell)
            cells.append(fact)
            paths[grid.path(of: cell)] = cell
            var beside: [CellID] = []
            for index in 0..<grid.neighbourCount(cell) {
                beside.append(grid.neighbour(cell, index))
            }
            neighbours.append(beside)
        }
    }

    /// The cell of a path and those beside it.
    func around(_ path: String) -> Set<CellID> {
        guard let cell = paths[path] else { return [] }
        return Set([cell] + neighbours[cell.int])
    }

    func fact(_ cell: CellID) -> TestCell { cells[cell.int] }

    /// Which of `cells` lie beside the cell.
    func beside(_ cell: CellID, among cells: [CellID]) -> [String] {
        neighbours[cell.int].filter { cells.contains($0) }.map { self.cells[$0.int].code }
    }
}
