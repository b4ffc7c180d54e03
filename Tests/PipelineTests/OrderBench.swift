import CEL
import Cells
import Domain
import Foundation
import Lanes
import Pipeline
import RuleFixtures
import Scoring
import Tasking

/// An alert of the order tests: when it was sensed, and how long it took to arrive.
struct Event: Comparable {
    var kind: String
    var value = 0.0
    var source: String
    var cell = "g1"
    var at: Double
    var delay = 0.0
    var id = ""

    static func < (a: Event, b: Event) -> Bool {
        (a.at + a.delay, a.id) < (b.at + b.delay, b.id)
    }
}

/// A task revision, as far as tests of order look at it.
struct TaskLine: Hashable, Comparable, CustomStringConvertible {
    var operation: String
    var title: String
    var cell: String

    var description: String { "\(operation) \(title) in \(cell)" }
    static func < (a: TaskLine, b: TaskLine) -> Bool { a.description < b.description }
}

/// A walk over a town of four cells, with rules that were built by hand.
struct OrderBench: ~Copyable {
    var walk: Walk
    private var records: RingReader
    private var letter = Letter()
    private var number = 0

    static func time(_ seconds: Double) -> Timestamp {
        City.start + .milliseconds(Int64((seconds * 1000).rounded()))
    }

    /// `tasks` has, for some rules, the title of their tasks: texts and expressions by turns.
    init(_ rules: consuming TableBuilder, _ tasks: [(rule: RuleID, title: [String])] = []) throws {
        let grid = try OrderBench.town()
        var kinds = KindTable()
        for kind in rules.kinds { _ = kinds.add(kind, categories: [.publicSafety]) }
        let table = try OrderBench.tasks(tasks, &rules)
        let compiled = CompiledRules(kinds: kinds, rules: rules.table(), tasks: table)
        self.init(compiled, grid)
    }

    /// Over rules that the loader has compiled.
    init(compiled: consuming CompiledRules) throws {
        let grid = try OrderBench.town()
        self.init(compiled, grid)
    }

    private init(_ compiled: consuming CompiledRules, _ grid: consuming Grid) {
        let ring = RecordRing(byteCapacity: 16 * 1024 * 1024)
        records = ring.reader()
        walk = Walk(
            WalkParts(
                compiled: compiled, grid: grid, admission: AdmissionPolicy(),
                outlet: Outlet(ring: ring.writer(), instance: "test", epoch: 1)))
    }

    private static func tasks(
        _ tasks: [(rule: RuleID, title: [String])], _ builder: inout TableBuilder
    ) throws -> TaskTable {
        var plans: [TaskPlan] = []
        var pieces: [TemplatePiece] = []
        var texts = ["work", "office", "city"]
        for (rule, title) in tasks {
            var plan = TaskPlan(rule: rule, category: .publicSafety)
            (plan.kind, plan.department, plan.level) = (0, 1, 2)
            plan.severity = .severe
            plan.priority = .p2
            plan.closesOnClear = true
            plan.keyCount = builder.source.rules[rule.int].keyCount
            plan.key = builder.source.rules[rule.int].key
            plan.firstPiece = pieces.count
            for (index, part) in title.enumerated() {
                if index % 2 == 0 {
                    pieces.append(TemplatePiece(text: texts.count))
                    texts.append(part)
                } else {
                    let expression = try builder.condition(part, steps: ["gas", "spark"])
                    pieces.append(TemplatePiece(expression: expression))
                }
            }
            plan.pieceCount = pieces.count - plan.firstPiece
            builder.source.rules[rule.int].task = plans.count
            plans.append(plan)
        }
        return TaskTable(
            plans: plans, pieces: pieces, texts: texts, matrix: [], certainty: CertaintyScale())
    }

    static func town() throws -> Grid {
        var builder = GridBuilder(root: "T", levelNames: ["city", "grid"])
        for index in 1...4 {
            builder.add(
                CellDraft(
                    code: "g\(index)", parent: "T", level: 1, name: "Street \(index)",
                    origin: DraftOrigin(file: "test", feature: index)))
        }
        return try builder.build()
    }

    /// Takes an alert as it arrives; gives why it was refused.
    @discardableResult
    mutating func take(_ event: Event) -> Reject? {
        number += 1
        let before = walk.counters.accepted[1]
        let body = alert(
            event.id.isEmpty ? "e-\(number)" : event.id, source: event.source,
            time: Self.time(event.at),
            [
                "kind": "\"\(event.kind)\"", "position": "", "cell": "\"T/\(event.cell)\"",
                "confidence": "0.9",
                "measures": "[{\"name\":\"level\",\"value\":\(event.value),\"unit\":\"1\"}]",
            ])
        letter.compose(
            topic: "alert/v1/json/\(event.source)/", body: Array(body.utf8), path: .push,
            received: Self.time(event.at + event.delay))
        walk.take(letter)
        return walk.counters.accepted[1] > before ? nil : walk.lastRefusal?.code
    }

    /// Everything that was put on the journal's ring since the last call.
    mutating func journal() -> [UInt8] {
        var bytes: [UInt8] = []
        _ = records.drain(atMost: .max) { record in
            for index in 0..<record.count { bytes.append(record[index]) }
        }
        return bytes
    }

    /// The task revisions since the last call.
    mutating func tasks() throws -> [TaskLine] {
        var bodies: [Data] = []
        _ = records.drain(atMost: .max) { record in
            guard record[0] == JournalRecordKind.task.rawValue else { return }
            let topicBytes = Int(record[32 + 32]) | Int(record[32 + 33]) << 8
            bodies.append(Data(((32 + 34 + topicBytes)..<record.count).map { record[$0] }))
        }
        return try bodies.map { body in
            let event = try JSONSerialization.jsonObject(with: body) as? [String: Any]
            let data = event?["data"] as? [String: Any]
            return TaskLine(
                operation: data?["operation"] as? String ?? "",
                title: data?["title"] as? String ?? "",
                cell: String((data?["cell"] as? String ?? "").dropLast()))
        }
    }
}
