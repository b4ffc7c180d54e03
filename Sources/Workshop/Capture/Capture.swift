public import Cells
public import Domain
import Foundation
public import Pipeline
public import RuleBook
import Scoring

/// Turns a task of the past into a test case: what was fed to its cell, and what was decided.
public struct Capture: ~Copyable {
    private var replay: Replay
    private let facts: GridFacts
    private let rulePaths: [String]
    private let catalogPath: String
    /// The table `source`, as the rules read it.
    private let registry: TableText

    /// - Parameter sources: those that are registered, whose alerts may leave out their place.
    public init(
        _ files: RuleFiles, _ grid: consuming Grid, sources: [SourcePlan] = []
    ) throws {
        facts = GridFacts(grid)
        registry = files.tables[TableText.registryName] ?? TableText()
        rulePaths = files.rules.map(\.path)
        catalogPath = files.catalog.path
        replay = Replay(
            try RuleBook.load(files), grid, sources, keeping: [.revisions, .alerts])
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
        var captured = CapturedCase(
            start: start, alerts: fed, revisions: revisions,
            cells: cells.sorted { $0.int < $1.int })
        captured.sources = sources(of: fed, in: cells)
        return CapturedTest(
            captured, facts, catalog: catalogPath, rules: rulePaths, directory: directory)
    }
}

extension Capture {
    /// What the registry says of those who sent the alerts, and of those who stand in the cells;
    /// the case knows cells by their codes.
    private func sources(
        of alerts: [Ledger.Alert], in cells: Set<CellID>
    ) -> [TableText.Row] {
        let senders = Set(alerts.compactMap { sender(of: $0) })
        return registry.rows.compactMap { row in
            let cell = row.values["cell"].flatMap { facts.cell($0) }
            guard senders.contains(row.key) || cell.map(cells.contains) == true else { return nil }
            var row = row
            row.values["cell"] = cell.map { facts.fact($0).code }
            return row
        }
    }

    /// Nil when the message can't be read again, which the door would have refused.
    private func sender(of alert: Ledger.Alert) -> String? {
        do {
            return try RecordedAlert(body: alert.body, received: alert.received).source
        } catch {
            return nil
        }
    }
}

/// What a captured case is made of.
struct CapturedCase {
    var start: Timestamp
    var alerts: [Ledger.Alert]
    var revisions: [Ledger.Revision]
    var cells: [CellID]
    /// Rows of the registry.
    var sources: [TableText.Row] = []

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
            for (number, name) in grid.hierarchyNames.enumerated() {
                let area = grid.area(of: cell, hierarchy: number)
                if area != .none { fact.areas[name] = grid.code(of: area) }
            }
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

    /// The cell of a path, as registries write it.
    func cell(_ path: String) -> CellID? { paths[path] ?? paths[path + "/"] }

    func fact(_ cell: CellID) -> TestCell { cells[cell.int] }

    /// Which of `cells` lie beside the cell.
    func beside(_ cell: CellID, among cells: [CellID]) -> [String] {
        neighbours[cell.int].filter { cells.contains($0) }.map { self.cells[$0.int].code }
    }
}
