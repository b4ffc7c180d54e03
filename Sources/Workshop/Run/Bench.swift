import Cells
import Domain
import Foundation
import Lanes
import Pipeline
import RuleBook
import Scoring

/// A whole walk on a virtual clock: a case's alerts go in as bytes, what comes out is kept.
struct Bench: ~Copyable {
    /// A case that causes more than this between two alerts is no unit test.
    private static let ringBytes = 16 * 1024 * 1024

    private var walk: Walk
    private var records: RingReader
    private var letter = Letter()
    private let start: Timestamp
    private let catalog: Catalog
    let rules: [RuleFact]
    /// The cells of the case by their codes.
    private let cells: [String: CellID]
    private let paths: [String: String]
    private var number = 0
    private var refused: UInt64 = 0
    /// Latest revision of each task, in the order in which they were opened.
    private(set) var tasks: [TaskView] = []
    /// Why alerts were refused: text and arrival.
    private(set) var refusals: [(text: String, at: Interval)] = []

    init(_ rules: consuming RuleSet, _ grid: consuming Grid, start: Timestamp) {
        self.start = start
        catalog = rules.catalog
        self.rules = rules.rules
        let ring = RecordRing(byteCapacity: Bench.ringBytes)
        records = ring.reader()
        cells = TestGrid.numbers(grid)
        paths = TestGrid.paths(grid)
        let compiled = rules.compiled()
        let outlet = Outlet(ring: ring.writer(), instance: "test", epoch: 1)
        var admission = AdmissionPolicy()
        admission.sourcesMax = 4096
        let parts = WalkParts(
            compiled: compiled, grid: grid, admission: admission, outlet: outlet)
        walk = Walk(parts)
    }

    /// Feeds one alert at its time of arrival.
    mutating func feed(_ item: FeedItem) throws {
        number += 1
        let message = AlertLetter(item, number: number, start: start, catalog: catalog)
        letter.compose(
            topic: message.topic, body: try message.bytes(), path: .push,
            received: start + item.arrival)
        walk.take(letter)
        let refusedNow = rejections()
        if refusedNow > refused, let refusal = walk.lastRefusal {
            let field = refusal.field.pointer
            refusals.append(("\(refusal.code.word) at \(field)", item.arrival))
        }
        refused = refusedNow
        try collect()
    }

    /// Lives through all timers up to `time`.
    mutating func advance(to time: Interval) throws {
        walk.advance(to: start + time)
        try collect()
    }

    private func rejections() -> UInt64 {
        let counters = walk.counters
        return (0..<Reject.count).reduce(0) { $0 + counters.rejected[$1] }
    }

    func standing(_ cell: String, _ category: Domain.Category, at time: Interval) -> Standing? {
        cells[cell].map { walk.standing($0, category, at: start + time) }
    }

    /// Where a rule stands for a key. Tests name cells by their codes, the engine by their paths.
    mutating func phase(_ rule: Int, key: [String]) -> RulePhase {
        let slots = rules[rule].key
        let values = zip(key, slots).map { value, slot in
            switch slot {
            case .alertCell, .cellCode, .cellParent: paths[value] ?? value
            default: value
            }
        }
        return walk.phase(of: RuleID(rule), key: values)
    }

    func counters(_ rule: Int) -> RuleCounters { walk.ruleCounters(RuleID(rule)) }

    /// Takes what the walk has put on the journal's ring since the last call.
    private mutating func collect() throws {
        var orders: [TaskRecord] = []
        repeat {
            orders.removeAll()
            _ = records.drain(atMost: 1024) { bytes in
                if let order = TaskRecord(bytes) { orders.append(order) }
            }
            for order in orders { try keep(order) }
        } while !orders.isEmpty
    }

    private mutating func keep(_ record: TaskRecord) throws {
        var task = try TaskView.decode(record.json)
        task.rule = rules[record.rule].id
        if let index = tasks.firstIndex(where: { $0.incident == task.incident }) {
            tasks[index] = task
        } else {
            tasks.append(task)
        }
    }
}

/// A task record of the journal: the rule's number, and the task as it went to the feed.
private struct TaskRecord {
    let rule: Int
    let json: [UInt8]

    /// Nil when the record is of another kind.
    init?(_ bytes: Span<UInt8>) {
        guard bytes[0] == JournalRecordKind.task.rawValue else { return nil }
        let body = JournalHead.byteCount
        rule = Int(bytes[body + 24]) | Int(bytes[body + 25]) << 8
        let topic = Int(bytes[body + 32]) | Int(bytes[body + 33]) << 8
        json = (body + 34 + topic..<bytes.count).map { bytes[$0] }
    }
}
